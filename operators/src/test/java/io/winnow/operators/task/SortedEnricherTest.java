package io.winnow.operators.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedEnricherTest {
  private static final String SENTENCE = "Angela Merkel met Tim Cook in Paris. ";

  /** A token of the tiny BERT, and its id. */
  private static final String WORD = "a";

  private static final int ID = 194;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bert-text", "bert-token", "roberta-token", "distilbert-text"})
  void textsGetTheAnswersThatTheyGetAlone(String name) throws Exception {
    ModelBundle bundle = Bundles.read(name);
    try (LoadedModel model = LoadedModel.open(bundle)) {
      Enricher enricher = new Enricher(bundle, model);
      List<String> texts = texts(200);
      List<Outcome> together = new SortedEnricher(enricher).enrich(texts);

      for (int i = 0; i < texts.size(); i++) {
        requireAlike(together.get(i).orThrow().text(), enricher.enrich(texts.get(i)));
      }
    }
  }

  @Test
  void passesHoldWindowsOfLikeLengthAndNoMoreTokensThanTheyMay() {
    Random random = new Random(5);
    List<Integer> tokens = random.ints(500, 3, 700).boxed().toList();

    List<List<Integer>> passes = SortedEnricher.passes(tokens, n -> n);

    assertThat(passes.stream().flatMap(List::stream)).containsExactlyElementsOf(sorted(tokens));
    for (int i = 0; i < passes.size(); i++) {
      List<Integer> pass = passes.get(i);
      int padded = pass.size() * pass.get(pass.size() - 1);
      assertThat(padded <= SortedEnricher.PASS_TOKENS || pass.size() == 1).as("%s", pass).isTrue();
      if (i + 1 < passes.size()) { // the next one had no room
        assertThat((pass.size() + 1) * passes.get(i + 1).get(0))
            .isGreaterThan(SortedEnricher.PASS_TOKENS);
      }
    }
  }

  private static List<Integer> sorted(List<Integer> tokens) {
    return tokens.stream().sorted().toList();
  }

  @Test
  void outcomesAreToldPassByPass() throws Exception {
    ModelBundle bundle = Bundles.read("bert-text");
    try (LoadedModel model = LoadedModel.open(bundle)) {
      List<Integer> told = new ArrayList<>();
      new SortedEnricher(new Enricher(bundle, model))
          .enrich(List.of(SENTENCE.repeat(40), "Paris"), (index, outcome) -> told.add(index));

      assertThat(told).containsExactly(1, 0);
    }
  }

  /** Texts of all lengths, of one window and of several. */
  private static List<String> texts(int count) {
    Random random = new Random(3);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int characters = 1 + random.nextInt(i % 10 == 0 ? 3000 : 200);
      texts.add(i + " " + SENTENCE.repeat(1 + characters / SENTENCE.length()));
    }
    return texts;
  }

  private static void requireAlike(EnrichedText found, EnrichedText alone) {
    assertThat(found.tokens()).isEqualTo(alone.tokens());
    assertThat(found.tokensRead()).isEqualTo(alone.tokensRead());
    assertThat(found.windows()).isEqualTo(alone.windows());
    assertThat(found.inferenceNanos()).isPositive();
    assertThat(found.results())
        .usingRecursiveComparison()
        .withComparatorForType(
            (a, b) -> Math.abs(a - b) < 1e-5 ? 0 : Double.compare(a, b), Double.class)
        .isEqualTo(alone.results());
  }

  @Test
  void aTextThatTheModelCannotAnswerIsAloneInThat() throws Exception {
    ModelBundle bundle = failing();
    try (LoadedModel model = LoadedModel.open(bundle)) {
      Enricher enricher = new Enricher(bundle, model);
      List<Outcome> outcomes =
          new SortedEnricher(enricher).enrich(List.of("Paris", WORD, "Berlin", "Paris Berlin"));

      assertThat(outcomes.get(0).orThrow().text().results())
          .isEqualTo(enricher.enrich("Paris").results());
      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(outcomes.get(1)::orThrow)
          .withMessage("The model's output logits holds NaN")
          .extracting(RejectedException::reason)
          .isEqualTo(Reason.INFERENCE_FAILED);
      assertThat(outcomes.get(2).rejection()).isNull();
      assertThat(outcomes.get(3).rejection()).isNull();
    }
  }

  @Test
  void aTextOfTooManyWindowsIsRefusedAsAlone() throws Exception {
    Bundles.of(TinyGraph.ofIds(TinyGraph.INT64).textLogits("logits", 1, 0), folder);
    Bundles.settings(
        folder,
        """
        window: {tokens: 16, stride: 0, limit: 2, overflow: reject}
        heads: [{name: a, task: text-classification, labels: [x, y]}]
        """);
    ModelBundle bundle = BundleReader.read(folder, HeadOptions.NONE);
    try (LoadedModel model = LoadedModel.open(bundle)) {
      SortedEnricher sorted = new SortedEnricher(new Enricher(bundle, model));
      List<Outcome> outcomes = sorted.enrich(List.of(SENTENCE.repeat(20), "Paris"));

      assertThat(Objects.requireNonNull(outcomes.get(0).rejection()).reason())
          .isEqualTo(Reason.TEXT_TOO_LONG);
      assertThat(outcomes.get(1).orThrow().text().windows()).isEqualTo(1);
      assertThat(sorted.enrich(List.of())).isEmpty();
    }
  }

  @Test
  void timeOfAPassIsSharedByItsTokens() throws Exception {
    ModelBundle bundle = Bundles.read("bert-text");
    try (LoadedModel model = LoadedModel.open(bundle)) {
      String longer = SENTENCE.repeat(4);
      List<Outcome> outcomes =
          new SortedEnricher(new Enricher(bundle, model)).enrich(List.of("Paris", longer));

      double ratio =
          (double) outcomes.get(1).orThrow().text().inferenceNanos()
              / outcomes.get(0).orThrow().text().inferenceNanos();
      int special = model.tokenizer().tokenize("Paris").specialTokens();
      int tokens = outcomes.get(1).orThrow().text().tokens() + special;
      assertThat(ratio).isCloseTo((double) tokens / (1 + special), Offset.offset(0.01 * tokens));
    }
  }

  /** Divides by zero in every pass that holds the word. */
  private ModelBundle failing() throws Exception {
    Bundles.of(
        TinyGraph.ofIds(TinyGraph.INT64)
            .plus("ids", -ID, "difference")
            .node("Reciprocal", List.of("difference"), "quotient")
            .tokenLogits("logits", "quotient", 0, 1),
        folder);
    Bundles.settings(folder, "heads: [{name: a, task: token-classification, labels: [O, NAME]}]");
    return BundleReader.read(folder, HeadOptions.NONE);
  }
}
