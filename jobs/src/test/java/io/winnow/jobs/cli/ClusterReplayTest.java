package io.winnow.jobs.cli;

import static io.winnow.jobs.FlinkEndpoint.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.winnow.jobs.FlinkEndpoint;
import io.winnow.jobs.RemoteReplay;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.jobs.replay.Replays;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay on a cluster that somebody wants to go on with. */
class ClusterReplayTest {
  private static final String ID = KeptReplay.ID;
  private static final String JOB = "00000000000000010000000000000002";
  private static final String IN_MEMORY = "<checkpoint-not-externally-addressable>";

  @TempDir Path folder;
  private FlinkEndpoint endpoint;

  @BeforeEach
  void listen() throws Exception {
    endpoint = FlinkEndpoint.start();
    endpoint.isCluster();
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void oneThatStillRunsIsToldAndLeftAlone() throws Exception {
    keep(null, false);
    endpoint.hasJob(JOB, "RUNNING", "");

    Winnow winnow = resume("--detach");

    assertThat(winnow.status()).as(winnow.err()).isZero();
    assertThat(winnow.err()).contains("Replay " + ID + " still runs");
    assertThat(winnow.out()).contains(JOB, "http://" + endpoint.address(), "winnow progress " + ID);
    assertThat(resume("--detach", "--json").lines())
        .singleElement()
        .asString()
        .contains("\"id\":\"" + ID + "\"", "\"job\":\"" + JOB + "\"", "\"ui\":\"http://");
  }

  @Test
  void oneThatFinishedMeanwhileHasEnded() throws Exception {
    keep(null, false);
    endpoint.hasJob(JOB, "FINISHED", completed(4, "file:/c/x/chk-4"));

    Winnow winnow = resume();

    assertThat(winnow.status()).isZero();
    assertThat(winnow.err()).contains("Replay " + ID + " has ended");
    assertThat(winnow.out()).contains("read      7");
    assertThat(progress().state()).isEqualTo(ReplayState.FINISHED);
  }

  @Test
  void oneWhoseJobIsForgottenIsRefused() throws Exception {
    keep("file:/c/x/chk-4", false);

    Winnow winnow = resume();

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors())
        .singleElement()
        .asString()
        .contains("does not know job " + JOB, "seen last: file:/c/x/chk-4", "--checkpoint");
  }

  @Test
  void oneWhoseCheckpointsWereInMemoryIsRefused() throws Exception {
    keep(null, false);
    endpoint.hasJob(JOB, "CANCELED", completed(4, IN_MEMORY));

    assertRefused(resume(), "in the job manager's memory", "start a new replay");

    endpoint.close();
    endpoint = FlinkEndpoint.start(); // another cluster by now
    endpoint.isCluster();
    keepJob(IN_MEMORY, true);
    assertRefused(resume(), "in the job manager's memory", "start a new replay");
  }

  @Test
  void aCheckpointIsNamedOnlyForAForgottenJob() throws Exception {
    keep(null, false);
    endpoint.hasJob(JOB, "CANCELED", completed(4, "file:/c/" + JOB + "/chk-4"));

    assertRefused(
        resume("--checkpoint", "/c/" + JOB + "/chk-4"), "only for a job that its cluster");
  }

  @Test
  void aCheckpointOfAnotherJobIsRefused() throws Exception {
    keep(null, false);

    assertRefused(resume("--checkpoint", "/c/" + JOB.replace('2', '3') + "/chk-4"), JOB);
  }

  /** What is checked next are the models of the pipeline. */
  @Test
  void oneThatIsKnownToHaveEndedGoesOnThoughItsJobIsForgotten() throws Exception {
    keep("file:/c/x/chk-4", true);

    assertRefused(resume(), "the models that replay " + ID + " started with");
  }

  @Test
  void oneThatEndedIsWatchedToItsEnd() throws Exception {
    keep(null, false);
    endpoint.hasJob(JOB, "CANCELED", completed(4, "file:/c/x/chk-4"));
    List<ReplayProgress> seen = new ArrayList<>();

    try (ReplayFolder replay = new Replays(folder).open(ID)) {
      ReplayProgress end = watch(replay).untilEnd(seen::add);

      assertThat(end.state()).isEqualTo(ReplayState.STOPPED);
      assertThat(seen).containsExactly(end);
      assertThat(replay.progress()).isEqualTo(end);
      assertThat(replay.cluster().orElseThrow()).isEqualTo(job("file:/c/x/chk-4", true));
    }
  }

  @Test
  void oneThatNobodyTellsOfIsNotWatchedForEver() throws Exception {
    keep(null, false);

    try (ReplayFolder replay = new Replays(folder).open(ID)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> watch(replay).untilEnd(progress -> {}))
          .withMessageContainingAll(JOB, "it does not know the job", "winnow progress " + ID);
      assertThat(replay.cluster().orElseThrow().ended()).isFalse();
    }
  }

  private ReplayWatch watch(ReplayFolder replay) {
    RemoteReplay remote = new RemoteReplay(endpoint.address(), ClusterOptions.PATIENCE);
    return new ReplayWatch(remote, replay, Duration.ZERO);
  }

  private static void assertRefused(Winnow winnow, String... words) {
    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.errors()).singleElement().asString().contains(words);
  }

  private void keep(@Nullable String checkpoint, boolean ended) throws Exception {
    KeptReplay.in(folder).close();
    keepJob(checkpoint, ended);
  }

  private void keepJob(@Nullable String checkpoint, boolean ended) throws Exception {
    try (ReplayFolder replay = new Replays(folder).open(ID)) {
      ReplayState state = ended ? ReplayState.STOPPED : ReplayState.RUNNING;
      replay.write(ReplayProgress.NONE.as(state), job(checkpoint, ended));
    }
  }

  private ClusterJob job(@Nullable String checkpoint, boolean ended) {
    return new ClusterJob(endpoint.address().toString(), JOB, checkpoint, ended, 0, false);
  }

  private ReplayProgress progress() throws Exception {
    return new Replays(folder).entry(ID).progress();
  }

  private Winnow resume(String... options) {
    List<String> all = new ArrayList<>(List.of("replay", "--resume", ID));
    all.addAll(List.of("--state", folder.toString()));
    all.addAll(List.of(options));
    return Winnow.run(all.toArray(String[]::new));
  }
}
