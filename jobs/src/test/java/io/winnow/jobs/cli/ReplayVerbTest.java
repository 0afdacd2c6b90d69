package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.FlinkEndpoint;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.PipelineDigest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user may do wrong, without a broker. */
class ReplayVerbTest {
  private static final String ID = KeptReplay.ID;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'replay', 'Expected PIPELINE, --from and --to, or --resume'",
    "'replay p.yaml --from now', 'Expected PIPELINE, --from and --to, or --resume'",
    "'replay --from earliest --to now', 'Expected PIPELINE, --from and --to, or --resume'",
    "'replay p.yaml --resume X', 'Expected --resume without PIPELINE'",
    "'replay --resume X --dry-run', 'Expected --resume without PIPELINE'",
    "'replay --resume X --max-rate 3', 'Expected --resume without PIPELINE'",
    "'replay --resume X --max-lag 3', 'Expected --resume without PIPELINE'",
    "'replay --resume X --ship-natives', 'Expected --resume without PIPELINE'",
    "'replay p.yaml --from earliest --to now --parallelism 0', 'at least 1 subtask'",
    "'replay p.yaml --from earliest --to now --max-rate 0', 'more than 0 records per second'",
    "'replay p.yaml --from earliest --to now --yield-to live', '--yield-to and --max-lag together'",
    "'replay p.yaml --from earliest --to now --yield-to live --max-lag -1', 'at least 0 records'",
    "'replay p.yaml --from earliest --to now --create-topic', 'Expected --to-topic'",
    "'replay p.yaml --from -1d --to now --detach', '--detach and --checkpoint are for a replay on'",
    "'replay p.yaml --from -1d --to now --checkpoint /c', '--checkpoint is for a replay that goes'",
    "'replay p.yaml --from -1d --to now --ship-natives', '--ship-natives is for a run on a cluster'",
    "'replay p.yaml --from -1d --to now --cluster h:1 --ui-port 8', '--ui-port is for a replay in'",
    "'replay p.yaml --from earliest --to now --cluster here', 'HOST:PORT'",
    "'replay --resume X --cluster localhost:8081', 'Expected --resume without PIPELINE'",
  })
  void whatDoesNotGoTogetherIsWrongUsage(String arguments, String expected) {
    Winnow winnow = Winnow.run(arguments.split(" ", -1));

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.err()).contains(expected, "See 'winnow replay --help'");
  }

  @Test
  void bothBoundsAreCheckedAtOnceBeforeABrokerIsAsked() throws Exception {
    Winnow winnow =
        Winnow.run("replay", pipeline().toString(), "--from", "yesterday", "--to", "tomorrow");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors()).hasSize(2);
    assertThat(winnow.err()).contains("--from: expected", "'yesterday'", "--to: expected");
  }

  @Test
  void theOutputIsNoOtherTopicOfThePipeline() throws Exception {
    for (String topic : List.of("in", "dead", "bad/name")) {
      Winnow winnow =
          Winnow.run(
              "replay", pipeline().toString(), "--from", "-1d", "--to", "now", "--to-topic", topic);

      assertThat(winnow.status()).isEqualTo(2);
      assertThat(winnow.errors())
          .singleElement()
          .asString()
          .startsWith("error: --to-topic: expected")
          .endsWith(topic.equals("bad/name") ? "'bad/name'" : topic);
    }
  }

  @Test
  void aReplayDoesNotGoOnWithAnotherPipelineFile() throws Exception {
    keep(pipeline(), "another digest", Map.of());

    Winnow winnow = Winnow.run("replay", "--resume", ID, "--state", folder.toString());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err())
        .contains("as they were when replay " + ID + " started, but they have changed");
  }

  @Test
  void aReplayDoesNotGoOnWithAnotherModel() throws Exception {
    keep(
        pipeline(),
        PipelineDigest.of(pipeline(), Pipeline.load(pipeline())),
        Map.of("intent", "f00"));

    Winnow winnow = Winnow.run("replay", "--resume", ID, "--state", folder.toString());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err())
        .contains("the models that replay " + ID + " started with, {intent=f00}, found {intent=");
  }

  @Test
  void aReplayOfThisMachineIsNotDetached() throws Exception {
    keep(pipeline(), "digest", Map.of());

    Winnow winnow = Winnow.run("replay", "--resume", ID, "--state", folder.toString(), "--detach");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains("--detach and --checkpoint are for a replay on a cluster");
  }

  @Test
  void aClusterThatNobodyIsStopsAReplayBeforeItIsPlanned() throws Exception {
    FlinkEndpoint endpoint = FlinkEndpoint.start();
    endpoint.close();
    String address = endpoint.address().toString();

    Winnow winnow =
        Winnow.run(
            "replay", pipeline().toString(), "--from", "x", "--to", "y", "--cluster", address);

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors())
        .singleElement()
        .asString()
        .contains("--cluster: expected the REST endpoint", address, "nobody listens there");
  }

  @Test
  void replaysAreListedWithTheirState() throws Exception {
    keep(pipeline(), "digest", Map.of());

    assertThat(Winnow.run("replays", "--state", folder.toString()).out())
        .contains(ID, "support", "stopped", "0.0 %");
    assertThat(Winnow.run("replays", "--state", folder.toString(), "--json").lines())
        .singleElement()
        .asString()
        .contains("\"id\":\"" + ID + "\"", "\"state\":\"stopped\"", "\"offsets\":10");
  }

  @Test
  void withoutReplaysNothingIsListed() {
    Winnow winnow = Winnow.run("replays", "--state", folder.toString());

    assertThat(winnow.status()).isZero();
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.err()).contains("There are no replays in " + folder);
  }

  private void keep(Path pipeline, String digest, Map<String, String> fingerprints)
      throws Exception {
    KeptReplay.in(folder, pipeline, digest, fingerprints).close();
  }

  private Path pipeline() throws Exception {
    return KeptReplay.pipeline(folder);
  }
}
