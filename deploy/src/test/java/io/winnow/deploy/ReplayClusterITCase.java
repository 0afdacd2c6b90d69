package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays on a cluster of real processes, looked at from outside. */
@Tag("faults")
class ReplayClusterITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS = 3_000;
  private static final int BAD = EVENTS / 100;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void aDetachedReplayIsSeenToItsEndThoughATaskManagerIsKilled() throws Exception {
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 2, 1);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 4)) {
      topics.produce(EVENTS);

      JsonNode started = detached(cluster, topics);
      String job = started.path("job").asText();
      String id = started.path("id").asText();
      assertThat(started.path("ui").asText()).contains(cluster.rest(), job);
      topics.readUntil(EVENTS / 5, () -> cluster.ended(job));
      assertThat(progress(id).path("state").asText()).isEqualTo("running");
      cluster.kill(ClusterProcesses.taskManager(1));
      cluster.start(ClusterProcesses.taskManager(1));
      JsonNode end = awaitEnd(id);

      assertSummary(end);
      assertThat(end.path("job").asText()).isEqualTo(job);
      topics.readAll(Optional::empty);
      topics.assertEachOnce();
      assertThat(winnow("replays", "--json").out())
          .contains("\"state\":\"finished\"", cluster.rest());
    }
  }

  @Test
  void aReplayThatWasCancelledAndStoppedGoesOnAndIsWatched() throws Exception {
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 1, 1);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 2)) {
      topics.produce(EVENTS);
      JsonNode started = detached(cluster, topics);
      String id = started.path("id").asText();
      String first = started.path("job").asText();
      topics.readUntil(EVENTS / 5, () -> cluster.ended(first));
      cluster.cancel(first);
      assertThat(progress(id).path("state").asText()).isEqualTo("stopped");

      String second = resumed(id, "--detach").path("job").asText();
      topics.readUntil(EVENTS * 2 / 5, () -> cluster.ended(second));
      assertThat(cluster.restored(second)).contains("/" + first + "/chk-");
      String savepoint = new Submission(folder).stop(cluster, second);
      assertThat(progress(id).path("state").asText()).isEqualTo("stopped");

      assertSummary(resumed(id));
      JsonNode end = progress(id);
      assertThat(end.path("state").asText()).isEqualTo("finished");
      assertThat(cluster.restored(end.path("job").asText())).isEqualTo(savepoint);
      topics.readAll(Optional::empty);
      topics.assertEachOnce();
      assertThat(groups(cluster)).noneMatch(group -> group.contains("-replay-"));
    }
  }

  @Test
  void aReplayThatIsForgottenGoesOnFromItsNewestCheckpointOnly() throws Exception {
    try (ClusterProcesses cluster = ClusterProcesses.up(folder, 1, 1);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 2)) {
      topics.produce(EVENTS);
      JsonNode started = detached(cluster, topics);
      String id = started.path("id").asText();
      String job = started.path("job").asText();
      topics.readUntil(EVENTS / 5, () -> cluster.ended(job));
      cluster.kill(ClusterProcesses.JOB_MANAGER);
      assertThat(winnow("progress", id).err()).contains("nobody listens there");
      cluster.start(ClusterProcesses.JOB_MANAGER);
      cluster.awaitFreeSlots();
      assertThat(winnow("progress", id).err()).contains("it does not know it");
      String newest = cluster.checkpointOnDisk(job);

      assertRefused(winnow("replay", "--resume", id), "does not know job " + job);
      assertRefused(
          winnow("replay", "--resume", id, "--checkpoint", newest.replaceAll("[0-9]+$", "1")),
          "the newest complete one there is " + newest.replaceAll(".*/", ""));
      assertSummary(resumed(id, "--checkpoint", newest));

      topics.readAll(Optional::empty);
      topics.assertEachOnce();
    }
  }

  private JsonNode detached(ClusterProcesses cluster, PipelineTopics topics) throws Exception {
    String pipeline = topics.pipeline(folder, "replay-test").toString();
    Launcher.Finished started =
        winnow(
            "replay",
            pipeline,
            "--from",
            "earliest",
            "--to",
            "now",
            "--max-rate",
            "150",
            "--cluster",
            cluster.rest(),
            "--detach",
            "--json");
    assertThat(started.status()).as(started.err()).isZero();
    return JSON.readTree(started.out());
  }

  private JsonNode resumed(String id, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("replay", "--resume", id, "--json"));
    all.addAll(List.of(options));
    Launcher.Finished resumed = winnow(all.toArray(String[]::new));
    assertThat(resumed.status()).as(resumed.err()).isZero();
    return JSON.readTree(resumed.out());
  }

  private static void assertRefused(Launcher.Finished refused, String words) {
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains(words);
  }

  private static void assertSummary(JsonNode summary) {
    assertThat(summary.path("state").asText()).isEqualTo("finished");
    assertThat(summary.path("read").asInt()).isEqualTo(EVENTS);
    assertThat(summary.path("enriched").asInt()).isEqualTo(EVENTS - BAD);
    assertThat(summary.path("rejected").asInt()).isEqualTo(BAD);
    assertThat(summary.path("tokensPerSecond").asDouble()).isPositive();
  }

  private JsonNode awaitEnd(String id) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(5))
        .until(() -> progress(id), end -> !end.path("state").asText().equals("running"));
  }

  private JsonNode progress(String id) throws IOException, InterruptedException {
    Launcher.Finished progress = winnow("progress", id, "--json");
    assertThat(progress.status()).as(progress.err()).isZero();
    return JSON.readTree(progress.out());
  }

  private Launcher.Finished winnow(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", folder.resolve("replays").toString()));
    return Launcher.winnow(folder).run("", all.toArray(String[]::new));
  }

  private static List<String> groups(ClusterProcesses cluster) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.servers()))) {
      return admin.listGroups().all().get().stream().map(GroupListing::groupId).toList();
    }
  }
}
