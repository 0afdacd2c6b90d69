package io.winnow.operators.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceConfigTest {
  @TempDir Path folder;
  private final List<String> problems = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "{'model_type': 'bert', 'max_position_embeddings': 512}; {'model_max_length': 512}; 512",
        "{'model_type': 'bert', 'max_position_embeddings': 512}; {'model_max_length': 128}; 128",
        "{'model_type': 'bert', 'max_position_embeddings': 512}; {}; 512",
        "{'model_type': 'bert', 'max_position_embeddings': 512}; ; 512",
        "{'model_type': 'roberta', 'max_position_embeddings': 514}; ; 512",
        "{'model_type': 'roberta', 'max_position_embeddings': 514, 'pad_token_id': 1}; ; 512",
        "{'model_type': 'camembert', 'max_position_embeddings': 514, 'pad_token_id': 0}; ; 513",
        "{'model_type': 'xlm-roberta', 'max_position_embeddings': 8194}; {'model_max_length': 8192}; 8192",
        "{'model_type': 'deberta-v2', 'max_position_embeddings': 512};"
            + " {'model_max_length': 1000000000000000019884624838656}; 512",
        "{}; {'model_max_length': 1000000000000000019884624838656};",
        "{}; {'model_max_length': 256}; 256",
        "{}; {};",
        ";;",
      })
  void maxTokensAreTheFewestThatAFileStates(
      @Nullable String config, @Nullable String tokenizer, @Nullable Integer expected)
      throws Exception {
    assertThat(read(config, tokenizer).maxTokens()).isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "BertForSequenceClassification, TEXT_CLASSIFICATION",
    "DebertaV2ForTokenClassification, TOKEN_CLASSIFICATION",
    "BertForMaskedLM,",
    "BertForSequenceClassificationWithMore,",
    "'',",
  })
  void taskIsThatOfTheArchitecture(String architecture, @Nullable Task task) throws Exception {
    String config = "{'architectures': ['" + architecture + "']}";

    assertThat(read(config, null).task()).isEqualTo(Optional.ofNullable(task));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "{'0': 'a', '1': 'b'}; a b",
        "{'1': 'b', '0': 'a'}; a b",
        "{'0': 'a', '2': 'c'}; \"\"",
        "{'1': 'a', '2': 'b'}; \"\"",
        "{'0': 'a', '1': 2}; \"\"",
        "{}; \"\"",
        "null; \"\"",
      })
  void labelsNeedEveryIndex(String id2label, String labels) throws Exception {
    assertThat(String.join(" ", read("{'id2label': " + id2label + "}", null).labels()))
        .isEqualTo(labels);
  }

  @ParameterizedTest
  @CsvSource({
    "regression, 1, REGRESSION",
    "regression, 3, REGRESSION",
    "multi_label_classification, 3, MULTI_LABEL_CLASSIFICATION",
    "single_label_classification, 3, SINGLE_LABEL_CLASSIFICATION",
    "single_label_classification, 1, MULTI_LABEL_CLASSIFICATION",
    "'', 1, MULTI_LABEL_CLASSIFICATION",
    "'', 2, SINGLE_LABEL_CLASSIFICATION",
  })
  void problemTypeIsThatOfThePipeline(String stated, int labels, ProblemType expected)
      throws Exception {
    StringBuilder id2label = new StringBuilder();
    for (int i = 0; i < labels; i++) {
      id2label.append(i == 0 ? "" : ", ").append("'%d': 'label %d'".formatted(i, i));
    }

    assertThat(
            read("{'problem_type': '%s', 'id2label': {%s}}".formatted(stated, id2label), null)
                .problemType(labels))
        .isEqualTo(expected);
  }

  @Test
  void missingFilesSayNothing() throws Exception {
    HuggingFaceConfig config = read(null, null);

    assertThat(config.isPresent()).isFalse();
    assertThat(config.architecture()).isEmpty();
    assertThat(config.labels()).isEmpty();
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "'text'"})
  void fileWithoutAnObjectIsAProblem(String config) throws Exception {
    assertThat(read(config, null).isPresent()).isFalse();
    assertThat(problems)
        .containsExactly(
            "Expected a JSON object in %s, found none".formatted(folder.resolve("config.json")));
  }

  @Test
  void brokenJsonIsOneProblemOfOneLine() throws Exception {
    assertThat(read("{'a':", null).isPresent()).isFalse();
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith(
            "Expected a JSON object in %s, but Unexpected end-of-input"
                .formatted(folder.resolve("config.json")))
        .doesNotContain("\n");
  }

  private HuggingFaceConfig read(@Nullable String config, @Nullable String tokenizer)
      throws IOException {
    write("config.json", config);
    write("tokenizer_config.json", tokenizer);
    return HuggingFaceConfig.read(folder, problems);
  }

  private void write(String file, @Nullable String json) throws IOException {
    if (json != null) {
      Files.writeString(folder.resolve(file), json.replace('\'', '"'));
    }
  }
}
