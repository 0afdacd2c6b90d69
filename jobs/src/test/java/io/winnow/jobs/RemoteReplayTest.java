package io.winnow.jobs;

import static io.winnow.jobs.FlinkEndpoint.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.winnow.jobs.RemoteReplay.Sight;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.jobs.tally.Tallies;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteReplayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ID = "00000000000000010000000000000002";
  private static final ReplayProgress BEFORE =
      new ReplayProgress(ReplayState.RUNNING, new Tallies(3, 2, 1, 40), 1000, false);

  private FlinkEndpoint endpoint;

  @BeforeEach
  void listen() throws IOException {
    endpoint = FlinkEndpoint.start();
    endpoint.isCluster();
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void aJobTellsHowFarTheReplayIs() throws Exception {
    endpoint.hasJob(ID, "RUNNING", completed(4, "file:/c/x/chk-4"));

    Sight sight = look(job(null)).orElseThrow();

    assertThat(sight.progress())
        .isEqualTo(new ReplayProgress(ReplayState.RUNNING, new Tallies(7, 5, 1, 90), 2500, true));
    assertThat(sight.job()).isEqualTo(job("file:/c/x/chk-4"));
  }

  @Test
  void whatAJobDoesNotTellYetStaysAsItWas() throws Exception {
    endpoint.hasJob(ID, "CREATED", "\"completed\": null");
    endpoint.answer("/jobs/" + ID + "/accumulators", "{\"user-task-accumulators\": []}");

    Sight sight = look(job("file:/c/x/chk-4")).orElseThrow();

    assertThat(sight.progress().tallies()).isEqualTo(BEFORE.tallies());
    assertThat(sight.progress().checkpointed()).isFalse();
    assertThat(sight.job()).isEqualTo(job("file:/c/x/chk-4"));
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, RUNNING, false",
    "RESTARTING, RUNNING, false",
    "CANCELLING, RUNNING, false",
    "SUSPENDED, RUNNING, false",
    "CANCELED, STOPPED, true",
    "FAILED, FAILED, true",
    "FINISHED, FINISHED, true"
  })
  void aJobInFlinksStateIsAReplayInItsOwn(String flinks, ReplayState state, boolean ended)
      throws Exception {
    endpoint.hasJob(ID, flinks, "");

    Sight sight = look(job(null)).orElseThrow();

    assertThat(sight.progress().state()).isEqualTo(state);
    assertThat(sight.job().ended()).isEqualTo(ended);
  }

  @Test
  void theNewestCheckpointIsTheOneThatAJobCompletedOrWentOnFrom() throws Exception {
    String restored = "\"restored\": {\"id\": 4, \"external_path\": \"file:/c/x/chk-4\"}";
    endpoint.hasJob(ID, "FAILED", restored);
    assertThat(look(job(null)).orElseThrow().job().checkpoint()).isEqualTo("file:/c/x/chk-4");

    endpoint.hasJob(ID, "FAILED", completed(9, "file:/c/y/chk-9") + ", " + restored);
    assertThat(look(job(null)).orElseThrow().job().checkpoint()).isEqualTo("file:/c/y/chk-9");
  }

  /** A savepoint on the way commits nothing: what was written since belongs to a checkpoint. */
  @Test
  void aSavepointCountsOnlyWhereAJobWasStoppedWithIt() throws Exception {
    String savepoint =
        ", \"savepoint\": {\"id\": 9, \"external_path\": \"file:/s\", \"checkpoint_type\": \"%s\"}";
    String checkpoint = completed(8, "file:/c/x/chk-8");

    endpoint.hasJob(ID, "CANCELED", checkpoint + savepoint.formatted("SAVEPOINT"));
    assertThat(look(job(null)).orElseThrow().job().checkpoint()).isEqualTo("file:/c/x/chk-8");

    endpoint.hasJob(ID, "FINISHED", checkpoint + savepoint.formatted("SYNC_SAVEPOINT"));
    Sight stopped = look(job(null)).orElseThrow();
    assertThat(stopped.job().checkpoint()).isEqualTo("file:/s");
    assertThat(stopped.progress().state()).isEqualTo(ReplayState.STOPPED);

    endpoint.hasJob(
        ID, "FINISHED", completed(10, "file:/c/x/chk-10") + savepoint.formatted("SYNC_SAVEPOINT"));
    assertThat(look(job(null)).orElseThrow().progress().state()).isEqualTo(ReplayState.FINISHED);
  }

  /** Flink answers with what it read before, and the job wrote behind that. */
  @Test
  void theLastCheckpointBeforeTheEndIsNotMissed() throws Exception {
    Duration cached = Duration.ofMillis(300);
    AtomicLong askedNanos = new AtomicLong();
    endpoint.answer(
        "/jobmanager/config",
        "[{\"key\": \"web.refresh-interval\", \"value\": \"%d ms\"}]".formatted(cached.toMillis()));
    endpoint.hasJob(ID, "CANCELED", "");
    endpoint.answer(
        "/jobs/" + ID,
        () -> {
          askedNanos.set(System.nanoTime());
          return "{\"state\": \"CANCELED\", \"now\": 9000, \"end-time\": 9000}";
        });
    endpoint.answer(
        "/jobs/" + ID + "/checkpoints",
        () -> {
          boolean old = System.nanoTime() - askedNanos.get() < cached.toNanos();
          return "{\"latest\": {" + completed(old ? 4 : 5, old ? "old" : "new") + "}}";
        });

    assertThat(look(job(null)).orElseThrow().job().checkpoint()).isEqualTo("new");
  }

  /** Else it would seem that nothing was written. */
  @Test
  void aCheckpointThatIsCountedButNotToldLiesNowhere() throws Exception {
    endpoint.hasJob(ID, "FAILED", "");
    assertThat(look(job(null)).orElseThrow().job().checkpoint()).isNull();

    endpoint.answer("/jobs/" + ID + "/checkpoints", "{\"counts\": {\"completed\": 1}}");
    assertThat(look(job(null)).orElseThrow().job().checkpoint()).isEmpty();
  }

  @Test
  void aClusterTellsWhetherItKeepsCheckpoints() throws Exception {
    RemoteReplay remote = new RemoteReplay(endpoint.address(), PATIENCE);
    assertThat(remote.keepsCheckpoints()).isFalse();

    endpoint.answer(
        "/jobmanager/config", "[{\"key\": \"state.checkpoints.dir\", \"value\": \"s3://c\"}]");
    assertThat(remote.keepsCheckpoints()).isTrue();
  }

  @Test
  void aJobThatTheClusterDoesNotKnowIsNotSeen() throws Exception {
    assertThat(look(job(null))).isEmpty();
  }

  @Test
  void aJobIsForgottenWhereItsCheckpointsAre() throws Exception {
    endpoint.answer("/jobs/" + ID, "{\"state\": \"CANCELED\", \"now\": 99000}");

    assertThat(look(job(null))).isEmpty();
  }

  @Test
  void aClusterThatDoesNotAnswerIsNoForgottenJob() {
    RemoteReplay remote = new RemoteReplay(endpoint.address(), PATIENCE);
    endpoint.answer("/jobs/" + ID, "<html>");
    assertThatIOException()
        .isThrownBy(() -> remote.look(job(null), BEFORE))
        .withMessageStartingWith("no JSON at http://");

    endpoint.close();

    assertThatIOException()
        .isThrownBy(() -> remote.look(job(null), BEFORE))
        .withMessage("nobody listens there");
  }

  private Optional<Sight> look(ClusterJob known) throws Exception {
    return new RemoteReplay(endpoint.address(), PATIENCE).look(known, BEFORE);
  }

  private ClusterJob job(@Nullable String checkpoint) {
    return new ClusterJob(endpoint.address().toString(), ID, checkpoint, false, 500, false);
  }
}
