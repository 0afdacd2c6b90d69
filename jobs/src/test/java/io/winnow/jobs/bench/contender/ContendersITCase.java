package io.winnow.jobs.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.winnow.jobs.SealedModels;
import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.bench.ContenderKind;
import io.winnow.jobs.bench.Measurement;
import io.winnow.jobs.bench.Round;
import io.winnow.jobs.bench.WorkloadKind;
import io.winnow.jobs.bench.text.Workload;
import io.winnow.jobs.bench.text.Workloads;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.task.HeadResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each contender, on a model whose answers do not depend on the batch; nothing is timed. */
class ContendersITCase {
  private static final Path MODEL = Models.folder("bert-text");
  private static final int TEXTS = 50;

  private ModelBundle bundle;
  private LoadedModel model;
  private Workload workload;
  private List<BenchText> texts;
  private Contenders contenders;

  @BeforeEach
  void open() throws Exception {
    bundle = BundleReader.read(MODEL, HeadOptions.NONE);
    model = LoadedModel.open(bundle);
    workload = new Workloads(bundle, model).made(WorkloadKind.DUPLICATES);
    texts = workload.next(TEXTS);
    contenders =
        new Contenders(
            Models.plan(MODEL, WorkloadKind.DUPLICATES, ContenderKind.values()), bundle, model);
  }

  @AfterEach
  void close() throws Exception {
    contenders.close();
    model.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = ContenderKind.class,
      names = {"OPERATOR", "OPERATOR_ONE_SLOT", "OPERATOR_UNCACHED", "BATCHES", "SERVER"})
  void eachJobAnswersEachTextOfItsRoundsAsTheModelDoes(ContenderKind kind) throws Exception {
    FlinkContender job = (FlinkContender) contenders.of(kind);

    for (boolean cached : new boolean[] {true, true, false}) { // the last one takes another job
      Round round = new Round(texts);
      job.answer(round, cached);

      assertThat(answers(round)).isEqualTo(expected());
      assertThat(round.measurement().events()).isEqualTo(35);
    }
  }

  @ParameterizedTest
  @CsvSource({"OPERATOR_UNCACHED, false", "BATCHES, true", "SERVER, true"})
  void ofALongTextThoseTokensCountThatAreRead(
      ContenderKind kind, boolean firstWindow, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("texts.txt"), "word ".repeat(600));
    Workload own = new Workloads(bundle, model).own(file);
    BenchText text = own.next(1).get(0);

    Measurement measured = contenders.of(kind).measure(own, TEXTS);

    // Threads that answer at once may count one text before or after the time that is measured.
    assertThat((double) measured.tokens() / measured.events())
        .isCloseTo(firstWindow ? text.firstWindowTokens() : text.tokens(), withinPercentage(10));
  }

  @Test
  void sortedBatchesAnswerEachTextAsTheModelDoes(@TempDir Path folder) throws Exception {
    Path proven = SealedModels.copy(MODEL, folder.resolve("proven"));
    Round round = new Round(texts);
    try (Contenders sorted =
        new Contenders(
            Models.plan(proven, WorkloadKind.DUPLICATES, ContenderKind.OPERATOR_SORTED),
            bundle,
            model)) {
      ((FlinkContender) sorted.of(ContenderKind.OPERATOR_SORTED)).answer(round, true);
    }

    assertThat(answers(round)).isEqualTo(expected());
  }

  @Test
  void theBareRuntimeAnswersEachText() throws Exception {
    Round round = new Round(texts);

    ((BareContender) contenders.of(ContenderKind.BARE)).answer(round);

    assertThat(answers(round)).isEqualTo(expected());
  }

  @Test
  void aJobThatFailsTellsWhyAndTheNextRoundTakesANewOne() throws Exception {
    BenchCluster cluster = BenchCluster.start(1, Models.folder("none"));
    try (cluster) {
      FlinkContender failing =
          new FlinkContender(
              cluster,
              1,
              (queries, cached) ->
                  queries.map(
                      query -> {
                        throw new IllegalStateException("no answer to " + query.index());
                      }),
              BenchText::tokens);

      for (int round = 0; round < 2; round++) {
        assertThatThrownBy(() -> failing.measure(workload, TEXTS))
            .hasStackTraceContaining("no answer to 0");
      }
    }
  }

  private List<String> expected() throws Exception {
    Enricher enricher = new Enricher(bundle, model);
    List<String> labels = new ArrayList<>();
    for (BenchText text : texts) {
      HeadResult.Labels found = (HeadResult.Labels) enricher.enrich(text.text()).results().get(0);
      labels.add(found.labels().get(0).label());
    }
    assertThat(labels.stream().distinct().count()).isGreaterThan(1); // else it would show nothing
    return labels;
  }

  private static List<String> answers(Round round) {
    return IntStream.range(0, round.size()).mapToObj(round::answer).toList();
  }
}
