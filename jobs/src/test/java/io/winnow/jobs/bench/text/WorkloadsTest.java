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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    List<BenchText> texts = workloads.made(kind).next(500);

    assertThat(texts.stream().mapToInt(BenchText::tokens).average().orElseThrow())
        .isCloseTo(mean, within(mean * 0.04));
    for (BenchText text : texts) {
      assertThat(text.tokens()).isEqualTo(model.tokenizer().tokenize(text.text()).size());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHORT", "MEDIUM", "LONG", "LOG_NORMAL"})
  void noTextComesTwiceAndEachFitsIntoAWindow(WorkloadKind kind) throws Exception {
    Workload made = workloads.made(kind);
    List<BenchText> texts = new ArrayList<>(made.next(1_000));
    texts.addAll(made.next(1_000));

    assertThat(texts).extracting(BenchText::text).doesNotHaveDuplicates();
    assertThat(texts)
        .allSatisfy(text -> assertThat(text.tokens()).isBetween(1, bundle.window().tokens() - 2));
  }

  @Test
  void twoInFiveTextsCameBeforeInTheirRound() throws Exception {
    Workload duplicates = workloads.made(WorkloadKind.DUPLICATES);
    Set<String> one = texts(duplicates.next(2_000));
    Set<String> other = texts(duplicates.next(2_000));

    assertThat(one.size() / 2_000.0).isCloseTo(0.6, within(0.03));
    assertThat(other.size() / 2_000.0).isCloseTo(0.6, within(0.03));
    assertThat(one).doesNotContainAnyElementsOf(other);
  }

  @Test
  void noTextOfOneWorkloadIsOneOfAnother() throws Exception {
    Set<String> distinct = texts(workloads.made(WorkloadKind.LOG_NORMAL).next(1_000));

    assertThat(distinct)
        .doesNotContainAnyElementsOf(texts(workloads.made(WorkloadKind.DUPLICATES).next(1_000)));
  }

  private static Set<String> texts(List<BenchText> texts) {
    return texts.stream().map(BenchText::text).collect(Collectors.toSet());
  }

  @Test
  void theSameTextsAreMadeEachTime() throws Exception {
    Workload one = workloads.made(WorkloadKind.LOG_NORMAL);
    Workload other = new Workloads(bundle, model).made(WorkloadKind.LOG_NORMAL);

    assertThat(one.next(50)).isEqualTo(other.next(50));
    assertThat(one.next(300)).isEqualTo(other.next(300));
  }

  @Test
  void ownTextsAreTheLinesWithATextInThem() throws Exception {
    Path file = Files.writeString(folder.resolve("texts.txt"), "My card is lost\n\nPIN blocked\n");

    Workload own = workloads.own(file);

    assertThat(own.next(2))
        .contains(new BenchText("My card is lost", 4))
        .extracting(BenchText::text)
        .containsExactlyInAnyOrder("My card is lost", "PIN blocked");
    assertThat(own.mayBeCached()).isFalse();
    assertThat(workloads.made(WorkloadKind.SHORT).mayBeCached()).isTrue();
  }

  @Test
  void ownTextsGoOnInTheNextRoundSoThatEachComesEquallyOften() throws Exception {
    List<String> lines = IntStream.range(0, 20).mapToObj(i -> "Card " + i).toList();
    Workload own = workloads.own(Files.write(folder.resolve("texts.txt"), lines));

    List<BenchText> texts = new ArrayList<>(own.next(15));
    texts.addAll(own.next(25));

    assertThat(texts.subList(0, 20))
        .extracting(BenchText::text)
        .containsExactlyInAnyOrderElementsOf(lines);
    assertThat(texts.subList(20, 40)).isEqualTo(texts.subList(0, 20));
  }

  @Test
  void ownTextsAreShuffledAsInEachRun() throws Exception {
    List<String> lines = IntStream.range(0, 20).mapToObj(i -> "Card " + i).toList();
    Path file = Files.write(folder.resolve("texts.txt"), lines);

    List<BenchText> texts = workloads.own(file).next(20);

    assertThat(texts).extracting(BenchText::text).isNotEqualTo(lines);
    assertThat(new Workloads(bundle, model).own(file).next(20)).isEqualTo(texts);
  }

  @Test
  void theFirstWindowOfALongerTextIsCountedApart() throws Exception {
    String line = "card ".repeat(400);
    Path file = Files.writeString(folder.resolve("texts.txt"), line + "\n");
    int tokens = model.tokenizer().tokenize(line).size();
    int capacity = bundle.window().tokens() - 2; // the special tokens

    assertThat(workloads.own(file).next(1)).containsExactly(new BenchText(line, tokens, capacity));
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
