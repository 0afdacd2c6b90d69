package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.deploy.agent.DeadlyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text of which the process dies, and somebody who starts it again, as a supervisor does. */
@Tag("faults")
class CrashLoopITCase {
  private static final String MARKER = "deadly-words";
  private static final int EVENTS = 300;
  private static final int DEADLY = 150;
  private static final int LIMIT = 2;
  private static final int MANY_STARTS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private int deaths;

  @Test
  void recordThatKillsTheProcessAgainAndAgainIsADeadLetterAndTheStreamGoesOn() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(folder);
        PipelineTopics topics = PipelineTopics.create(broker.servers(), 3)) {
      List<String> written = topics.produce(EVENTS, CrashLoopITCase::value);
      topics.expectRejected(written.get(DEADLY));
      Launcher launcher = Launcher.winnow(folder, DeadlyText.option(folder, MARKER));
      Path pipeline = topics.pipeline(folder, "crash-test", "crash-limit: " + LIMIT);
      try (Launcher.Started survivor = supervise(launcher, pipeline, topics)) {
        assertThat(survivor.errors())
            .contains("ERROR CrashBreaker: Enrichment support: events-" + written.get(DEADLY))
            .contains("is set aside as a dead letter");
        topics.produce(DEADLY, CrashLoopITCase::value); // all harmless
        topics.readAll(survivor::ended);
        Awaitility.await().atMost(PATIENCE).until(() -> notes().isEmpty());
        assertThat(survivor.process().isAlive()).isTrue();

        topics.assertEachOnce();
        topics.assertOrderOfKeys();
        assertThat(PipelineTopics.header(topics.rejected().get(0), "winnow-reason"))
            .isEqualTo("process-crashed");
        assertThat(deaths).isBetween(LIMIT + 1, MANY_STARTS);
      }
    }
  }

  @Test
  void recordThatKillsTheTaskManagerAgainAndAgainIsADeadLetterToo() throws Exception {
    String worker = ClusterProcesses.taskManager(1);
    String agent = "env.java.opts.taskmanager=" + DeadlyText.option(folder, MARKER);
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 1, 2, agent);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 3)) {
      List<String> written = topics.produce(EVENTS, CrashLoopITCase::value);
      topics.expectRejected(written.get(DEADLY));
      Path pipeline = topics.pipeline(folder, "deadly", "crash-limit: " + LIMIT);
      String job = new Submission(folder).run(cluster, pipeline, "--parallelism", "2");
      Supplier<Optional<String>> end = () -> cluster.ended(job).or(() -> cluster.death(worker));
      while (topics.readWhile(EVENTS, end).isPresent()) {
        assertThat(cluster.ended(job)).isEmpty();
        assertThat(++deaths).isLessThan(MANY_STARTS);
        cluster.start(worker);
      }
      topics.readAll(end);

      topics.assertEachOnce();
      topics.assertOrderOfKeys();
      assertThat(PipelineTopics.header(topics.rejected().get(0), "winnow-reason"))
          .isEqualTo("process-crashed");
      assertThat(deaths).isGreaterThan(LIMIT);
      assertThat(cluster.log(worker)).content().contains("is set aside as a dead letter");
    }
  }

  /** Starts the job again whenever it dies, until all events have come. */
  private Launcher.Started supervise(Launcher launcher, Path pipeline, PipelineTopics topics)
      throws Exception {
    while (deaths < MANY_STARTS) {
      Launcher.Started job =
          launcher.start("run", pipeline.toString(), "--state", folder.resolve("state").toString());
      if (topics.readWhile(EVENTS, job::ended).isEmpty()) {
        return job;
      }
      deaths++;
    }
    throw new AssertionError(
        "The job died " + deaths + " times; " + topics.size() + " events came");
  }

  private List<Path> notes() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("state/crash-journal"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("record-")).toList();
    }
  }

  private static String value(int number) {
    String text = number == DEADLY ? MARKER : "My card " + number + " has not arrived in Leeds";
    return "{\"text\": \"" + text + "\"}";
  }
}
