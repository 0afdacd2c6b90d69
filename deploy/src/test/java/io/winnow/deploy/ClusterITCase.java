package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job manager, task managers and a broker, each a process of its own. */
@Tag("faults")
class ClusterITCase {
  private static final int EVENTS = 2_000;
  private static final String VARIABLE = "WINNOW_TEST_SECRET";
  private static final String OF_VARIABLE = "0fAVar1able";
  private static final String OF_FILE = "0fAF1le";

  @TempDir Path folder;
  private Submission submission;

  @BeforeEach
  void prepare() {
    submission = new Submission(folder);
  }

  @Test
  void everyEventComesOutOnceOfThreeJobsInTurnThoughATaskManagerIsKilled() throws Exception {
    List<Long> pids = new ArrayList<>();
    Launcher launcher = Launcher.cluster(folder).with(Map.of(VARIABLE, OF_VARIABLE), List.of());
    try (ClusterProcesses cluster = ClusterProcesses.up(launcher, folder, 2, 1);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 4)) {
      Path pipeline = topics.pipeline(folder, "cluster-test");

      topics.produce(EVENTS);
      String first = submission.run(cluster, pipeline, "--parallelism", "2");
      topics.readUntil(EVENTS / 5, () -> cluster.ended(first));
      cluster.kill(ClusterProcesses.taskManager(1));
      assertThat(cluster.script("status"))
          .satisfies(
              status -> {
                assertThat(status.status()).isEqualTo(1);
                assertThat(status.out()).containsPattern("taskmanager-1 +dead");
              });
      cluster.start(ClusterProcesses.taskManager(1));
      topics.readAll(() -> cluster.ended(first));
      cluster.cancel(first);

      topics.produce(EVENTS / 4);
      String second = flinkRun(cluster, withSecrets(pipeline), cluster.checkpoint(first));
      topics.readAll(() -> cluster.ended(second));
      assertNoSecretShows(cluster, second);
      assertThat(cluster.restored(second)).isEqualTo(cluster.checkpoint(first));
      cluster.cancel(second);

      topics.produce(EVENTS / 4);
      String third = submission.run(cluster, pipeline, "--from", cluster.checkpoint(second));
      topics.readAll(() -> cluster.ended(third));
      assertThat(cluster.restored(third)).isEqualTo(cluster.checkpoint(second));

      topics.assertEachOnce();
      topics.assertOrderOfKeys();
      for (String name : cluster.names()) {
        pids.add(cluster.pid(name));
      }
      assertThat(cluster.script("status").status()).isZero();
    }
    assertThat(pids).hasSize(4).noneMatch(ClusterProcesses::isAlive);
  }

  /** Without the patterns a job's own libraries come first, as if lib/ had none. */
  @Test
  void aJobThatShipsItsNativeLibrariesStartsAgainInTheSameProcess() throws Exception {
    try (ClusterProcesses cluster =
            ClusterProcesses.up(
                folder, 1, 1, "classloader.parent-first-patterns.additional=none.");
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 1)) {
      Path pipeline = topics.pipeline(folder, "natives-test");
      String from = "";
      for (int i = 0; i < 3; i++) {
        topics.produce(100);
        String job =
            from.isEmpty()
                ? submission.run(cluster, pipeline, "--ship-natives")
                : submission.run(cluster, pipeline, "--ship-natives", "--from", from);
        topics.readAll(() -> cluster.ended(job));
        cluster.cancel(job);
        from = cluster.checkpoint(job);
      }
      topics.assertEachOnce();
      topics.assertOrderOfKeys();
      assertThat(cluster.log(ClusterProcesses.taskManager(1)))
          .content()
          .doesNotContain("already loaded in another classloader");
    }
  }

  /** Adds options that clients without TLS read, and use no more. */
  private Path withSecrets(Path pipeline) throws IOException {
    Files.writeString(folder.resolve("secret"), OF_FILE);
    String options =
        """
        kafka:
          ssl.key.password: ${env:%s}
          ssl.truststore.password: ${file:secret}
        """;
    return Files.writeString(
        pipeline.resolveSibling("with-secrets.yaml"),
        Files.readString(pipeline) + options.formatted(VARIABLE));
  }

  /** Neither in what Flink's UI shows of arguments and configuration nor in the logs. */
  private static void assertNoSecretShows(ClusterProcesses cluster, String job) throws Exception {
    Map<String, String> shown = new LinkedHashMap<>();
    for (String path :
        List.of(
            "/jobs/" + job + "/config",
            "/jobs/" + job + "/jobmanager/config",
            "/jobmanager/config",
            "/jobmanager/environment")) {
      shown.put(path, cluster.get(path).toString());
    }
    assertThat(shown.get("/jobs/" + job + "/config")).contains("cluster-test");
    assertThat(shown.get("/jobmanager/config")).contains("execution.checkpointing.dir");
    for (String name : cluster.names()) {
      shown.put(name, Files.readString(cluster.log(name)));
    }
    assertThat(shown)
        .allSatisfy((place, text) -> assertThat(text).doesNotContain(OF_VARIABLE, OF_FILE));
  }

  /** As with a stock distribution, detached. */
  private static String flinkRun(ClusterProcesses cluster, Path pipeline, String from)
      throws Exception {
    Path jar = Launcher.FLINK.resolve("usrlib/winnow-jobs.jar");
    Launcher.Finished run =
        cluster.script(
            "flink",
            "run",
            "--detached",
            "--parallelism",
            "2",
            "--fromSavepoint",
            from,
            jar.toString(),
            "run",
            pipeline.toString());
    assertThat(run.status()).as(run.err()).isZero();
    return Submission.job(run);
  }
}
