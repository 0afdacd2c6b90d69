package io.winnow.operators.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.operators.model.Bundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTokenizerTest {
  private static final List<String> FAMILIES =
      List.of("bert-token", "roberta-token", "deberta-v2-token");

  private static final List<String> TEXTS =
      List.of(
          "Angela met Tim in Berlin.",
          "",
          " ",
          "  two  spaces\tand\nbreaks \r\n",
          "a😀b in Paris",
          "👩‍👩‍👧‍👦 and 👩🏽‍🚀 of 🇨🇿",
          "أنجيلا ميركل في برلين",
          "安格拉·默克尔在柏林",
          "e\u0301 is é, \u1112\u1161\u11ab is 한, ﬁ is fi",
          "Za\u0300\u0301\u0302\u0303lgo\u0489",
          "\u200b\u200d\ufeff\u00a0\u2028",
          "[CLS] Paris [SEP] <s> </s> [MASK]",
          "𝒜𝓃𝑔𝑒𝓁𝒶 \ud83a\udd00 \udbff\udffd",
          "x".repeat(500));

  @TempDir Path folder;

  static Stream<Arguments> familiesAndTexts() {
    return FAMILIES.stream().flatMap(f -> TEXTS.stream().map(t -> Arguments.of(f, t)));
  }

  @ParameterizedTest
  @MethodSource("familiesAndTexts")
  void tokensLieInTheTextInItsOrder(String family, String text) throws Exception {
    try (TextTokenizer tokenizer = open(family)) {
      assertSound(tokenizer.tokenize(text), text);
    }
  }

  @ParameterizedTest
  @MethodSource("familiesAndTexts")
  void everyLetterLiesInAToken(String family, String text) throws Exception {
    try (TextTokenizer tokenizer = open(family)) {
      TokenizedText tokens = tokenizer.tokenize(text);

      boolean[] covered = new boolean[text.length()];
      for (int token = 0; token < tokens.size(); token++) {
        for (int i = tokens.start(token); i < tokens.end(token); i++) {
          covered[i] = true;
        }
      }
      for (int i = 0; i < text.length(); i++) {
        if (Character.isLetterOrDigit(text.codePointAt(i))) {
          assertThat(covered[i]).as("character %d of %s", i, text).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void anyUnicodeTextHasTokensInTheTextInItsOrder(String family) throws Exception {
    RandomTexts texts = new RandomTexts(1);
    try (TextTokenizer tokenizer = open(family)) {
      for (int i = 0; i < 500; i++) {
        String text = texts.next(60);
        assertSound(tokenizer.tokenize(text), text);
      }
    }
  }

  @Test
  void specialTokensSurroundTheText() throws Exception {
    try (TextTokenizer tokenizer = open("bert-token")) {
      TokenizedText tokens = tokenizer.tokenize("Angela in Paris");

      assertThat(tokens.text()).isEqualTo("Angela in Paris");
      assertThat(tokens.prefix()).isEqualTo(1);
      assertThat(tokens.specialTokens()).isEqualTo(2);
      assertThat(tokens.ids(new Window(0, tokens.size()))).startsWith(2).endsWith(3);
      assertThat(tokens.start(0)).isZero();
      assertThat(tokens.end(0)).isEqualTo(6);
      assertThat(tokens.end(tokens.size() - 1)).isEqualTo(15);
    }
  }

  @Test
  void specialTokensThatTheTextItselfNamesBelongToTheText() throws Exception {
    try (TextTokenizer tokenizer = open("bert-token")) {
      TokenizedText tokens = tokenizer.tokenize("[CLS] Paris [SEP]");

      assertThat(tokens.prefix()).isEqualTo(1);
      assertThat(tokens.specialTokens()).isEqualTo(2);
      assertThat(tokens.start(0)).isZero();
      assertThat(tokens.end(0)).isEqualTo(5);
      assertThat(tokens.end(tokens.size() - 1)).isEqualTo(17);
    }
  }

  @Test
  void windowHasTheSpecialTokensAroundItsOwn() throws Exception {
    try (TextTokenizer tokenizer = open("bert-token")) {
      TokenizedText tokens = tokenizer.tokenize("Angela met Tim in Paris");
      long[] all = tokens.ids(new Window(0, tokens.size()));

      assertThat(tokens.ids(new Window(2, 4))).containsExactly(all[0], all[3], all[4], 3);
      assertThat(tokens.typeIds(new Window(2, 4))).containsExactly(0, 0, 0, 0);
    }
  }

  @Test
  void textWithoutAnyTokenHasSpecialTokensOnly() throws Exception {
    try (TextTokenizer tokenizer = open("bert-token")) {
      TokenizedText tokens = tokenizer.tokenize("\u200b");

      assertThat(tokens.size()).isZero();
      assertThat(tokens.specialTokens()).isEqualTo(2);
      assertThat(tokens.ids(new Window(0, 0))).containsExactly(2, 3);
    }
  }

  @Test
  void truncationAndPaddingOfTheFileAreLeftOut() throws Exception {
    Path file = folder.resolve("tokenizer.json");
    Files.copy(Bundles.folder("bert-token").resolve("tokenizer.json"), file);
    Bundles.edit(file, TextTokenizerTest::truncateAndPad);

    try (TextTokenizer plain = open("bert-token");
        TextTokenizer tokenizer = TextTokenizer.open(file)) {
      for (String text : List.of("Paris", "Angela met Tim in Paris. ".repeat(100))) {
        TokenizedText expected = plain.tokenize(text);
        TokenizedText tokens = tokenizer.tokenize(text);
        Window whole = new Window(0, expected.size());

        assertThat(tokens.size()).isEqualTo(expected.size());
        assertThat(tokens.ids(whole)).isEqualTo(expected.ids(whole));
      }
    }
  }

  @Test
  void closedTokenizerIsNoFaultOfTheText() throws Exception {
    TextTokenizer tokenizer = open("bert-token");
    tokenizer.close();

    assertThatIllegalStateException().isThrownBy(() -> tokenizer.tokenize("Paris"));
  }

  @Test
  void missingFileIsNamed() {
    Path file = folder.resolve("tokenizer.json");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> TextTokenizer.open(file))
        .withMessageContaining(file.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "{}", "null", "{\"model\": {\"type\": \"Wonder\"}}", "\u0000"})
  void fileThatIsNoTokenizerIsNamed(String json) throws Exception {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), json);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> TextTokenizer.open(file))
        .withMessageStartingWith(file + " is not a Hugging Face tokenizer: ");
  }

  private static void truncateAndPad(ObjectNode json) {
    json.putObject("truncation")
        .put("direction", "Right")
        .put("max_length", 8)
        .put("strategy", "LongestFirst")
        .put("stride", 0);
    json.putObject("padding")
        .put("direction", "Right")
        .putNull("pad_to_multiple_of")
        .put("pad_id", 0)
        .put("pad_type_id", 0)
        .put("pad_token", "[PAD]")
        .putObject("strategy")
        .put("Fixed", 64);
  }

  private static TextTokenizer open(String family) throws IOException {
    return TextTokenizer.open(Bundles.folder(family).resolve("tokenizer.json"));
  }

  private static void assertSound(TokenizedText tokens, String text) {
    int last = 0;
    for (int i = 0; i < tokens.size(); i++) {
      int start = tokens.start(i);
      int end = tokens.end(i);
      assertThat(List.of(last, start, end, text.length())).as("token %d", i).isSorted();
      assertThat(isWithinPair(text, start) || isWithinPair(text, end)).as("token %d", i).isFalse();
      last = start;
    }
  }

  private static boolean isWithinPair(String text, int position) {
    return position > 0
        && position < text.length()
        && Character.isSurrogatePair(text.charAt(position - 1), text.charAt(position));
  }
}
