package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.winnow.jobs.Logs;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.Yielding;
import io.winnow.operators.config.ConfigurationException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What application mode takes of a replay, without a cluster. */
class HostedReplayTest {
  private static final String JOB = ApplicationModeTest.JOB;
  private static final Map<String, String> RECOVERABLE = ApplicationModeTest.RECOVERABLE;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "2026-01-01, 2026-02-01",
    "2026-01-01T12:00:00Z, 2026-02-01T12:00:00+02:00",
    "earliest, 2026-02-01",
    "@from.json, @to.json",
  })
  void boundsThatStayAreTaken(String from, String to) {
    assertThatCode(() -> place(RECOVERABLE).check(asked(from, to))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"now", "-7d", "-30m"})
  void aBoundThatCountsFromNowIsRefused(String bound) {
    assertRefused(RECOVERABLE, asked("2026-01-01", bound))
        .containsOnlyOnce("--to: expected in application mode a bound that is the same")
        .contains("found '" + bound + "'; write the time that is meant");
    assertRefused(RECOVERABLE, asked(bound, "2026-01-01")).contains("--from: expected");
  }

  @Test
  void withoutHighAvailabilityNothingIsTaken() {
    assertRefused(Map.of("execution.target", "embedded"), asked("2026-01-01", "2026-02-01"))
        .contains("high-availability.type: expected kubernetes or zookeeper, found NONE")
        .contains("its records would come twice", "high-availability.storageDir", "--cluster");
  }

  @Test
  void aSessionClusterThatWasGivenTheJarIsNoPlace() {
    Map<String, String> session =
        Map.of("execution.target", "embedded", "high-availability.type", "zookeeper");

    assertRefused(session, asked("2026-01-01", "2026-02-01"))
        .contains("Expected application mode", "found a session cluster", "--cluster HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--dry-run", "--ui-port=8081", "--state=replays"})
  void optionsOfClientsAreRefused(String option) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> place(RECOVERABLE, option).check(asked("2026-01-01", "2026-02-01")))
        .withMessageContaining(option.replaceFirst("=.*", "") + ": expected from a terminal");
  }

  @Test
  void everyProblemIsToldAtOnceBeforeThePipelineIsRead() throws Exception {
    Winnow winnow = hosted(Map.of("execution.target", "embedded"), "-7d", "now");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors()).hasSize(3);
    assertThat(winnow.err()).contains("high-availability.type: ", "--from: ", "--to: ");
  }

  @Test
  void brokersThatAreAwayAreAskedAgainAsFlinkMayKeepTheJob() throws Exception {
    FutureTask<Winnow> asked =
        new FutureTask<>(() -> hosted(RECOVERABLE, "2026-01-01", "2026-02-01"));
    Thread thread = new Thread(asked, "hosted");
    thread.setDaemon(true);
    try (Logs logs = Logs.capture()) {
      thread.start();
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(logs.text())
                      .contains("expected a Kafka broker at localhost:1", "asking again in"));
      thread.interrupt();

      assertThat(asked.get(30, TimeUnit.SECONDS).err()).contains("Stopped before it was done");
    }
  }

  @Test
  void aClientOfAClusterIsToldTheWay() throws Exception {
    Winnow winnow = hosted(Map.of("execution.target", "remote"), "2026-01-01", "2026-02-01");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors())
        .singleElement()
        .asString()
        .contains("found a Flink cluster; submit it with 'winnow replay --cluster HOST:PORT'");
  }

  @Test
  void theIdIsTheSameWheneverFlinkStartsTheProgram() {
    ReplayOptions asked = asked("earliest", "2026-02-01");
    String id = place(RECOVERABLE).id("support", asked);

    assertThat(id).matches("job-[0-9a-f]{16}").isEqualTo(place(RECOVERABLE).id("support", asked));
  }

  @Test
  void theIdIsAnotherOneForWhateverElseIsAsked() {
    String id = place(RECOVERABLE).id("support", asked("earliest", "2026-02-01"));

    assertThat(place(RECOVERABLE).id("other", asked("earliest", "2026-02-01"))).isNotEqualTo(id);
    assertThat(place(RECOVERABLE).id("support", asked("earliest", "2026-02-02"))).isNotEqualTo(id);
    Configuration another = Configuration.fromMap(RECOVERABLE);
    another.setString("$internal.pipeline.job-id", JOB.replace('2', '3'));
    assertThat(place(another.toMap()).id("support", asked("earliest", "2026-02-01")))
        .isNotEqualTo(id);
  }

  @Test
  void theIdIsTheSameHoweverTheJobIsToDoIt() {
    String id = place(RECOVERABLE).id("support", asked("earliest", "2026-02-01"));
    ReplayOptions slower =
        new ReplayOptions(
            "earliest", "2026-02-01", null, 2, 100.0, new Yielding("live", 10), false);

    assertThat(place(RECOVERABLE).id("support", slower)).isEqualTo(id);
  }

  private static AbstractStringAssert<?> assertRefused(
      Map<String, String> settings, ReplayOptions asked) {
    List<String> problems =
        catchThrowableOfType(ConfigurationException.class, () -> place(settings).check(asked))
            .problems();
    assertThat(problems).hasSize(1);
    return assertThat(problems.get(0));
  }

  private static ReplayOptions asked(String from, String to) {
    return new ReplayOptions(from, to, null, null, null, null, false);
  }

  private static HostedReplay place(Map<String, String> settings, String... options) {
    CommandLine winnow = Main.commands(InputStream.nullInputStream());
    List<String> arguments = new ArrayList<>(List.of("replay"));
    arguments.addAll(List.of(options));
    winnow.parseArgs(arguments.toArray(String[]::new));
    CommandLine verb = Objects.requireNonNull(winnow.getSubcommands().get("replay"));
    return new HostedReplay(
        verb.getCommandSpec(), new StreamExecutionEnvironment(Configuration.fromMap(settings)));
  }

  /** Runs a replay where Flink has put it. */
  private Winnow hosted(Map<String, String> settings, String from, String to) throws Exception {
    String pipeline = KeptReplay.pipeline(folder).toString();
    return hosted(settings, "replay", pipeline, "--from", from, "--to", to);
  }

  /** Runs a verb where Flink has put it. */
  static Winnow hosted(Map<String, String> settings, String... arguments) {
    Configuration configuration = Configuration.fromMap(settings);
    StreamContextEnvironment.setAsContext(
        new DefaultExecutorServiceLoader(),
        configuration,
        HostedReplayTest.class.getClassLoader(),
        1,
        1,
        true,
        null,
        null,
        List.of());
    try {
      return Winnow.run(arguments);
    } finally {
      StreamContextEnvironment.unsetAsContext();
    }
  }
}
