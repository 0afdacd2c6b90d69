package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that the job manager runs itself, as on Kubernetes: it ends with their job. */
@Tag("faults")
class ApplicationModeITCase {
  private static final String JOB_MANAGER = ClusterProcesses.JOB_MANAGER;
  private static final int EVENTS = 3_000;
  private static final int FEW_EVENTS = 300;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void aReplayGoesOnWhenItsJobManagerWasKilled() throws Exception {
    try (ZooKeeperProcess zooKeeper = ZooKeeperProcess.start(folder);
        ClusterProcesses cluster = ApplicationMode.up(folder, zooKeeper);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 2)) {
      topics.produce(EVENTS);
      ApplicationMode.host(
          cluster,
          "replay",
          topics.pipeline(folder, "hosted").toString(),
          "--from",
          "earliest",
          "--to",
          LocalDate.now(ZoneOffset.UTC).plusDays(2).toString(),
          "--max-rate",
          "150");
      topics.readUntil(EVENTS / 5, () -> cluster.death(JOB_MANAGER));
      String job = job(cluster);

      cluster.kill(JOB_MANAGER);
      cluster.start(JOB_MANAGER);
      topics.readUntil(EVENTS / 2, () -> cluster.death(JOB_MANAGER));
      assertThat(job(cluster)).isEqualTo(job);
      assertThat(cluster.restored(job)).contains("/" + job + "/chk-");
      awaitDeath(cluster);

      assertThat(cluster.log(JOB_MANAGER)).content().contains("Application completed SUCCESSFULLY");
      topics.readAll(Optional::empty);
      topics.assertEachOnce();
      assertThat(topics.records())
          .extracting(record -> PipelineTopics.header(record, "winnow-replay"))
          .containsOnly(PipelineTopics.header(topics.records().get(0), "winnow-replay"));
      assertThat(groups(cluster)).noneMatch(group -> group.contains("-replay-"));
    }
  }

  @Test
  void aPipelineRunsUntilItsJobIsCancelled() throws Exception {
    try (ZooKeeperProcess zooKeeper = ZooKeeperProcess.start(folder);
        ClusterProcesses cluster = ApplicationMode.up(folder, zooKeeper);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 2)) {
      topics.produce(FEW_EVENTS);
      ApplicationMode.host(cluster, "run", topics.pipeline(folder, "hosted").toString());
      topics.readAll(() -> cluster.death(JOB_MANAGER));
      topics.assertEachOnce();
      topics.assertOrderOfKeys();

      assertThat(cluster.script("flink", "cancel", job(cluster)).status()).isZero();
      awaitDeath(cluster);
    }
  }

  @Test
  void aPipelineGoesOnThoughItsJobManagerIsBackBeforeTheBroker() throws Exception {
    try (ZooKeeperProcess zooKeeper = ZooKeeperProcess.start(folder);
        ClusterProcesses cluster = ApplicationMode.up(folder, zooKeeper);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 2)) {
      topics.produce(EVENTS);
      ApplicationMode.host(cluster, "run", topics.pipeline(folder, "hosted").toString());
      topics.readUntil(EVENTS / 5, () -> cluster.death(JOB_MANAGER));
      String job = job(cluster);

      cluster.kill(JOB_MANAGER);
      cluster.kill(ClusterProcesses.BROKER);
      cluster.start(JOB_MANAGER);
      awaitLog(cluster, "expected a Kafka broker at " + cluster.servers(), "asking again");
      cluster.start(ClusterProcesses.BROKER);
      topics.readAll(() -> cluster.death(JOB_MANAGER));

      topics.assertEachOnce();
      topics.assertOrderOfKeys();
      assertThat(job(cluster)).isEqualTo(job);
      assertThat(cluster.restored(job)).contains("/" + job + "/chk-");
    }
  }

  private static void awaitLog(ClusterProcesses cluster, String... words) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(cluster.log(JOB_MANAGER)).content().contains(words));
  }

  private static String job(ClusterProcesses cluster) throws Exception {
    JsonNode jobs = cluster.get("/jobs").path("jobs");
    assertThat(jobs).hasSize(1);
    return jobs.get(0).path("id").asText();
  }

  private static void awaitDeath(ClusterProcesses cluster) {
    Awaitility.await().atMost(PATIENCE).until(() -> !cluster.isAlive(JOB_MANAGER));
  }

  private static List<String> groups(ClusterProcesses cluster) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.servers()))) {
      return admin.listGroups().all().get().stream().map(GroupListing::groupId).toList();
    }
  }
}
