package io.winnow.operators.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.inference.Batch;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BatchInvariance;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.TinyGraph;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.task.SortedEnricher;
import io.winnow.operators.text.TokenizedWindow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchInvarianceCheckTest {
  private static final String TEXT_HEAD =
      "heads: [{name: a, task: text-classification, labels: [x, y]}]";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-text",
        "bert-token",
        "bert-multilabel",
        "bert-regression",
        "distilbert-text",
        "roberta-token",
        "xlm-roberta-text",
        "deberta-v2-token",
        "modernbert-token"
      })
  void floatsAreProvenInEveryFamily(String name) throws Exception {
    BatchInvariance found = check(Bundles.read(name));

    assertThat(found.proven()).as(found.toString()).isTrue();
    assertThat(found.runs()).isGreaterThanOrEqualTo(20);
    assertThat(found.largestLogitDifference()).isLessThan(1e-5);
    assertThat(found.flippedLabels()).isZero();
  }

  @Test
  void scaleThatABatchSharesIsFound() throws Exception {
    BatchInvariance found = check(Bundles.read("bert-quantized"));

    assertThat(found.proven()).isFalse();
    assertThat(found.largestLogitDifference()).isGreaterThan(0.05);
  }

  @Test
  void checkIsTheSameEachTime() throws Exception {
    assertThat(check(Bundles.read("bert-quantized")))
        .isEqualTo(check(Bundles.read("bert-quantized")));
  }

  @Test
  void flippedLabelsAreCounted() throws Exception {
    // The mean over padding, too, is smaller: x is 0.3 times the mean, y a constant.
    Bundles.of(
        TinyGraph.ofIds(TinyGraph.INT64)
            .textLogits("scaled", 0.3f, 0)
            .plus("scaled", 0, "logits")
            .output("logits", TinyGraph.FLOAT, -1, 2),
        folder);
    Bundles.settings(
        folder,
        "heads: [{name: a, task: text-classification, output: logits, labels: [x, y],"
            + " problem-type: multi-label-classification, min-score: 0.999999}]");

    BatchInvariance found = check(BundleReader.read(folder, HeadOptions.NONE));

    assertThat(found.proven()).isFalse();
    assertThat(found.flippedLabels()).isPositive();
  }

  @Test
  void graphForOneTextAtATimeIsNotProven() throws Exception {
    Bundles.of(
        new TinyGraph()
            .input("input_ids", TinyGraph.INT64, 1, -1)
            .cast("input_ids", "ids")
            .textLogits("logits", 1, -1),
        folder);
    Bundles.settings(folder, TEXT_HEAD);

    assertThat(check(BundleReader.read(folder, HeadOptions.NONE)))
        .isEqualTo(BatchInvariance.NOT_PROVEN);
  }

  @Test
  void passesAsFullAsThoseOfSortedBatchingAreAmongTheBatches() throws Exception {
    ModelBundle bundle = Bundles.read("bert-text");
    try (LoadedModel model = LoadedModel.open(bundle)) {
      List<TokenizedWindow> windows = windows(bundle, model);
      List<Batch> batches = new BatchInvarianceCheck(bundle, model).batches(windows);

      assertThat(windows)
          .allSatisfy(
              window ->
                  assertThat(batches)
                      .anySatisfy(
                          batch -> {
                            assertThat(batch.length()).isEqualTo(window.tokens());
                            int most = SortedEnricher.PASS_TOKENS / batch.length();
                            assertThat(batch.size()).isEqualTo(most);
                          }));
    }
  }

  private static BatchInvariance check(ModelBundle bundle) throws Exception {
    try (LoadedModel model = LoadedModel.open(bundle)) {
      return new BatchInvarianceCheck(bundle, model).check(windows(bundle, model));
    }
  }

  private static List<TokenizedWindow> windows(ModelBundle bundle, LoadedModel model)
      throws Exception {
    Enricher enricher = new Enricher(bundle, model);
    List<TokenizedWindow> windows = new ArrayList<>();
    for (String text : SealedBundles.TEXTS) {
      windows.addAll(enricher.divide(text));
    }
    return windows;
  }
}
