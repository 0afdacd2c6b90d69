package io.winnow.jobs.bench.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.bench.WorkloadKind;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadsTest {
  /** The shipped model, as the lengths are about its tokens; nothing is run. */
  private static final Path MODEL = Path.of("../deploy/models/support");

  @TempDir Path folder;
  private ModelBundle bundle;
  private LoadedModel model;
  private Workloads workloads;

  @BeforeEach
  void open() throws Exception {
    bundle = BundleReader.read(MODEL, HeadOptions.NONE);
    model = LoadedModel.open(bundle);
    workloads = new Workloads(bundle, model);
  }

  @AfterEach
  void close() {
    model.close();
  }

  @ParameterizedTest
  @CsvSource({"SHORT, 12", "MEDIUM, 40", "LONG, 110"})
  void theMeanIsCountedByTheModelsOwnTokenizer(WorkloadKind kind, int mean) throws Exception {
    List<BenchText> texts = workloads.made(kind).first(500);

    assertThat(texts.stream().mapToInt(BenchText::tokens).average().orElseThrow())
        .isCloseTo(mean, within(mean * 0.04));
    for (BenchText text : texts) {
      assertThat(text.tokens()).isEqualTo(model.tokenizer().tokenize(text.text()).size());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHORT", "MEDIUM", "LONG", "LOG_NORMAL"})
  void noTextComesTwiceAndEachFitsIntoAWindow(WorkloadKind kind) throws Exception {
    List<BenchText> texts = workloads.made(kind).first(2_000);

    assertThat(texts).extracting(BenchText::text).doesNotHaveDuplicates();
    assertThat(texts)
        .allSatisfy(text -> assertThat(text.tokens()).isBetween(1, bundle.window().tokens() - 2));
  }

  @Test
  void twoInFiveTextsCameBefore() throws Exception {
    Set<String> before = new HashSet<>();
    int repeated = 0;
    for (BenchText text : workloads.made(WorkloadKind.DUPLICATES).first(2_000)) {
      repeated += before.add(text.text()) ? 0 : 1;
    }

    assertThat(repeated / 2_000.0).isCloseTo(0.4, within(0.03));
  }

  @Test
  void theSameTextsAreMadeEachTime() throws Exception {
    Workload one = workloads.made(WorkloadKind.LOG_NORMAL);
    Workload other = new Workloads(bundle, model).made(WorkloadKind.LOG_NORMAL);

    List<BenchText> few = one.first(50);
    assertThat(one.first(300).subList(0, 50)).isEqualTo(few);
    assertThat(other.first(300)).isEqualTo(one.first(300));
  }

  @Test
  void ownTextsAreTheLinesOverAndOver() throws Exception {
    Path file = Files.writeString(folder.resolve("texts.txt"), "My card is lost\n\nPIN blocked\n");

    Workload own = workloads.own(file);

    assertThat(own.first(3))
        .extracting(BenchText::text)
        .containsExactly("My card is lost", "PIN blocked", "My card is lost");
    assertThat(own.first(1).get(0).tokens()).isEqualTo(4);
    assertThat(own.mayBeCached()).isFalse();
    assertThat(workloads.made(WorkloadKind.SHORT).mayBeCached()).isTrue();
  }

  @Test
  void everyLineThatAModelDoesNotReadIsToldWithItsPlace() throws Exception {
    Path file = folder.resolve("texts.txt");
    Files.writeString(file, "good\nbad \u0007\n" + "word ".repeat(20_000) + "\n");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> workloads.own(file))
        .satisfies(
            e -> {
              assertThat(e.problems()).hasSize(2);
              assertThat(e.problems().get(0)).startsWith(file + ":2: ").contains("U+0007");
              assertThat(e.problems().get(1)).startsWith(file + ":3: ").contains("20000 tokens");
            });
  }

  @Test
  void aFileWithoutTextsIsNamed() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> workloads.own(empty))
        .withMessage(empty + ": expected texts, one a line, found an empty file");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> workloads.own(folder.resolve("none.txt")))
        .withMessageContaining("none.txt: expected texts in UTF-8");
  }

  @Test
  void ownTextsAreNotMade() {
    assertThatIllegalArgumentException().isThrownBy(() -> workloads.made(WorkloadKind.OWN));
  }
}
