package io.winnow.operators.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.winnow.operators.inference.Logits;
import io.winnow.operators.model.Aggregation;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.Tokens;
import io.winnow.operators.text.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenClassifierTest {
  private static final List<String> IOB = List.of("O", "B-PER", "I-PER", "B-LOC", "I-LOC");
  private static final List<String> PLAIN = List.of("O", "PER", "LOC", "GEO-POL");

  /** A label's logit is 4, or what stands behind it; those of the others are 0. */
  @ParameterizedTest(name = "{0}: {1} as {2}")
  @CsvSource({
    "SIMPLE, Ann Lee, B-PER I-PER, PER(Ann Lee)",
    "SIMPLE, Ann Lee, B-PER B-PER, PER(Ann) PER(Lee)",
    "SIMPLE, Ann Lee, I-PER I-PER, PER(Ann Lee)",
    "SIMPLE, Ann Lee, I-PER B-PER, PER(Ann) PER(Lee)",
    "SIMPLE, Ann Lee, O I-PER, PER(Lee)",
    "SIMPLE, Ann Lee, B-LOC I-PER, LOC(Ann) PER(Lee)",
    "SIMPLE, Ann Lee, I-LOC I-PER, LOC(Ann) PER(Lee)",
    "SIMPLE, Ann met Lee, B-PER O I-PER, PER(Ann) PER(Lee)",
    "SIMPLE, Ann met Lee, B-PER I-PER I-PER, PER(Ann met Lee)",
    "SIMPLE, Ann met Lee, O O O, ''",
    "SIMPLE, Pa-ris, B-LOC I-LOC, LOC(Paris)",
    "SIMPLE, Pa-ris, B-LOC O, LOC(Pa)",
    "SIMPLE, Pa-ris, B-LOC B-LOC, LOC(Pa) LOC(ris)",
    "NONE, Ann Lee, B-PER I-PER, B-PER(Ann) I-PER(Lee)",
    "NONE, Ann met Pa-ris, I-PER O B-LOC I-LOC, I-PER(Ann) B-LOC(Pa) I-LOC(ris)",
    "FIRST, Pa-ris, B-LOC O, LOC(Paris)",
    "FIRST, Pa-ris, O B-LOC, ''",
    "FIRST, New Pa-ris, B-LOC I-LOC B-PER, LOC(New Paris)",
    "FIRST, New Pa-ris, B-LOC B-LOC I-LOC, LOC(New) LOC(Paris)",
    "FIRST, Pa-ris An-na, B-LOC O B-PER O, LOC(Paris) PER(Anna)",
    "FIRST, Ann Lee, B-PER I-PER, PER(Ann Lee)",
    "AVERAGE, Pa-ri-s, B-LOC B-LOC O, LOC(Paris)",
    "AVERAGE, Pa-ri-s, B-LOC O O, ''",
    "AVERAGE, Pa-ri-s, O=2 B-LOC=9 O=1, LOC(Paris)",
    "AVERAGE, New Pa-ri-s, B-LOC B-PER I-LOC I-LOC, LOC(New Paris)",
    "MAX, Pa-ri-s, O B-LOC=5 O, LOC(Paris)",
    "MAX, Pa-ri-s, B-LOC O=5 B-LOC, ''",
    "MAX, Pa-ris, B-LOC I-PER, LOC(Paris)",
    "MAX, New Pa-ris, B-LOC O I-LOC=5, LOC(New Paris)",
  })
  void spansAreThoseOfThePipeline(
      Aggregation aggregation, String words, String labels, String expected) {
    assertThat(spans(aggregation, IOB, words, labels)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1} as {2}")
  @CsvSource({
    "SIMPLE, Ann Lee, PER PER, PER(Ann Lee)",
    "SIMPLE, Ann Lee, PER LOC, PER(Ann) LOC(Lee)",
    "SIMPLE, New York, GEO-POL GEO-POL, POL(New York)",
    "NONE, New York, GEO-POL PER, GEO-POL(New) PER(York)",
    "FIRST, New Yo-rk, GEO-POL GEO-POL O, POL(New York)",
  })
  void labelsWithoutAPrefixContinueASpan(
      Aggregation aggregation, String words, String labels, String expected) {
    assertThat(spans(aggregation, PLAIN, words, labels)).isEqualTo(expected);
  }

  @Test
  void scoreOfASpanIsTheMeanOfItsTokens() {
    TokenizedText text = Tokens.of("Ann Lee");

    assertThat(classify(Aggregation.SIMPLE, 0, text, logits(IOB, "B-PER=4 I-PER=2")))
        .singleElement()
        .satisfies(
            span -> assertThat(span.score()).isCloseTo((0.931726f + 0.648784f) / 2, within(1e-5f)));
  }

  @Test
  void spanBelowTheThresholdIsNotReported() {
    TokenizedText text = Tokens.of("Ann met Lee");
    Logits logits = logits(IOB, "B-PER=4 O B-PER=2");

    assertThat(classify(Aggregation.SIMPLE, 0.9, text, logits)).hasSize(1);
    assertThat(classify(Aggregation.SIMPLE, 0.6, text, logits)).hasSize(2);
  }

  @Test
  void textWithoutTokensHasNoSpans() {
    TokenizedText text = Tokens.of("Ann");
    Window nothing = new Window(0, 0);

    for (Aggregation aggregation : Aggregation.values()) {
      assertThat(
              new TokenClassifier(Heads.tokens(aggregation, 0, IOB))
                  .classify(text, List.of(nothing), List.of(new Logits(2, 5, new float[10])))
                  .spans())
          .isEmpty();
    }
  }

  @Test
  void tokenIsReadFromTheWindowThatShowsMostOfItsContext() {
    TokenizedText text = Tokens.of("a b c d e f g h i j");
    List<Window> windows = List.of(new Window(0, 6), new Window(2, 8), new Window(4, 10));
    List<Logits> logits =
        List.of(
            logits(IOB, "B-PER ".repeat(6).strip()),
            logits(IOB, "B-LOC ".repeat(6).strip()),
            logits(IOB, "I-PER ".repeat(6).strip()));

    List<LabelledSpan> spans =
        new TokenClassifier(Heads.tokens(Aggregation.NONE, 0, IOB))
            .classify(text, windows, logits)
            .spans();

    assertThat(spans)
        .extracting(LabelledSpan::label)
        .containsExactly(
            "B-PER", "B-PER", "B-PER", "B-PER", "B-LOC", "B-LOC", "I-PER", "I-PER", "I-PER",
            "I-PER");
  }

  @Test
  void tokensBehindTheLastWindowAreNotRead() {
    TokenizedText text = Tokens.of("a b c d e f");

    List<LabelledSpan> spans =
        new TokenClassifier(Heads.tokens(Aggregation.NONE, 0, IOB))
            .classify(
                text,
                List.of(new Window(0, 3), new Window(2, 5)),
                List.of(logits(IOB, "B-PER B-PER B-PER"), logits(IOB, "B-LOC B-LOC B-LOC")))
            .spans();

    assertThat(spans).hasSize(5).last().extracting(LabelledSpan::end).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource
  void spansLieInTheTextInItsOrderApartAndHaveALabel(Aggregation aggregation) {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      TokenizedText text = Tokens.of(words(random));
      float[] values = new float[(text.size() + 2) * IOB.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian() * 3;
      }

      List<LabelledSpan> spans =
          classify(aggregation, 0, text, new Logits(text.size() + 2, IOB.size(), values));

      int last = 0;
      for (LabelledSpan span : spans) {
        assertThat(span.start()).isGreaterThanOrEqualTo(last);
        assertThat(span.end()).isGreaterThan(span.start());
        assertThat(span.label()).isNotEqualTo("O").isNotEmpty();
        assertThat(span.score()).isBetween(0.2f, 1f);
        last = span.end();
      }
      assertThat(last).isLessThanOrEqualTo(text.text().length());
    }
  }

  private static String words(Random random) {
    StringBuilder words = new StringBuilder("x");
    for (int i = random.nextInt(30); i > 0; i--) {
      words
          .append(random.nextInt(3) == 0 ? "-" : " ")
          .append("😀ab".substring(random.nextInt(2) * 2));
    }
    return words.toString();
  }

  private static String spans(
      Aggregation aggregation, List<String> labels, String words, String sequence) {
    TokenizedText text = Tokens.of(words);
    List<String> found = new ArrayList<>();
    for (LabelledSpan span :
        new TokenClassifier(Heads.tokens(aggregation, 0, labels))
            .classify(text, List.of(new Window(0, text.size())), List.of(logits(labels, sequence)))
            .spans()) {
      found.add("%s(%s)".formatted(span.label(), text.text().substring(span.start(), span.end())));
    }
    return String.join(" ", found);
  }

  private static List<LabelledSpan> classify(
      Aggregation aggregation, double minScore, TokenizedText text, Logits logits) {
    return new TokenClassifier(Heads.tokens(aggregation, minScore, IOB))
        .classify(text, List.of(new Window(0, text.size())), List.of(logits))
        .spans();
  }

  /** Gives the special tokens the last label, which must not show. */
  private static Logits logits(List<String> labels, String sequence) {
    String[] tokens = sequence.split(" ", -1);
    float[] values = new float[(tokens.length + 2) * labels.size()];
    values[labels.size() - 1] = 100;
    values[values.length - 1] = 100;
    for (int i = 0; i < tokens.length; i++) {
      String[] parts = tokens[i].split("=", -1);
      float logit = parts.length == 1 ? 4 : Float.parseFloat(parts[1]);
      values[(i + 1) * labels.size() + labels.indexOf(parts[0])] = logit;
    }
    return new Logits(tokens.length + 2, labels.size(), values);
  }
}
