package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults in mid-stream: nothing is lost, nothing is doubled, the order of keys holds. */
@Tag("faults")
class FaultsITCase {
  private static final int EVENTS = 2_000;
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Submission submission;

  @BeforeEach
  void prepare() {
    submission = new Submission(folder);
  }

  @Test
  void taskManagersThatAreKilledThreeTimes() throws Exception {
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 2, 1);
        PipelineTopics topics = topics(cluster)) {
      Path pipeline = topics.pipeline(folder, "killed-workers");
      String job = submission.run(cluster, pipeline, "--parallelism", "2");
      Callable<String> faults =
          () -> {
            for (int i = 1; i <= 3; i++) {
              topics.readUntil(EVENTS * i / 4, () -> cluster.ended(job));
              String victim = ClusterProcesses.taskManager(1 + i % 2);
              cluster.kill(victim);
              cluster.start(victim);
            }
            return job;
          };
      assertEachOnceAfter(faults, topics, cluster);
      assertThat(cluster.restored(job)).isNotEmpty();
    }
  }

  @Test
  void jobManagerThatIsKilledAndAJobThatGoesOnFromItsLastCheckpoint() throws Exception {
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 2, 1);
        PipelineTopics topics = topics(cluster)) {
      Path pipeline = topics.pipeline(folder, "killed-manager");
      String first = submission.run(cluster, pipeline, "--parallelism", "2");
      Callable<String> faults =
          () -> {
            topics.readUntil(EVENTS / 2, () -> cluster.ended(first));
            cluster.kill(ClusterProcesses.JOB_MANAGER);
            cluster.start(ClusterProcesses.JOB_MANAGER);
            cluster.awaitFreeSlots();
            return goOn(cluster, pipeline, "2", cluster.checkpointOnDisk(first));
          };
      assertEachOnceAfter(faults, topics, cluster);
    }
  }

  @Test
  void brokerThatIsKilledAndStartedAgain() throws Exception {
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 1, 2);
        PipelineTopics topics = topics(cluster)) {
      Path pipeline = topics.pipeline(folder, "killed-broker");
      String job = submission.run(cluster, pipeline, "--parallelism", "2");
      Callable<String> faults =
          () -> {
            topics.readUntil(EVENTS / 2, () -> cluster.ended(job));
            cluster.kill(ClusterProcesses.BROKER);
            cluster.start(ClusterProcesses.BROKER);
            return job;
          };
      assertEachOnceAfter(faults, topics, cluster);
    }
  }

  @Test
  void checkpointsThatFailBecauseTheirFolderIsAway() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    String setting = "execution.checkpointing.dir=file://" + link;
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 1, 2, setting);
        PipelineTopics topics = topics(cluster)) {
      Path pipeline = topics.pipeline(folder, "failed-checkpoint");
      String job = submission.run(cluster, pipeline, "--parallelism", "2");
      Callable<String> faults =
          () -> {
            topics.readUntil(EVENTS / 2, () -> cluster.ended(job));
            replace(link, Files.createFile(folder.resolve("file")));
            Awaitility.await().atMost(PATIENCE).until(() -> failedCheckpoints(cluster, job) > 0);
            replace(link, Files.createSymbolicLink(folder.resolve("again"), real));
            return job;
          };
      assertEachOnceAfter(faults, topics, cluster);
    }
  }

  @Test
  void savepointsThatGoOnWithOtherParallelismsAndWithASecondEnrichment() throws Exception {
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 2, 2);
        PipelineTopics topics = topics(cluster)) {
      Path pipeline = topics.pipeline(folder, "rescaled");
      String first = submission.run(cluster, pipeline, "--parallelism", "2");
      Callable<String> changes =
          () -> {
            String job = first;
            for (String parallelism : List.of("1", "2", "4")) {
              job = goOn(cluster, pipeline, parallelism, stop(topics, cluster, job));
            }
            String savepoint = stop(topics, cluster, job);
            return goOn(cluster, withSecondEnrichment(pipeline), "2", savepoint);
          };
      assertEachOnceAfter(changes, topics, cluster);
      assertThat(topics.enriched())
          .last()
          .extracting(record -> new String(record.value(), UTF_8))
          .asString()
          .contains("\"name\":\"support\"", "\"name\":\"second\"");
    }
  }

  @Test
  void modelsThatAreReplacedOrDamagedOrGoneHoldAJobUntilTheyAreBack() throws Exception {
    String[] restarts = {
      "restart-strategy.type=exponential-delay", // with little time lost between the faults
      "restart-strategy.exponential-delay.max-backoff=2 s"
    };
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 1, 2, restarts);
        PipelineTopics topics = topics(cluster)) {
      Path model = folder.resolve("model");
      Models.copy(Models.SHIPPED, model);
      Path pipeline = topics.pipeline(folder, "model-faults", model);
      String fingerprint = BundleReader.read(model, HeadOptions.NONE).fingerprint();
      String job = submission.run(cluster, pipeline, "--parallelism", "2");
      Callable<String> faults =
          () -> {
            for (ModelFault fault : ModelFault.values()) {
              topics.readUntil(topics.size() + EVENTS / 5, () -> cluster.ended(job));
              fault.happen(model);
              cluster.kill(ClusterProcesses.taskManager(1));
              cluster.start(ClusterProcesses.taskManager(1));
              Awaitility.await()
                  .atMost(PATIENCE)
                  .until(() -> exceptions(cluster, job).contains(fault.message()));
              ModelFault.repair(model);
            }
            return job;
          };
      assertEachOnceAfter(faults, topics, cluster);
      assertThat(topics.enriched())
          .extracting(record -> new String(record.value(), UTF_8))
          .as("nothing is answered by another model")
          .allMatch(value -> value.contains(fingerprint));
    }
  }

  /** Stops a job in mid-stream. */
  private String stop(PipelineTopics topics, ClusterProcesses cluster, String job)
      throws Exception {
    topics.readUntil(topics.size() + EVENTS / 5, () -> cluster.ended(job));
    cluster.awaitRunning(job); // what came may be of the job before it
    return submission.stop(cluster, job);
  }

  private String goOn(
      ClusterProcesses cluster, Path pipeline, String parallelism, String checkpoint)
      throws Exception {
    String job =
        submission.run(cluster, pipeline, "--parallelism", parallelism, "--from", checkpoint);
    Awaitility.await().atMost(PATIENCE).until(() -> cluster.restored(job).equals(checkpoint));
    assertThat(cluster.get("/jobs/" + job).path("vertices"))
        .extracting(vertex -> vertex.path("parallelism").asText())
        .containsOnly(parallelism);
    return job;
  }

  /** Topics with events that wait, so that the models are busy from the start. */
  private static PipelineTopics topics(ClusterProcesses cluster) throws Exception {
    PipelineTopics topics = PipelineTopics.create(cluster.servers(), PARTITIONS);
    topics.produce(EVENTS);
    return topics;
  }

  /**
   * Lets faults happen in a stream of events.
   *
   * @param faults returns the job that runs after them
   */
  private static void assertEachOnceAfter(
      Callable<String> faults, PipelineTopics topics, ClusterProcesses cluster) throws Exception {
    String job = SteadyEvents.during(topics, faults);
    topics.readAll(() -> cluster.ended(job));
    topics.assertEachOnce();
    topics.assertOrderOfKeys();
  }

  /** In one step: whoever looks meanwhile finds one or the other. */
  private static void replace(Path link, Path by) throws IOException {
    Files.move(by, link, StandardCopyOption.ATOMIC_MOVE);
  }

  private static long failedCheckpoints(ClusterProcesses cluster, String job) throws Exception {
    return cluster.get("/jobs/" + job + "/checkpoints").path("counts").path("failed").asLong();
  }

  private static String exceptions(ClusterProcesses cluster, String job) throws Exception {
    return cluster.get("/jobs/" + job + "/exceptions").toString();
  }

  private static Path withSecondEnrichment(Path pipeline) throws IOException {
    String first = "  - {name: support, model: deploy/models/support}\n";
    String second = "  - {name: second, model: deploy/models/support, heads: intent}\n";
    return Files.writeString(
        pipeline.resolveSibling("second.yaml"),
        Files.readString(pipeline).replace(first, first + second));
  }
}
