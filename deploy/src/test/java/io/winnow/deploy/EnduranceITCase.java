package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task manager that runs for long: its memory stays, whatever comes and goes. */
@Tag("faults")
class EnduranceITCase {
  /** The heap whole from the start, so that what grows is what leaks. */
  private static final String WHOLE_HEAP = "env.java.opts.taskmanager=-XX:+AlwaysPreTouch";

  private static final String WORKER = ClusterProcesses.taskManager(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int STARTS = 20;
  private static final int SETTLED = 5;
  private static final int FEW = 5;
  private static final int EVENTS = 200_000;
  private static final int SHARES = 20;
  private static final int MANY_PAGES = 3_000;
  private static final List<String> WORDS = List.of("card", "is", "lost", "Leeds", "today");

  @TempDir Path folder;

  @Test
  void aJobThatIsSubmittedTwentyTimesLeavesNoClassesBehind() throws Exception {
    Submission submission = new Submission(folder);
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 1, 1, WHOLE_HEAP);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 1)) {
      Path pipeline = topics.pipeline(folder, "again");
      List<Long> resident = new ArrayList<>();
      List<String> from = List.of();
      for (int i = 0; i < STARTS; i++) {
        topics.produce(50);
        String job = submission.run(cluster, pipeline, from.toArray(String[]::new));
        topics.readWritten(() -> cluster.ended(job));
        cluster.cancel(job);
        from = List.of("--from", cluster.checkpoint(job));
        cluster.collectGarbage(WORKER); // the JVM unloads classes when it must, and not before
        resident.add(cluster.residentBytes(WORKER));
      }
      System.err.println("resident bytes after each start: " + resident);
      topics.assertEachOnce();
      assertThat(resident.get(STARTS - 1))
          .as("resident bytes: %s", resident)
          .isLessThan(resident.get(SETTLED - 1) * 110 / 100);
      for (String process : List.of(WORKER, ClusterProcesses.JOB_MANAGER)) {
        Awaitility.await() // threads of Flink's that wait may hold the last ones
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(cluster.jobClassLoaders(process)).isLessThan(FEW));
      }
    }
  }

  @Test
  void memoryIsFlatOverManyRecordsOfVeryUnevenLength() throws Exception {
    Random random = new Random(11);
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 1, 2, WHOLE_HEAP);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 4)) {
      Path pipeline = topics.pipeline(folder, "uneven");
      String job = new Submission(folder).run(cluster, pipeline, "--parallelism", "2");
      List<Long> resident = new ArrayList<>();
      for (int i = 0; i < SHARES; i++) {
        topics.produce(EVENTS / SHARES, number -> value(number, random));
        topics.readWritten(() -> cluster.ended(job));
        resident.add(cluster.residentBytes(WORKER));
      }
      System.err.println("resident bytes after each share: " + resident);
      topics.assertEachOnce();
      topics.assertOrderOfKeys();
      assertThat(cluster.restored(job)).as("restarted from").isEmpty();
      assertThat(resident.get(SHARES - 1))
          .as("resident bytes: %s", resident)
          .isLessThan(resident.get(SHARES / 2 - 1) * 105 / 100);
      assertThat(resident.get(SHARES - 1)).isLessThan(cluster.processBytes(WORKER));
    }
  }

  /** A few words mostly, now and then many pages. */
  private static String value(int number, Random random) {
    double words = number % 1_000 == 7 ? MANY_PAGES : Math.exp(1 + 1.5 * random.nextGaussian());
    StringBuilder text = new StringBuilder("{\"text\": \"My");
    for (int i = 0; i < Math.min(words, MANY_PAGES); i++) {
      text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.append("\"}").toString();
  }
}
