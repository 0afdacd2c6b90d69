package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.MemoryBudget;
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
  private static final int SLOTS = 2;
  private static final int STARTS = 20;
  private static final int SETTLED = 5;
  private static final int FEW = 5;
  private static final int EVENTS = 200_000;
  private static final int FEW_EVENTS = 5_000;
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
      topics.assertOrderOfKeys();
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
    List<Long> resident = residentWhileEnriching(Models.SMALL, EVENTS);
    assertThat(resident.get(SHARES - 1))
        .as("resident bytes: %s", resident)
        .isLessThan(resident.get(SHARES / 2 - 1) * 105 / 100);
  }

  @Test
  void theShippedModelStaysInsideItsMemoryBudget() throws Exception {
    residentWhileEnriching(Models.SHIPPED, FEW_EVENTS);
  }

  /** Returns the resident bytes of a task manager after each share of the events. */
  private List<Long> residentWhileEnriching(Path model, int events) throws Exception {
    Random random = new Random(11);
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 1, SLOTS, WHOLE_HEAP);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 4)) {
      Path pipeline = topics.pipeline(folder, "uneven", model);
      String job = new Submission(folder).run(cluster, pipeline, "--parallelism", "" + SLOTS);
      List<Long> resident = new ArrayList<>();
      for (int i = 0; i < SHARES; i++) {
        topics.produce(events / SHARES, number -> value(number, random));
        topics.readWritten(() -> cluster.ended(job));
        resident.add(cluster.residentBytes(WORKER));
      }
      System.err.println("resident bytes after each share: " + resident);
      topics.assertEachOnce();
      topics.assertOrderOfKeys();
      assertThat(cluster.restored(job)).as("restarted from").isEmpty();
      assertMemoryIsInsideItsBudget(model, cluster, resident.get(SHARES - 1));
      return resident;
    }
  }

  /**
   * The heap ends at its size, as the JVM sees to it. Of what the JVM does not account for, models
   * and native libraries may have the documented budget; threads, the garbage collector and code of
   * the JVM have what Flink sets aside for them, its overhead.
   */
  private static void assertMemoryIsInsideItsBudget(
      Path model, ClusterProcesses cluster, long resident) throws Exception {
    MemoryBudget budget = MemoryBudget.of(BundleReader.read(model, HeadOptions.NONE));
    JvmMemory memory = JvmMemory.read(cluster, WORKER);
    System.err.println("resident bytes at the end: " + resident + ", of them " + memory);
    assertThat(memory.unaccounted(resident))
        .as("native memory, where %s of %d are accounted for", memory, resident)
        .isLessThanOrEqualTo(
            MemoryBudget.PROCESS
                + budget.bytes(SLOTS)
                + cluster.configuredBytes(WORKER, "jvmOverhead"));
    assertThat(resident).isLessThan(cluster.configuredBytes(WORKER, "totalProcessMemory"));
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
