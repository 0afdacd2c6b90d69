package io.winnow.operators.model;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.model.WindowLimits.Overflow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleReaderTest {
  private static final String TWO_HEADS =
      """
      name: support
      version: "2.1"
      window: {tokens: 64, stride: 16, limit: 3, overflow: cut}
      heads:
        - name: intent
          task: text-classification
          output: intent
          labels: [refund, other]
          problem-type: multi-label-classification
          top-k: 2
          min-score: 0.25
          thresholds: {refund: 0.75}
        - name: entities
          task: token-classification
          output: entities
          labels: [O, B-PER, I-PER]
          aggregation: first
          thresholds: {PER: 0.5}
      """;

  @TempDir Path folder;

  @Test
  void exportIsReadAsItIs() throws Exception {
    ModelBundle bundle = Bundles.read("bert-text");

    assertThat(bundle.name()).isEqualTo("bert-text");
    assertThat(bundle.version()).isEmpty();
    assertThat(bundle.folder()).isEqualTo(Bundles.folder("bert-text"));
    assertThat(bundle.graphFile()).isEqualTo(Bundles.folder("bert-text").resolve("model.onnx"));
    assertThat(bundle.tokenizerFile())
        .isEqualTo(Bundles.folder("bert-text").resolve("tokenizer.json"));
    assertThat(bundle.contentDigest()).matches("[0-9a-f]{64}");
    assertThat(bundle.fingerprint()).matches("[0-9a-f]{32}");
    assertThat(bundle.window()).isEqualTo(new WindowLimits(160, 20, 64, Overflow.REJECT));
    assertThat(bundle.heads())
        .containsExactly(
            new Head(
                "default",
                Task.TEXT_CLASSIFICATION,
                "logits",
                List.of("sports", "politics", "science", "culture", "other"),
                ProblemType.SINGLE_LABEL_CLASSIFICATION,
                Aggregation.SIMPLE,
                1,
                0,
                Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "bert-text, TEXT_CLASSIFICATION, SINGLE_LABEL_CLASSIFICATION, 1, 0",
    "bert-token, TOKEN_CLASSIFICATION, SINGLE_LABEL_CLASSIFICATION, 1, 0",
    "bert-multilabel, TEXT_CLASSIFICATION, MULTI_LABEL_CLASSIFICATION, 2147483647, 0.5",
    "bert-single, TEXT_CLASSIFICATION, MULTI_LABEL_CLASSIFICATION, 2147483647, 0",
    "bert-regression, TEXT_CLASSIFICATION, REGRESSION, 2147483647, 0",
  })
  void headHasTheDefaultsOfItsTask(
      String name, Task task, ProblemType type, int topK, float minScore) throws Exception {
    Head head = Bundles.read(name).heads().get(0);

    assertThat(head.task()).isEqualTo(task);
    assertThat(head.problemType()).isEqualTo(type);
    assertThat(head.topK()).isEqualTo(topK);
    assertThat(head.minScore()).isEqualTo(minScore);
    assertThat(head.aggregation()).isEqualTo(Aggregation.SIMPLE);
  }

  @ParameterizedTest
  @CsvSource({
    "bert-multilabel, MULTI_LABEL_CLASSIFICATION",
    "bert-single, MULTI_LABEL_CLASSIFICATION",
    "bert-regression, REGRESSION",
  })
  void headWithLabelsOfItsOwnIsReadAsConfigJsonSays(String name, ProblemType type)
      throws Exception {
    int labels = Bundles.read(name).heads().get(0).labels().size();
    Bundles.copy(name, folder);
    String own = IntStream.range(0, labels).mapToObj(i -> "own" + i).collect(joining(", "));
    Bundles.settings(
        folder, "heads: [{name: a, task: text-classification, labels: [" + own + "]}]");

    assertThat(BundleReader.read(folder, HeadOptions.NONE).heads().get(0).problemType())
        .isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "model.onnx, model.onnx",
    "onnx/model.onnx, onnx/model.onnx",
    "model_quantized.onnx, model_quantized.onnx",
    "onnx/model_quantized.onnx, onnx/model_quantized.onnx",
    "model.onnx onnx/model.onnx, model.onnx",
    "model.onnx model_quantized.onnx, model_quantized.onnx",
    "model.onnx onnx/model_quantized.onnx, onnx/model_quantized.onnx",
    "onnx/model_quantized.onnx model_quantized.onnx, model_quantized.onnx",
  })
  void graphIsFoundWhereExportsLeaveIt(String files, String chosen) throws Exception {
    Bundles.copy("bert-text", folder);
    Path exported = Files.move(folder.resolve("model.onnx"), folder.resolve("exported"));
    Files.createDirectory(folder.resolve("onnx"));
    for (String file : files.split(" ", -1)) {
      Files.copy(exported, folder.resolve(file));
    }

    assertThat(read().graphFile()).isEqualTo(folder.resolve(chosen));
  }

  @Test
  void graphThatTheSettingsNameIsTaken() throws Exception {
    Bundles.copy("bert-text", folder);
    Files.move(folder.resolve("model.onnx"), folder.resolve("model_O2.onnx"));
    Bundles.settings(folder, "graph: model_O2.onnx");

    assertThat(read().graphFile()).isEqualTo(folder.resolve("model_O2.onnx"));
  }

  @Test
  void externalWeightsAreFoundBesideTheGraph() throws Exception {
    assertThat(Bundles.read("bert-external").graph().externalFiles())
        .containsExactly("model.onnx_data");
  }

  @Test
  void linksInsideTheFolderAreFollowed() throws Exception {
    Bundles.copy("bert-external", folder);
    Path weights = folder.resolve("model.onnx_data");
    Files.createDirectory(folder.resolve("data"));
    Files.createSymbolicLink(weights, Files.move(weights, folder.resolve("data/weights")));

    assertThat(read().fingerprint()).isEqualTo(Bundles.read("bert-external").fingerprint());
  }

  @Test
  void snapshotOfHuggingFacesCacheIsReadThroughItsLinks() throws Exception {
    Path blobs = Bundles.copy("bert-external", folder.resolve("blobs"));
    Path snapshot = Files.createDirectories(folder.resolve("snapshots/main"));
    try (Stream<Path> files = Files.list(blobs)) {
      for (Path file : files.toList()) {
        Files.createSymbolicLink(snapshot.resolve(file.getFileName()), snapshot.relativize(file));
      }
    }

    assertThat(BundleReader.read(snapshot, HeadOptions.NONE).fingerprint())
        .isEqualTo(Bundles.read("bert-external").fingerprint());
  }

  @Test
  void settingsNameSeveralHeadsOfOneGraph() throws Exception {
    twoHeads();

    ModelBundle bundle = read();

    assertThat(bundle.name()).isEqualTo("support");
    assertThat(bundle.version()).isEqualTo("2.1");
    assertThat(bundle.window()).isEqualTo(new WindowLimits(64, 16, 3, Overflow.CUT));
    assertThat(bundle.heads())
        .containsExactly(
            new Head(
                "intent",
                Task.TEXT_CLASSIFICATION,
                "intent",
                List.of("refund", "other"),
                ProblemType.MULTI_LABEL_CLASSIFICATION,
                Aggregation.SIMPLE,
                2,
                0.25f,
                Map.of("refund", 0.75f)),
            new Head(
                "entities",
                Task.TOKEN_CLASSIFICATION,
                "entities",
                List.of("O", "B-PER", "I-PER"),
                ProblemType.SINGLE_LABEL_CLASSIFICATION,
                Aggregation.FIRST,
                1,
                0,
                Map.of("PER", 0.5f)));
    assertThat(bundle.heads().get(0).threshold("refund")).isEqualTo(0.75f);
    assertThat(bundle.heads().get(0).threshold("other")).isEqualTo(0.25f);
  }

  @Test
  void settingsMayNameAHeadOverTheLabelsOfTheExport() throws Exception {
    Bundles.copy("bert-token", folder);
    Bundles.settings(folder, "heads: [{name: entities, task: token-classification}]");

    Head head = read().heads().get(0);

    assertThat(head.name()).isEqualTo("entities");
    assertThat(head.output()).isEqualTo("logits");
    assertThat(head.labels()).startsWith("O", "B-PER").hasSize(7);
  }

  @Test
  void pipelineChoosesHeadsAndOverridesThem() throws Exception {
    twoHeads();

    List<Head> intent =
        BundleReader.read(folder, new HeadOptions(List.of("intent"), 1, 0.9, null)).heads();
    List<Head> both =
        BundleReader.read(folder, new HeadOptions(List.of(), 1, null, Aggregation.MAX)).heads();

    assertThat(intent).extracting(Head::name).containsExactly("intent");
    assertThat(intent.get(0).topK()).isEqualTo(1);
    assertThat(intent.get(0).threshold("refund")).isEqualTo(0.9f);
    assertThat(intent.get(0).threshold("other")).isEqualTo(0.9f);
    assertThat(both.get(0).topK()).isEqualTo(1);
    assertThat(both.get(1).aggregation()).isEqualTo(Aggregation.MAX);
  }

  @ParameterizedTest
  @CsvSource({"B-PER, PER", "I-PER, PER", "PER, PER", "GEO-POL, POL", "B-GEO-POL, GEO-POL"})
  void thresholdNamesALabelAsItIsReported(String label, String threshold) throws Exception {
    Bundles.of(TinyGraph.ofIds(TinyGraph.INT64).tokenLogits("logits", "ids", 1, 2), folder);
    Bundles.settings(
        folder,
        "heads: [{name: a, task: token-classification, labels: [O, %s], thresholds: {%s: 0.5}}]"
            .formatted(label, threshold));

    Head head = read().heads().get(0);
    assertThat(head.thresholds()).isEqualTo(Map.of(threshold, 0.5f));
    assertThat(head.threshold(threshold)).isEqualTo(0.5f);
    HeadOptions none = new HeadOptions(List.of(), null, null, Aggregation.NONE);
    assertThat(BundleReader.read(folder, none).heads().get(0).threshold(label)).isEqualTo(0.5f);
  }

  private void twoHeads() throws Exception {
    TinyGraph graph =
        TinyGraph.ofIds(TinyGraph.INT64)
            .textLogits("intent", 1, -1)
            .tokenLogits("entities", "ids", 1, 0, -1);
    Bundles.settings(Bundles.of(graph, folder), TWO_HEADS);
  }

  private ModelBundle read() throws Exception {
    return BundleReader.read(folder, HeadOptions.NONE);
  }
}
