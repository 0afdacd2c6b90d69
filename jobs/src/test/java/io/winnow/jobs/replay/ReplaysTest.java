package io.winnow.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.tally.Tallies;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplaysTest {
  private static final String ID = "20260131-120000-k3f9";
  private static final ClusterJob JOB =
      new ClusterJob("localhost:8081", "j1", "file:/c/j1/chk-3", false, 1200, false);

  @TempDir Path root;
  private Replays replays;

  @BeforeEach
  void setUp() {
    this.replays = new Replays(root.resolve("replays"));
  }

  @Test
  void whatAReplayWasStartedWithIsKept() throws Exception {
    replays.create(plan(ID)).close();

    try (ReplayFolder folder = replays.open(ID)) {
      assertThat(folder.plan()).isEqualTo(plan(ID));
      assertThat(folder.progress()).isEqualTo(ReplayProgress.NONE);
      assertThat(folder.checkpoints()).isEmptyDirectory();
    }
  }

  @Test
  void howFarAReplayCameIsKept() throws Exception {
    ReplayProgress progress =
        new ReplayProgress(ReplayState.FAILED, new Tallies(4, 2, 1, 90), 1500, true);
    try (ReplayFolder folder = replays.create(plan(ID))) {
      folder.write(progress);
    }

    assertThat(replays.list()).containsExactly(new Replays.Entry(plan(ID), progress, null));
    assertThat(progress.share(plan(ID).range())).isEqualTo(0.4);
    assertThat(progress.as(ReplayState.FINISHED).share(plan(ID).range())).isEqualTo(1);
    assertThat(progress.tokensPerSecond()).isEqualTo(60);
  }

  @Test
  void aReplayRunsAsLongAsAProcessWorksOnIt() throws Exception {
    try (ReplayFolder folder = replays.create(plan(ID))) {
      assertThat(state()).isEqualTo(ReplayState.RUNNING);
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> replays.open(ID))
          .withMessageContaining("a process works on " + folder.plan().id());
    }

    assertThat(state()).isEqualTo(ReplayState.STOPPED);
  }

  private ReplayState state() throws IOException {
    return replays.list().get(0).progress().state();
  }

  @Test
  void aReplayOnAClusterRunsOnWithoutAProcessHere() throws Exception {
    try (ReplayFolder folder = replays.create(plan(ID))) {
      assertThat(folder.cluster()).isEmpty();
      folder.write(JOB);
    }

    assertThat(state()).isEqualTo(ReplayState.RUNNING);
    assertThat(replays.entry(ID).job()).isEqualTo(JOB);
    assertThat(JOB.seen(Optional.empty(), true).checkpoint()).isEqualTo("file:/c/j1/chk-3");
  }

  @Test
  void whatWasSeenOfAJobIsKeptUntilTheReplayHasAnotherOne() throws Exception {
    ReplayProgress progress = ReplayProgress.NONE.as(ReplayState.FAILED);
    ClusterJob seen = JOB.seen(Optional.of("file:/c/j1/chk-4"), true);
    try (ReplayFolder folder = replays.create(plan(ID))) {
      folder.write(JOB);
      replays.keep(ID, seen, progress); // not while a process works on it
      assertThat(folder.cluster()).contains(JOB);
    }

    replays.keep(ID, seen, progress);
    assertThat(replays.entry(ID).job()).isEqualTo(seen);
    assertThat(state()).isEqualTo(ReplayState.FAILED);

    ClusterJob next = new ClusterJob("localhost:8081", "j2", null, false, 0, true);
    try (ReplayFolder folder = replays.open(ID)) {
      folder.write(next);
    }
    replays.keep(ID, seen, progress);
    assertThat(replays.entry(ID).job()).isEqualTo(next);
  }

  @Test
  void replaysAreListedInTheOrderOfTheirStart() throws Exception {
    for (String id : List.of("20260202-000000-aaaa", ID, "20260131-115959-zzzz")) {
      replays.create(plan(id)).close();
    }
    Files.createDirectories(replays.root().resolve("20260101-000000-half"));
    Files.createDirectories(replays.root().resolve("other"));

    assertThat(replays.list())
        .extracting(entry -> entry.plan().id())
        .containsExactly("20260131-115959-zzzz", ID, "20260202-000000-aaaa");
  }

  @Test
  void withoutAFolderThereAreNone() throws Exception {
    assertThat(new Replays(root.resolve("no")).list()).isEmpty();
  }

  @Test
  void aReplayThatIsNotThereIsNamed() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> replays.open(ID))
        .withMessageContainingAll("there is no replay " + ID, "'winnow replays' lists them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../other", "20260131-120000", "20260131-120000-k3f9/.."})
  void anIdIsNoPath(String id) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> replays.open(id))
        .withMessageContaining("expected the id of a replay");
  }

  @Test
  void anIdTellsTheTimeOfItsStart() {
    String id = ReplayId.of(Instant.parse("2026-01-31T12:00:00Z"), new Random(7));

    assertThat(id).startsWith("20260131-120000-").hasSize(ID.length());
    assertThat(ReplayId.isOne(id)).isTrue();
  }

  @Test
  void noLiveJobsTransactionalIdsBeginWithThoseOfAReplayNorTheOtherWayRound() {
    ReplayPlan plan = plan(ID);

    assertThat(plan.transactionalIdPrefix()).isEqualTo("winnow/replay/" + ID + "/");
    assertThat(plan.consumerGroup()).isEqualTo("support-replay-" + ID);
  }

  private static ReplayPlan plan(String id) {
    return new ReplayPlan(
        id,
        "support",
        "/work/pipeline.yaml",
        "digest",
        "cluster",
        new ReplayRange(
            "messages",
            List.of(new PartitionRange(0, 3, 10), new PartitionRange(4, 0, 3)),
            "2026-01-01T00:00:00Z",
            null),
        new ReplayOptions("earliest", "now", null, 4, 1.5, null, false),
        Map.of("intent", "f00"));
  }
}
