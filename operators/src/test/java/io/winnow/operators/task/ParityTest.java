package io.winnow.operators.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.Aggregation;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the answers against those that Hugging Face's pipelines gave for the same models; the
 * golden files come from {@code deploy/models/recipe/parity}.
 */
class ParityTest {
  private static final Path FOLDER = Path.of("src/test/resources/parity");
  private static final float TOLERANCE = 1e-4f;

  /** Int8 kernels differ between processors. */
  private static final float QUANTIZED_TOLERANCE = 1e-2f;

  static Stream<Path> textClassification() throws IOException {
    return bundles(golden -> golden.path("texts").path(0).has("labels"));
  }

  static Stream<Path> tokenClassification() throws IOException {
    return bundles(golden -> golden.path("texts").path(0).has("strategies"));
  }

  @ParameterizedTest
  @MethodSource("textClassification")
  void labelsAndScoresAreThoseOfTheTextClassificationPipeline(Path folder) throws Exception {
    HeadOptions all = new HeadOptions(List.of(), 1000, 0.0, null);
    float tolerance = folder.endsWith("bert-quantized") ? QUANTIZED_TOLERANCE : TOLERANCE;
    ModelBundle bundle = BundleReader.read(folder, all);
    try (LoadedModel model = LoadedModel.open(bundle)) {
      Enricher enricher = new Enricher(bundle, model);
      enricher.warmUp();
      for (JsonNode golden : golden(folder).path("texts")) {
        String text = golden.path("text").asText();
        var result = (HeadResult.Labels) enricher.enrich(text).results().get(0);

        assertThat(result.labels().stream().map(LabelScore::label).toList())
            .as(text)
            .isEqualTo(strings(golden.path("labels"), "label"));
        for (int i = 0; i < result.labels().size(); i++) {
          assertThat(result.labels().get(i).score())
              .as(text)
              .isCloseTo(score(golden.path("labels").path(i)), within(tolerance));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tokenClassification")
  void spansAreThoseOfTheTokenClassificationPipeline(Path folder) throws Exception {
    for (Aggregation aggregation : Aggregation.values()) {
      HeadOptions options = new HeadOptions(List.of(), null, null, aggregation);
      ModelBundle bundle = BundleReader.read(folder, options);
      try (LoadedModel model = LoadedModel.open(bundle)) {
        Enricher enricher = new Enricher(bundle, model);
        enricher.warmUp();
        for (JsonNode golden : golden(folder).path("texts")) {
          String strategy = aggregation.name().toLowerCase(Locale.ROOT);
          assertSpans(enricher, golden, golden.path("strategies").path(strategy), strategy);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource({"textClassification", "tokenClassification"})
  void tokensAreThoseOfTheTokenizer(Path folder) throws Exception {
    ModelBundle bundle = BundleReader.read(folder, HeadOptions.NONE);
    try (LoadedModel model = LoadedModel.open(bundle)) {
      for (JsonNode golden : golden(folder).path("texts")) {
        String text = golden.path("text").asText();
        TokenizedText tokens = model.tokenizer().tokenize(text);
        Window whole = new Window(0, tokens.size());

        assertThat(tokens.ids(whole)).as(text).isEqualTo(numbers(golden.path("input_ids")));
        for (int i = 0; i < tokens.size(); i++) {
          JsonNode offsets = golden.path("offsets").path(tokens.prefix() + i);
          assertThat(List.of(tokens.start(i), tokens.end(i)))
              .as("token %d of %s", i, text)
              .isEqualTo(List.of(offsets.path(0).asInt(), offsets.path(1).asInt()));
        }
      }
    }
  }

  private static void assertSpans(
      Enricher enricher, JsonNode golden, JsonNode expected, String strategy) throws Exception {
    String text = golden.path("text").asText();
    var found = (HeadResult.Spans) enricher.enrich(text).results().get(0);

    List<LabelledSpan> spans = new ArrayList<>();
    expected.forEach(
        span ->
            spans.add(
                new LabelledSpan(
                    span.path("label").asText(),
                    span.path("start").asInt(),
                    span.path("end").asInt(),
                    score(span))));
    assertThat(found.spans())
        .as("%s of %s", strategy, text)
        .usingElementComparator(
            (a, b) ->
                a.label().equals(b.label())
                        && a.start() == b.start()
                        && a.end() == b.end()
                        && Math.abs(a.score() - b.score()) < TOLERANCE
                    ? 0
                    : 1)
        .containsExactlyElementsOf(spans);
  }

  private static Stream<Path> bundles(Predicate<JsonNode> filter) throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      List<Path> found = new ArrayList<>();
      for (Path folder : folders.sorted().toList()) {
        if (filter.test(golden(folder))) {
          found.add(folder);
        }
      }
      return found.stream();
    }
  }

  private static JsonNode golden(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("golden.json").toFile());
  }

  private static float score(JsonNode node) {
    return (float) node.path("score").asDouble();
  }

  private static List<String> strings(JsonNode list, String key) {
    return list.findValuesAsText(key);
  }

  private static long[] numbers(JsonNode list) {
    long[] numbers = new long[list.size()];
    Arrays.setAll(numbers, i -> list.path(i).asLong());
    return numbers;
  }
}
