package io.winnow.operators.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.model.Bundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordBordersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "bert-token; Angela met Berlin.; Angela|met|Berlin|.",
        "bert-token; \" Berlin,Berlin\"; Berlin|,|Berlin",
        "bert-token; Berlin 😀 柏林; Berlin|😀|柏|林",
        "roberta-token; Angela met Berlin.; Angela|met|Berlin.",
        "roberta-token; \" Berlin,Berlin\"; Berlin,Berlin",
        "deberta-v2-token; Angela met Berlin.; Angela|met|Berlin.",
      })
  void wordsAreThoseOfThePipeline(String family, String text, String words) throws Exception {
    assertThat(String.join("|", words(family, text))).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-token",
        "roberta-token",
        "xlm-roberta-token",
        "deberta-v2-token",
        "modernbert-token"
      })
  void noWordReachesFromOneFieldIntoTheNext(String family) throws Exception {
    List<TextField> fields =
        List.of(new TextField("subject", "Siemens AG"), new TextField("body", "Line"));

    assertThat(words(family, new JoinedText(fields).text()))
        .extracting(String::strip)
        .filteredOn(word -> !word.isEmpty())
        .containsExactly("Siemens", "AG", "Line");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "{'model': {'continuing_subword_prefix': '##', 'unk_token': 'U', 'vocab': {'a': 0, 'U': 1}}}; true; 1",
        "{'model': {'continuing_subword_prefix': '', 'unk_token': null, 'vocab': {'a': 0}}}; false; -1",
        "{'model': {'unk_id': 3, 'vocab': [['<unk>', 0.0]]}}; false; 3",
        "{'model': {'unk_id': null, 'vocab': []}}; false; -1",
        "{'model': {'unk_token': 'U', 'vocab': {}}}; false; -1",
        "{'model': {'vocab': {'a': 0, 'U': 1}, 'unk_token': 'U', 'continuing_subword_prefix': '##'}}; true; 1",
        "{'model': {'unk_token': 'U', 'vocab': {'U': 1, 'b': 2}, 'continuing_subword_prefix': '##'}}; true; 1",
        "{'model': {'unk_token': 'U', 'vocab': {'b': 2}, 'merges': [['b', 'b']], 'continuing_subword_prefix': '##'}}; true; -1",
        "{'a': {'model': {'unk_id': 1}}, 'model': {'unk_id': 2}}; false; 2",
        "{'model': null}; false; -1",
        "{}; false; -1",
      })
  void ruleIsReadFromTheTokenizersModel(String json, boolean marks, long unknown) throws Exception {
    assertThat(WordBorders.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new WordBorders(marks, unknown));
  }

  private static List<String> words(String family, String text)
      throws IOException, RejectedException {
    List<String> words = new ArrayList<>();
    try (TextTokenizer tokenizer =
        TextTokenizer.open(Bundles.folder(family).resolve("tokenizer.json"))) {
      TokenizedText tokens = tokenizer.tokenize(text);
      for (int first = 0, next = 1; next <= tokens.size(); next++) {
        if (next == tokens.size() || !tokens.continuesWord(next)) {
          words.add(text.substring(tokens.start(first), tokens.end(next - 1)).strip());
          first = next;
        }
      }
    }
    return words;
  }
}
