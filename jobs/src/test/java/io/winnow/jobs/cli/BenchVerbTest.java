package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.bench.ContenderKind;
import io.winnow.jobs.bench.WorkloadKind;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchVerbTest {
  private static final String MODEL = Winnow.model("bert-text").toString();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "--rounds=0, 'Expected at least 1 round with --rounds, found 0'",
    "--seconds=0, 'Expected a number above 0, up to 600, with --seconds, found 0.0'",
    "--seconds=NaN, 'Expected a number above 0, up to 600, with --seconds, found NaN'",
    "--workload=own, 'The workload own is of your texts; add --texts FILE'",
    "--workload=shrot, 'found ''shrot''; did you mean ''short''?'",
    "--contender=pipelines, 'found ''pipelines''; did you mean ''pipeline''?'"
  })
  void aWrongOptionIsToldBeforeTheRun(String option, String told) {
    assertWrong(Winnow.run("bench", MODEL, option), told);
  }

  @Test
  void textsAreForTheWorkloadOwn() throws Exception {
    Path texts = Files.writeString(folder.resolve("texts.txt"), "My card is lost\n");

    assertWrong(
        Winnow.run("bench", MODEL, "--texts", texts.toString(), "--workload", "short"),
        "--texts is for the workload own; add --workload own, or remove --texts");
  }

  @Test
  void aFileOfTextsThatIsNotThereIsNamed() {
    assertWrong(
        Winnow.run("bench", MODEL, "--texts", "none.txt", "--contender", "bare"),
        "none.txt: expected texts in UTF-8, one a line");
  }

  @Test
  void sortedBatchesAreForAModelThatIsProvenNotToMind() {
    assertWrong(
        Winnow.run("bench", MODEL, "--contender", "operator-sorted"),
        "batching: sorted needs a bundle whose answers are proven not to depend on the batch",
        "has no seal");
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    assertWrong(Winnow.run("bench", "no/model"), "no/model", "found nothing");
  }

  @Test
  void aReportThatCannotBeWrittenIsToldBeforeTheRun() {
    assertWrong(Winnow.run("bench", MODEL, "--report", "no/r.html"), "--report", "no/r.html");
  }

  @Test
  void helpNamesEachContenderAndWorkload() {
    String help = Winnow.run("bench", "--help").out().replaceAll("\\s+", " ");

    for (ContenderKind contender : ContenderKind.values()) {
      assertThat(help).contains(contender.word());
    }
    for (WorkloadKind workload : WorkloadKind.values()) {
      assertThat(help).contains(workload.word());
    }
  }

  @Test
  void ownTextsAreMeasuredAndNothingElseIsPrintedWithJson() throws Exception {
    Path texts = Files.writeString(folder.resolve("texts.txt"), "My card is lost\nPIN blocked\n");
    Path report = folder.resolve("bench.html");

    Winnow winnow =
        Winnow.run(
            "bench",
            MODEL,
            "--texts=" + texts,
            "--workload=own",
            "--contender=bare",
            "--rounds=2",
            "--seconds=0.05",
            "--json",
            "--report=" + report);

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.err()).isEmpty();
    assertThat(winnow.lines()).hasSize(1);
    assertThat(Dataset.fields(Dataset.json(winnow.out())))
        .startsWith(
            "name",
            "workload",
            "eventsPerSecond",
            "tokensPerSecond",
            "p50Millis",
            "p99Millis",
            "ratioToBare");
    assertThat(report).content().startsWith("<!doctype html>").contains("bert-text");
  }

  @Test
  void peopleGetATable() {
    Winnow winnow =
        Winnow.run(
            "bench", MODEL, "--workload=short", "--contender=bare", "--rounds=1", "--seconds=0.05");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.out())
        .startsWith("bert-text on ")
        .containsPattern("(?m)^ {2}short +events/s +least to most +tokens/s +of bare")
        .containsPattern("(?m)^ {2}bare +[0-9.,]+ +");
  }

  @Test
  void everyFieldContenderAndWorkloadIsDocumented() throws Exception {
    Winnow winnow =
        Winnow.run(
            "bench",
            MODEL,
            "--workload=short",
            "--contender=bare",
            "--rounds=1",
            "--seconds=0.05",
            "--json");

    Documented readme = Documented.under("Measuring speed");
    assertThat(readme.column("field"))
        .containsExactlyInAnyOrderElementsOf(Dataset.fields(Dataset.json(winnow.out())));
    assertThat(readme.column("contender"))
        .containsExactlyElementsOf(
            Stream.of(ContenderKind.values()).map(ContenderKind::word).toList());
    assertThat(readme.column("workload"))
        .containsExactlyElementsOf(
            Stream.of(WorkloadKind.values()).map(WorkloadKind::word).toList());
  }

  @Test
  void theCommandsOfTheReadmeHaveOptionsThatThereAre() throws Exception {
    List<String> commands =
        Documented.under("Measuring speed")
            .section()
            .lines()
            .filter(line -> line.startsWith("winnow bench "))
            .toList();

    assertThat(commands).hasSize(3);
    for (String command : commands) {
      String arguments = command.replaceFirst("#.*", "").replaceFirst("winnow ", "").strip();
      Main.commands(InputStream.nullInputStream()).parseArgs(arguments.split(" +"));
    }
  }

  /** Wrong usage or configuration: words on standard error, nothing on standard output. */
  private static void assertWrong(Winnow winnow, String... said) {
    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.err()).startsWith("error: ").contains(said).doesNotContain("\tat ");
  }
}
