package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job manager, task managers and a broker, each a process of its own. */
@Tag("faults")
class ClusterITCase {
  private static final int EVENTS = 2_000;

  @TempDir Path folder;
  private Submission submission;

  @BeforeEach
  void prepare() {
    submission = new Submission(folder);
  }

  @Test
  void everyEventComesOutOnceOfThreeJobsInTurnThoughATaskManagerIsKilled() throws Exception {
    List<Long> pids = new ArrayList<>();
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 2, 1);
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
      String second = flinkRun(cluster, pipeline, cluster.checkpoint(first));
      topics.readAll(() -> cluster.ended(second));
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
      assertThat(cluster.log(ClusterProcesses.taskManager(1)))
          .content()
          .doesNotContain("already loaded in another classloader");
    }
  }

  /** As with a stock distribution, detached. */
  private static String flinkRun(ClusterProcesses cluster, Path pipeline, String from)
      throws Exception {
    Path jar = Launcher.ROOT.resolve("deploy/target/flink/usrlib/winnow-jobs.jar");
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
