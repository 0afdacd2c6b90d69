package io.winnow.operators.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.TinyGraph;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnricherTest {
  private static final String SENTENCE = "Angela Merkel met Tim Cook in Paris. ";

  /** Gives a label to tokens with high ids, whatever stands around them. */
  private static final String NAMES =
      """
      window: {tokens: %d, stride: %d, limit: %d, overflow: %s}
      heads: [{name: names, task: token-classification, labels: [O, NAME]}]
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"16, 0", "16, 4", "16, 8", "17, 5", "64, 8"})
  void spansOfALongTextAreThoseOfItsParts(int tokens, int stride) throws Exception {
    ModelBundle bundle = names(tokens, stride, 1000, "reject");
    int repetitions = 40;
    try (LoadedModel model = LoadedModel.open(bundle)) {
      Enricher enricher = new Enricher(bundle, model);
      List<LabelledSpan> once = spans(enricher.enrich(SENTENCE));
      EnrichedText answer = enricher.enrich(SENTENCE.repeat(repetitions));

      List<LabelledSpan> expected = new ArrayList<>();
      for (int i = 0; i < repetitions; i++) {
        for (LabelledSpan span : once) {
          int offset = i * SENTENCE.length();
          expected.add(
              new LabelledSpan(
                  span.label(), span.start() + offset, span.end() + offset, span.score()));
        }
      }
      assertThat(once).hasSizeGreaterThan(1);
      assertThat(spans(answer)).isEqualTo(expected);
      assertThat(answer.windows()).isGreaterThan(1);
      assertThat(answer.tokensRead()).isEqualTo(answer.tokens());
    }
  }

  @Test
  void answerSaysWhatItTook() throws Exception {
    ModelBundle bundle = names(16, 4, 64, "reject");
    try (LoadedModel model = LoadedModel.open(bundle)) {
      EnrichedText answer = new Enricher(bundle, model).enrich("a" + " b".repeat(23));

      assertThat(answer.tokens()).isEqualTo(24);
      assertThat(answer.tokensRead()).isEqualTo(24);
      assertThat(answer.windows()).isEqualTo(2);
      assertThat(answer.inferenceNanos()).isPositive();
    }
  }

  @Test
  void textThatNeedsMoreWindowsThanTheLimitIsRejected() throws Exception {
    ModelBundle bundle = names(16, 4, 2, "reject");
    try (LoadedModel model = LoadedModel.open(bundle)) {
      Enricher enricher = new Enricher(bundle, model);

      assertThat(enricher.enrich("a" + " b".repeat(23)).windows()).isEqualTo(2);
      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(() -> enricher.enrich("a" + " b".repeat(24)))
          .withMessage(
              "The text has 25 tokens and needs 3 windows of 16, more than the limit of 2; raise"
                  + " window.limit in the bundle's winnow.yaml, or set window.overflow to cut")
          .extracting(RejectedException::reason)
          .isEqualTo(Reason.TEXT_TOO_LONG);
    }
  }

  @Test
  void textThatIsCutSaysHowMuchWasRead() throws Exception {
    ModelBundle bundle = names(16, 4, 2, "cut");
    try (LoadedModel model = LoadedModel.open(bundle)) {
      EnrichedText answer = new Enricher(bundle, model).enrich("a" + " Angela".repeat(99));

      assertThat(answer.tokens()).isEqualTo(100);
      assertThat(answer.tokensRead()).isEqualTo(24);
      assertThat(answer.windows()).isEqualTo(2);
      assertThat(spans(answer)).last().extracting(LabelledSpan::end).isEqualTo(1 + 23 * 7);
    }
  }

  @Test
  void textWithoutTokensIsAnswered() throws Exception {
    ModelBundle bundle = Bundles.read("bert-token");
    try (LoadedModel model = LoadedModel.open(bundle)) {
      EnrichedText answer = new Enricher(bundle, model).enrich("\u200b");

      assertThat(answer.tokens()).isZero();
      assertThat(spans(answer)).isEmpty();
    }
  }

  @Test
  void headsAnswerInTheOrderOfTheBundle() throws Exception {
    Bundles.of(
        TinyGraph.ofIds(TinyGraph.INT64)
            .textLogits("intent", 1, -1)
            .plus("ids", -305, "high")
            .tokenLogits("entities", "high", 0, 1),
        folder);
    Bundles.settings(
        folder,
        """
        heads:
          - {name: entities, task: token-classification, output: entities, labels: [O, NAME]}
          - {name: intent, task: text-classification, output: intent, labels: [high, low]}
          - {name: again, task: text-classification, output: intent, labels: [a, b], top-k: 2}
        """);
    ModelBundle bundle = BundleReader.read(folder, HeadOptions.NONE);
    try (LoadedModel model = LoadedModel.open(bundle)) {
      Enricher enricher = new Enricher(bundle, model);
      enricher.warmUp();
      List<HeadResult> results = enricher.enrich(SENTENCE).results();

      assertThat(results)
          .extracting(result -> result.head().name())
          .containsExactly("entities", "intent", "again");
      assertThat(((HeadResult.Labels) results.get(1)).labels())
          .containsExactly(new LabelScore("high", 1));
      assertThat(((HeadResult.Labels) results.get(2)).labels())
          .containsExactly(new LabelScore("a", 1), new LabelScore("b", 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert-token", "bert-quantized", "deberta-v2-text", "modernbert-token"})
  void answerDoesNotDependOnTheTextsBeforeIt(String name) throws Exception {
    ModelBundle bundle = Bundles.read(name);
    List<String> texts = List.of("Paris", SENTENCE, SENTENCE.repeat(40), "Ann", SENTENCE);
    try (LoadedModel model = LoadedModel.open(bundle)) {
      Enricher used = new Enricher(bundle, model);
      for (String text : texts) {
        EnrichedText alone = new Enricher(bundle, model).enrich(text);

        assertThat(used.enrich(text).results()).isEqualTo(alone.results());
        assertThat(used.enrich(text).results()).isEqualTo(alone.results());
      }
    }
  }

  @Test
  void firstRunNeedsNoMoreThanOneWindow() throws Exception {
    ModelBundle bundle = names(16, 0, 1, "reject");
    try (LoadedModel model = LoadedModel.open(bundle)) {
      Enricher enricher = new Enricher(bundle, model);
      enricher.warmUp();

      assertThat(enricher.enrich("Paris").tokens()).isEqualTo(1);
    }
  }

  @Test
  void labelsThatDoNotFitTheAnswerAreFoundByTheFirstRun() throws Exception {
    Bundles.ofTooManyLabels(folder);
    ModelBundle bundle = BundleReader.read(folder, HeadOptions.NONE);
    try (LoadedModel model = LoadedModel.open(bundle)) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> new Enricher(bundle, model).warmUp())
          .withMessage(
              "Expected 1 x 3 logits for head a, but output logits of %s gave 1 x 2"
                  .formatted(bundle.graphFile()));
    }
  }

  @Test
  void textThatTheModelCannotAnswerIsRejected() throws Exception {
    Bundles.of(
        TinyGraph.ofIds(TinyGraph.INT64)
            .plus("ids", -420, "high")
            .node("Sqrt", List.of("high"), "root")
            .tokenLogits("logits", "root", 0, 1),
        folder);
    Bundles.settings(folder, "heads: [{name: a, task: token-classification, labels: [O, NAME]}]");
    ModelBundle bundle = BundleReader.read(folder, HeadOptions.NONE);
    try (LoadedModel model = LoadedModel.open(bundle)) {
      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(() -> new Enricher(bundle, model).enrich(SENTENCE))
          .withMessage("The model's output logits holds NaN")
          .extracting(RejectedException::reason)
          .isEqualTo(Reason.INFERENCE_FAILED);
    }
  }

  @Test
  void closedModelIsNoFaultOfTheText() throws Exception {
    ModelBundle bundle = Bundles.read("bert-token");
    LoadedModel model = LoadedModel.open(bundle);
    Enricher enricher = new Enricher(bundle, model);
    model.close();

    assertThatIllegalStateException().isThrownBy(() -> enricher.enrich(SENTENCE));
  }

  private ModelBundle names(int tokens, int stride, int limit, String overflow) throws Exception {
    Bundles.of(
        TinyGraph.ofIds(TinyGraph.INT64)
            .plus("ids", -305, "high")
            .tokenLogits("logits", "high", 0, 1),
        folder);
    Bundles.settings(folder, NAMES.formatted(tokens, stride, limit, overflow));
    return BundleReader.read(folder, HeadOptions.NONE);
  }

  private static List<LabelledSpan> spans(EnrichedText answer) {
    return ((HeadResult.Spans) answer.results().get(0)).spans();
  }
}
