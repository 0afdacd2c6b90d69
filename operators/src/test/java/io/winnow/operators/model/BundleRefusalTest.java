package io.winnow.operators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleRefusalTest {
  @TempDir Path folder;

  @Test
  void missingFolderIsRefused() {
    Path missing = folder.resolve("missing");

    assertThat(problems(missing, HeadOptions.NONE))
        .containsExactly(
            "Expected a model folder at %s, found nothing; a Hugging Face export leaves one"
                .formatted(missing));
  }

  @Test
  void fileInsteadOfAFolderIsRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("model.onnx"));

    assertThat(problems(file, HeadOptions.NONE))
        .containsExactly(
            "Expected a model folder at %s, found a file; a Hugging Face export leaves one"
                .formatted(file));
  }

  @Test
  void missingTokenizerIsRefused() throws Exception {
    Bundles.copy("bert-text", folder);
    Files.delete(folder.resolve("tokenizer.json"));

    assertThat(problems())
        .containsExactly(
            "Expected the tokenizer in %s, found nothing; export it with"
                    .formatted(folder.resolve("tokenizer.json"))
                + " AutoTokenizer.from_pretrained(MODEL, use_fast=True).save_pretrained(FOLDER)");
  }

  @Test
  void missingModelIsRefused() throws Exception {
    Bundles.copy("bert-text", folder);
    Files.delete(folder.resolve("model.onnx"));

    assertThat(problems())
        .containsExactly(
            "Expected the model in %s as model_quantized.onnx, onnx/model_quantized.onnx,"
                    .formatted(folder)
                + " model.onnx, onnx/model.onnx, found none of them");
  }

  @Test
  void missingModelThatTheSettingsNameIsRefused() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.settings(folder, "graph: model_O2.onnx");

    assertThat(problems())
        .containsExactly(
            "Expected the model in %s as model_O2.onnx, found none of them".formatted(folder));
  }

  @Test
  void truncatedGraphIsRefusedAtEveryLength() throws Exception {
    Bundles.copy("bert-text", folder);
    Path file = folder.resolve("model.onnx");
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length < whole.length; length += step(length, whole.length)) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThat(problems())
          .as("%d of %d bytes", length, whole.length)
          .singleElement()
          .asString()
          .startsWith("Expected a whole ONNX model in %s (%d bytes), but ".formatted(file, length))
          .endsWith("; copy or export it again");
    }
  }

  private static int step(int length, int whole) {
    return length < 100 || length >= whole - 100 ? 1 : Math.min(2999, whole - 100 - length);
  }

  @Test
  void truncatedGraphIsRefusedWithTheBytesThatAreMissing() throws Exception {
    Bundles.copy("bert-text", folder);
    Path file = folder.resolve("model.onnx");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));

    assertThat(problems())
        .singleElement()
        .asString()
        .matches(".*, but a field needs \\d+ bytes, but only \\d+ are left; .*");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void damagedGraphIsReadOrRefusedButNeverFailsOtherwise(long seed) throws Exception {
    Bundles.of(TinyGraph.ofIds(TinyGraph.INT64).textLogits("logits", 1, 2), folder);
    Bundles.settings(folder, "heads: [{name: a, task: text-classification, labels: [x, y]}]");
    Path file = folder.resolve("model.onnx");
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(seed);

    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      Files.write(file, damaged);
      try {
        assertThat(BundleReader.read(folder, HeadOptions.NONE).heads()).hasSize(1);
      } catch (ConfigurationException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  @Test
  void garbageIsNoGraph() throws Exception {
    Bundles.copy("bert-text", folder);
    Path file = Files.writeString(folder.resolve("model.onnx"), "<html>Not found</html>");

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("Expected a whole ONNX model in %s (22 bytes), but ".formatted(file));
  }

  @Test
  void missingExternalWeightsAreRefused() throws Exception {
    Bundles.copy("bert-external", folder);
    Path weights = folder.resolve("model.onnx_data");
    Files.delete(weights);

    assertThat(problems())
        .containsExactly(
            "Expected the weights of %s in %s, found nothing; copy the file too"
                .formatted(folder.resolve("model.onnx"), weights));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../weights", "a/../../weights", "/etc/hostname"})
  void externalWeightsOutsideTheFolderAreRefused(String location) throws Exception {
    Path inner = folder.resolve("inner");
    Files.writeString(folder.resolve("weights"), "1234");
    external(inner, location);

    assertThat(problems(inner, HeadOptions.NONE))
        .containsExactly(
            "%s takes weights from %s, outside its folder"
                .formatted(inner.resolve("model.onnx"), location));
  }

  @ParameterizedTest
  @MethodSource("hidingPlaces")
  void externalTensorsAreFoundWhereverTheyHide(String place, TinyGraph.Message attribute)
      throws Exception {
    Path inner = folder.resolve("inner");
    Files.writeString(folder.resolve("weights"), "1234");
    classifier(
        TinyGraph.ofIds(TinyGraph.INT64).textLogits("logits", 1, 2).unusedNode(attribute), inner);

    assertThat(problems(inner, HeadOptions.NONE))
        .as(place)
        .containsExactly(
            "%s takes weights from ../weights, outside its folder"
                .formatted(inner.resolve("model.onnx")));
  }

  private static Stream<Arguments> hidingPlaces() {
    TinyGraph.Message tensor = TinyGraph.external("hidden", "../weights", "4");
    TinyGraph.Message initializer = message().message(5, tensor);
    TinyGraph.Message inner =
        message().message(1, message().message(5, message().message(5, tensor)));
    return Stream.of(
        arguments("a tensor", message().message(5, tensor)),
        arguments("a list of tensors", message().message(10, tensor)),
        arguments("a subgraph", message().message(6, initializer)),
        arguments("a list of subgraphs", message().message(11, initializer)),
        arguments("a node of a subgraph", message().message(6, inner)),
        arguments("a sparse tensor", message().message(22, message().message(1, tensor))),
        arguments("its indices", message().message(23, message().message(2, tensor))));
  }

  private static TinyGraph.Message message() {
    return new TinyGraph.Message();
  }

  @Test
  void graphsNestedWithoutEndAreRefused() throws Exception {
    TinyGraph.Message graph = message();
    for (int i = 0; i < 2_000; i++) {
      graph = message().message(1, message().message(5, message().message(6, graph)));
    }
    classifier(
        TinyGraph.ofIds(TinyGraph.INT64)
            .textLogits("logits", 1, 2)
            .unusedNode(message().message(6, graph)),
        folder);

    assertThat(problems())
        .singleElement()
        .asString()
        .contains("but its graphs are nested more than 32 deep");
  }

  @Test
  void externalWeightsThatALinkTakesFromAnotherFolderAreRefused() throws Exception {
    Path inner = Bundles.copy("bert-external", folder.resolve("inner"));
    Path weights = inner.resolve("model.onnx_data");
    Files.createSymbolicLink(weights, Files.move(weights, folder.resolve("weights")));

    assertThat(problems(inner, HeadOptions.NONE))
        .containsExactly(
            "%s takes weights from model.onnx_data, a link out of the folder; copy the file itself"
                .formatted(inner.resolve("model.onnx")));
  }

  @Test
  void linkThatLeadsNowhereIsMissing() throws Exception {
    Bundles.copy("bert-external", folder);
    Path weights = folder.resolve("model.onnx_data");
    Files.delete(weights);
    Files.createSymbolicLink(weights, weights);

    assertThat(problems()).singleElement().asString().startsWith("Expected the weights of ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../model.onnx", "onnx/../../model.onnx", "/model.onnx", "'\\0'"})
  void graphOutsideTheFolderIsRefused(String graph) throws Exception {
    Bundles.copy("bert-text", folder.resolve("inner"));
    Files.copy(folder.resolve("inner/model.onnx"), folder.resolve("model.onnx"));
    Bundles.settings(folder.resolve("inner"), "graph: " + graph.replace('\'', '"'));

    assertThat(problems(folder.resolve("inner"), HeadOptions.NONE))
        .singleElement()
        .asString()
        .startsWith(
            folder.resolve("inner/winnow.yaml")
                + ":1: graph: expected a path inside the bundle's folder, found '");
  }

  @Test
  void modelThatReadsNextToNothingIsRefused() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.edit(folder.resolve("config.json"), config -> config.put("max_position_embeddings", 2));

    assertThat(problems())
        .containsExactly(
            "Expected a model in %s that reads at least 16 tokens, but config.json and"
                    .formatted(folder)
                + " tokenizer_config.json allow 2; correct max_position_embeddings or"
                + " model_max_length");
  }

  @Test
  void brokenConfigIsNotSaidToBeMissing() throws Exception {
    Bundles.copy("bert-text", folder);
    Files.writeString(folder.resolve("config.json"), "{\"architectures\": [");

    assertThat(problems())
        .satisfiesExactly(
            p -> assertThat(p).startsWith("Expected a JSON object in "),
            p -> assertThat(p).contains(", but its config.json cannot be read; "));
  }

  @Test
  void externalWeightsWithoutAPathAreRefused() throws Exception {
    external(folder, "a\0b");

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("%s takes weights from ".formatted(folder.resolve("model.onnx")));
  }

  @Test
  void labelsThatDoNotFitTheOutputAreRefused() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.labels(folder, List.of("sports", "politics"));

    assertThat(problems())
        .containsExactly(
            "config.json in %s names 2 labels, but the graph's output logits has 5 values"
                .formatted(folder));
  }

  @Test
  void labelThatIsNamedTwiceIsRefused() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.labels(folder, List.of("a", "b", "c", "d", "a"));

    assertThat(problems()).containsExactly("config.json in " + folder + " names a label twice");
  }

  @Test
  void missingLabelsAreRefused() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.edit(folder.resolve("config.json"), config -> config.remove("id2label"));

    assertThat(problems())
        .containsExactly(
            "Expected labels of config.json in %s; config.json needs id2label with every index from 0, or the head labels in winnow.yaml"
                .formatted(folder));
  }

  @Test
  void taskThatDoesNotFitTheOutputIsRefused() throws Exception {
    Bundles.copy("bert-token", folder);
    Bundles.settings(folder, "heads: [{name: intent, task: text-classification}]");

    assertThat(problems())
        .containsExactly(
            "Expected an output with 2 axes for head intent (text-classification), but the graph in"
                + " %s has logits[?, ?, 7]".formatted(folder));
  }

  @Test
  void folderThatNamesNoTaskIsRefused() throws Exception {
    Bundles.copy("bert-text", folder);
    Files.delete(folder.resolve("config.json"));

    assertThat(problems())
        .containsExactly(
            "Expected a model for text-classification or token-classification in %s, but there is no"
                    .formatted(folder)
                + " config.json; export it with that task, or name its heads in winnow.yaml");
  }

  @ParameterizedTest
  @CsvSource({"'', no architecture", "BertForMaskedLM, BertForMaskedLM"})
  void otherArchitecturesAreRefused(String architecture, String found) throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.edit(
        folder.resolve("config.json"),
        config -> config.putArray("architectures").add(architecture));

    assertThat(problems())
        .containsExactly(
            "Expected a model for text-classification or token-classification in %s, but config.json"
                    .formatted(folder)
                + " names %s; export it with that task, or name its heads in winnow.yaml"
                    .formatted(found));
  }

  @Test
  void headThatTheBundleDoesNotHaveIsRefused() {
    assertThat(
            problems(
                Bundles.folder("bert-text"),
                new HeadOptions(List.of("intent", "default"), null, null, null)))
        .containsExactly("Expected a head of [default], found intent");
  }

  @Test
  void outputThatTheGraphDoesNotHaveIsRefused() throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.settings(folder, "heads: [{name: a, task: text-classification, output: emotion}]");

    assertThat(problems())
        .containsExactly(
            "Expected an output emotion for head a, but the graph in %s has only [logits]"
                .formatted(folder));
  }

  @Test
  void outputOfIntegersIsRefused() throws Exception {
    Bundles.of(
        TinyGraph.ofIds(TinyGraph.INT64)
            .node("Identity", List.of("input_ids"), "logits")
            .output("logits", TinyGraph.INT64, -1, 2),
        folder);
    Bundles.settings(folder, "heads: [{name: a, task: text-classification, labels: [x, y]}]");

    assertThat(problems())
        .containsExactly(
            "Expected logits as floats for head a, but the graph in %s has logits of ONNX type 7"
                .formatted(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pixel_values | 7 | -1 | needs the input pixel_values, but Winnow gives only"
            + " [attention_mask, input_ids, position_ids, token_type_ids]; export it without",
        "token_type_ids | 1 | -1 | Expected integers [batch, tokens] in FILE, found"
            + " token_type_ids[?, ?]",
        "token_type_ids | 7 | 128 | Expected texts of any length in FILE, but"
            + " token_type_ids[?, 128] is fixed; export with dynamic axes",
      })
  void inputThatIsNoTextIsRefused(String name, int type, long axis, String problem)
      throws Exception {
    Bundles.of(
        TinyGraph.ofIds(TinyGraph.INT64).textLogits("logits", 1, 2).input(name, type, -1, axis),
        folder);
    Bundles.settings(folder, "heads: [{name: a, task: text-classification, labels: [x, y]}]");

    assertThat(problems())
        .singleElement()
        .asString()
        .endsWith(problem.replace("FILE", folder.resolve("model.onnx").toString()));
  }

  @Test
  void graphWithoutIdsIsRefused() throws Exception {
    Bundles.of(
        new TinyGraph()
            .input("attention_mask", TinyGraph.INT64, -1, -1)
            .cast("attention_mask", "ids")
            .textLogits("logits", 1, 2),
        folder);
    Bundles.settings(folder, "heads: [{name: a, task: text-classification, labels: [x, y]}]");

    assertThat(problems())
        .containsExactly(
            "Expected an input input_ids in %s, found only [attention_mask]"
                .formatted(folder.resolve("model.onnx")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "windows: {tokens: 64} | :1: windows: unknown key; did you mean 'window'?",
        "window: {token: 64} | :1: window.token: unknown key; did you mean 'tokens'?",
        "window: {tokens: 200} | : window.tokens is 200, but the model reads 160 at the most",
        "window: {tokens: 64, stride: 33} | : window.stride is 33, but must be at most half of the"
            + " window's 64 tokens",
        "window: {overflow: drop} | :1: window.overflow: expected reject or cut, found 'drop'",
        "heads: [{name: a, task: text-classification}, {name: a, task: text-classification}]"
            + " | : there are two heads named a",
        "heads: [{name: a, task: text-classification, thresholds: {sport: 0.5}}]"
            + " | : head a has a threshold for sport, which is none of the labels it reports",
        "heads: [{name: a, task: text-classification, aggregation: max}]"
            + " | : head a has aggregation, which has no effect on text-classification; remove it",
        "heads: [{name: a, task: text-classification, problem-type: regression, min-score: 0.5}]"
            + " | : head a has min-score, which has no effect on regression; remove it",
        "heads: [{name: a, task: text-classification, thresholds: {sports: 2}}]"
            + " | :1: heads[0].thresholds.sports: expected a number from 0 to 1, found 2",
      })
  void settingsThatDoNotFitAreRefused(String yaml, String problem) throws Exception {
    Bundles.copy("bert-text", folder);
    Bundles.settings(folder, yaml);

    assertThat(problems()).containsExactly(folder.resolve("winnow.yaml") + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "top-k: 2 | has top-k, which has no effect on token-classification; remove it",
        "problem-type: regression | has problem-type, which has no effect on token-classification;"
            + " remove it",
        "thresholds: {B-PER: 0.5} | has a threshold for B-PER, which is none of the labels it"
            + " reports; name it PER",
        "aggregation: none, thresholds: {I-LOC: 0.5} | has a threshold for I-LOC, which is none of"
            + " the labels it reports; name it LOC",
        "thresholds: {O: 0.5} | has a threshold for O, which is none of the labels it reports",
        "thresholds: {B-DOG: 0.5} | has a threshold for B-DOG, which is none of the labels it"
            + " reports",
      })
  void settingsWithoutEffectOnTokensAreRefused(String setting, String problem) throws Exception {
    Bundles.copy("bert-token", folder);
    Bundles.settings(
        folder, "heads: [{name: a, task: token-classification, %s}]".formatted(setting));

    assertThat(problems()).containsExactly(folder.resolve("winnow.yaml") + ": head a " + problem);
  }

  @Test
  void optionsOfThePipelineWithoutEffectAreRefused() throws Exception {
    assertThat(problems(Bundles.folder("bert-token"), new HeadOptions(List.of(), 3, null, null)))
        .containsExactly(
            "Expected top-k with heads for text-classification only, but there are only [default];"
                + " remove it");
    assertThat(
            problems(
                Bundles.folder("bert-text"),
                new HeadOptions(List.of(), null, null, Aggregation.MAX)))
        .containsExactly(
            "Expected aggregation with heads for token-classification only, but there are only"
                + " [default]; remove it");
  }

  @Test
  void allProblemsAreListedAtOnce() throws Exception {
    Bundles.copy("bert-external", folder);
    Files.delete(folder.resolve("tokenizer.json"));
    Files.delete(folder.resolve("model.onnx_data"));
    Bundles.labels(folder, List.of("sports", "politics"));
    Bundles.settings(folder, "windows: 3");

    assertThat(problems(folder, new HeadOptions(List.of("intent"), null, null, null)))
        .satisfiesExactly(
            p -> assertThat(p).contains("windows: unknown key"),
            p -> assertThat(p).startsWith("Expected the tokenizer in "),
            p -> assertThat(p).startsWith("Expected the weights of "),
            p -> assertThat(p).contains("names 2 labels"),
            p -> assertThat(p).isEqualTo("Expected a head of [default], found intent"));
  }

  private static void external(Path folder, String location) throws IOException {
    classifier(
        TinyGraph.ofIds(TinyGraph.INT64)
            .textLogits("logits", 1, 2)
            .externalWeights("weights", location, "4"),
        folder);
  }

  private static void classifier(TinyGraph graph, Path folder) throws IOException {
    Bundles.of(graph, folder);
    Bundles.settings(folder, "heads: [{name: a, task: text-classification, labels: [x, y]}]");
  }

  private List<String> problems() {
    return problems(folder, HeadOptions.NONE);
  }

  private static List<String> problems(Path folder, HeadOptions options) {
    return assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> BundleReader.read(folder, options))
        .actual()
        .problems();
  }
}
