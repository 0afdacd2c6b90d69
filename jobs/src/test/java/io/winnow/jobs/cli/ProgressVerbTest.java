package io.winnow.jobs.cli;

import static io.winnow.jobs.FlinkEndpoint.completed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.FlinkEndpoint;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.jobs.replay.Replays;
import io.winnow.jobs.tally.Tallies;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressVerbTest {
  private static final String ID = KeptReplay.ID;
  private static final String JOB = "00000000000000010000000000000002";
  private static final ReplayProgress SEEN =
      new ReplayProgress(ReplayState.RUNNING, new Tallies(4, 4, 0, 50), 1000, true);

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
  void aReplayOfThisMachineTellsWhatItsFolderKnows() throws Exception {
    try (ReplayFolder replay = KeptReplay.in(folder)) {
      replay.write(SEEN);

      assertThat(progress().out())
          .contains("Replay " + ID + " of in", "running", "4 of at most 10 records (40.0 %)")
          .contains("1.0 s, 4.0 records/s, 50.0 tokens/s, 1 s left")
          .doesNotContain("job");
    }
    assertThat(progress().out()).contains("stopped").doesNotContain("left");
  }

  @Test
  void aReplayOnAClusterTellsWhatItsJobDid() throws Exception {
    keep(false);
    endpoint.hasJob(JOB, "RUNNING", completed(4, "file:/c/x/chk-4"));

    JsonNode progress = new ObjectMapper().readTree(progress("--json").out());

    assertThat(progress.path("id").asText()).isEqualTo(ID);
    assertThat(progress.path("state").asText()).isEqualTo("running");
    assertThat(progress.path("read").asInt()).isEqualTo(7);
    assertThat(progress.path("share").asDouble()).isEqualTo(0.7);
    assertThat(progress.path("rejected").asInt()).isEqualTo(1);
    assertThat(progress.path("seconds").asDouble()).isEqualTo(2.5);
    assertThat(progress.path("recordsPerSecond").asDouble()).isEqualTo(2.8);
    assertThat(progress.path("tokensPerSecond").asDouble()).isEqualTo(36);
    assertThat(progress.path("secondsLeft").asInt()).isEqualTo(1);
    assertThat(progress.path("cluster").asText()).isEqualTo(endpoint.address().toString());
    assertThat(progress.path("job").asText()).isEqualTo(JOB);
  }

  @Test
  void whatTheClusterSaidIsKept() throws Exception {
    keep(false);
    endpoint.hasJob(JOB, "FINISHED", completed(4, "file:/c/x/chk-4"));
    assertThat(progress().status()).isZero();

    endpoint.close(); // a replay that is known to have finished needs nobody

    assertThat(progress().out()).contains("finished", "7 of at most 10 records (100.0 %)");
    assertThat(Winnow.run("replays", "--state", folder.toString()).out())
        .contains(ID, "finished", endpoint.address().toString());
  }

  @Test
  void whoWorksOnAReplayKeepsWhatItSees() throws Exception {
    keep(false);
    endpoint.hasJob(JOB, "CANCELED", "");

    try (ReplayFolder replay = new Replays(folder).open(ID)) {
      assertThat(progress().out()).contains("stopped");
      assertThat(replay.progress()).isEqualTo(SEEN);
    }
  }

  @Test
  void aJobThatIsKnownToHaveEndedIsNotAskedFor() throws Exception {
    keep(true);
    endpoint.close();

    assertThat(progress().status()).isZero();
  }

  @Test
  void aClusterThatHasForgottenTheJobIsToldWithWhatWasKnown() throws Exception {
    keep(false);

    Winnow winnow = progress();

    assertThat(winnow.status()).isEqualTo(1);
    assertThat(winnow.out()).contains("4 of at most 10 records");
    assertThat(winnow.errors())
        .singleElement()
        .asString()
        .contains(endpoint.address().toString(), JOB, "it does not know it", "known last is shown");
  }

  @Test
  void aClusterThatDoesNotAnswerIsToldWithWhatWasKnown() throws Exception {
    keep(false);
    endpoint.close();

    Winnow winnow = progress("--json");

    assertThat(winnow.status()).isEqualTo(1);
    assertThat(winnow.lines()).singleElement().asString().contains("\"read\":4");
    assertThat(winnow.errors()).singleElement().asString().contains("nobody listens there");
  }

  @Test
  void aReplayThatIsNotThereIsNamed() {
    Winnow winnow = progress();

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains("ID: there is no replay " + ID);
  }

  private void keep(boolean ended) throws Exception {
    try (ReplayFolder replay = KeptReplay.in(folder)) {
      replay.write(SEEN);
      replay.write(new ClusterJob(endpoint.address().toString(), JOB, null, ended, 500, false));
    }
  }

  private Winnow progress(String... options) {
    if (options.length == 0) {
      return Winnow.run("progress", ID, "--state", folder.toString());
    }
    return Winnow.run("progress", ID, "--state", folder.toString(), options[0]);
  }
}
