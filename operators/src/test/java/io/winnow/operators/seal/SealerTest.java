package io.winnow.operators.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceSession;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.Seal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
  @TempDir Path folder;

  @BeforeEach
  void copy() throws Exception {
    Bundles.copy("bert-text", folder);
  }

  @Test
  void sealedBundleIsOpenedWithItsSeal() throws Exception {
    Sealer.Sealed sealed = SealedBundles.seal(folder);

    Seal seal = sealed.bundle().seal().orElseThrow();
    assertThat(sealed.goldenRecords()).isEqualTo(SealedBundles.TEXTS.size());
    assertThat(sealed.goldenNanos()).isPositive();
    assertThat(sealed.bundle().isBatchInvariant()).isTrue();
    assertThat(seal.tolerance()).isEqualTo(Seal.DEFAULT_TOLERANCE);
    assertThat(seal.machine()).isEqualTo(InferenceSession.machine());
    assertThat(BundleReader.read(folder, HeadOptions.NONE).seal()).contains(seal);
  }

  @Test
  void sealingAgainGivesTheSameBytes() throws Exception {
    SealedBundles.seal(folder);
    byte[] golden = Files.readAllBytes(folder.resolve("golden.jsonl"));
    byte[] settings = Files.readAllBytes(folder.resolve("winnow.yaml"));

    again();

    assertThat(Files.readAllBytes(folder.resolve("golden.jsonl"))).isEqualTo(golden);
    assertThat(Files.readAllBytes(folder.resolve("winnow.yaml"))).isEqualTo(settings);
  }

  @Test
  void bundleThatDoesNotFitItsSealIsSealedAnew() throws Exception {
    SealedBundles.seal(folder);
    Bundles.labels(folder, List.of("sport", "politics", "science", "culture", "other"));
    Files.writeString(
        folder.resolve("golden.jsonl"), "{\"text\": \"Paris\"}\n{\"text\": \"Rome, Italy\"}\n");

    again();

    assertThat(BundleReader.read(folder, HeadOptions.NONE).seal()).isPresent();
    assertThat(Files.readString(folder.resolve("golden.jsonl"))).contains("Rome, Italy", "sport\"");
  }

  @Test
  void toleranceIsThatOfTheSealBefore() throws Exception {
    new Sealer(folder, Optional.of(SealedBundles.TEXTS), Optional.of(0.125)).seal();

    assertThat(again().bundle().seal().orElseThrow().tolerance()).isEqualTo(0.125);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sports", "politics", "science", "culture", "other"})
  void recordHoldsALabelThatIsReportedBehindOthersThatAreNot(String reported) throws Exception {
    Path multilabel = Bundles.copy("bert-multilabel", folder.resolve("multilabel"));
    Map<String, String> thresholds = new TreeMap<>();
    for (String label : List.of("sports", "politics", "science", "culture", "other")) {
      thresholds.put(label, label.equals(reported) ? "0.001" : "0.999");
    }
    Bundles.settings(
        multilabel,
        "heads: [{name: topics, task: text-classification, thresholds: %s}]"
            .formatted(thresholds.toString().replace("=", ": ")));

    SealedBundles.seal(multilabel); // fails where the record does not hold it

    assertThat(Files.readString(multilabel.resolve("golden.jsonl")).lines())
        .allSatisfy(line -> assertThat(line).contains('"' + reported + '"'));
  }

  @Test
  void recordHoldsTheFirstThreeLabelsAndAllThatAreReported() throws Exception {
    SealedBundles.seal(folder);
    assertThat(labelsOfFirstRecord()).isEqualTo(3);

    Bundles.settings(folder, "heads: [{name: a, task: text-classification, top-k: 4}]\n");
    again();
    assertThat(labelsOfFirstRecord()).isEqualTo(4);
  }

  @Test
  void bundleWhoseSettingsTakeNoSealStaysAsItIs() throws Exception {
    Files.writeString(folder.resolve("winnow.yaml"), "{name: flow}\n");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () -> new Sealer(folder, Optional.of(SealedBundles.TEXTS), Optional.empty()).seal())
        .withMessageContaining("expected keys at the start of their lines");
    assertThat(folder.resolve("golden.jsonl")).doesNotExist();
  }

  @Test
  void bundleWithoutTextsIsToldWhatToDo() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(this::again)
        .withMessage(
            "Expected golden texts in %s, found no such file; give them with --texts FILE, one a line"
                .formatted(folder.resolve("golden.jsonl")));
  }

  @Test
  void textsAreOfANumberThatAStartCanBear() {
    List<String> same = Collections.nCopies(5, "Paris");
    List<String> many = IntStream.range(0, 25).mapToObj(i -> "Paris " + i).toList();

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> new Sealer(folder, Optional.of(same), Optional.empty()).seal())
        .withMessageStartingWith("Expected 2 to 24 different golden texts, found 1;");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> new Sealer(folder, Optional.of(many), Optional.empty()).seal())
        .withMessageContaining("found 25");
    assertThat(folder.resolve("golden.jsonl")).doesNotExist();
  }

  @Test
  void everyTextThatTheModelCannotReadIsNamed() {
    List<String> texts = Arrays.asList("Paris", "a\u0000b", "\ud800", "Rome");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> new Sealer(folder, Optional.of(texts), Optional.empty()).seal())
        .satisfies(e -> assertThat(e.problems()).hasSize(2))
        .withMessageStartingWith("golden text \"a\u0000b\": Expected text, but found the control");
    assertThat(folder.resolve("winnow.yaml")).doesNotExist();
  }

  @Test
  void modelInSeveralWindowsIsSealed() throws Exception {
    Bundles.settings(folder, "window: {tokens: 16, stride: 4}\n");

    Sealer.Sealed sealed = SealedBundles.seal(folder);

    assertThat(sealed.bundle().isBatchInvariant()).isTrue();
  }

  private Sealer.Sealed again() throws Exception {
    return new Sealer(folder, Optional.empty(), Optional.empty()).seal();
  }

  private int labelsOfFirstRecord() throws Exception {
    String first = Files.readAllLines(folder.resolve("golden.jsonl")).get(0);
    return first.split("\"label\":", -1).length - 1;
  }
}
