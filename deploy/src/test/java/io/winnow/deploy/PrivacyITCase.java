package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.bench.ContenderKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody is called but the brokers of a pipeline, and no file is left in a home folder: neither by
 * Winnow nor by the native libraries. Where strace is installed it watches the network.
 */
class PrivacyITCase {
  private static final Optional<Tool> STRACE = Tool.find("strace");

  @TempDir Path folder;
  private Path home;
  private NetworkTrace trace;

  @BeforeEach
  void prepare() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    trace = new NetworkTrace(folder.resolve("network"));
  }

  @Test
  void aModelAnswersWithoutANetwork() throws Exception {
    Launcher.Finished answer =
        watched(Launcher.winnow(folder))
            .run("", "try", "deploy/models/support", "--json", "I lost my card in Berlin");

    assertThat(answer.status()).as(answer.err()).isZero();
    assertThat(answer.out()).contains("Berlin");
    assertHomeIsEmpty();
    if (STRACE.isPresent()) {
      assertThat(trace.addresses()).isEmpty();
    }
  }

  @Test
  void aJobCallsItsBrokerAlone() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(folder);
        PipelineTopics topics = PipelineTopics.create(broker.servers(), 1)) {
      topics.produce(100);
      Path pipeline = topics.pipeline(folder, "privacy-test");

      try (Launcher.Started job =
          watched(Launcher.winnow(folder))
              .start("run", pipeline.toString(), "--state", folder.resolve("state").toString())) {
        topics.readAll(job::ended);
      }
    }

    assertHomeIsEmpty();
    assertOnlyThisMachineWasCalled();
  }

  @Test
  void aBenchCallsThisMachineAlone() throws Exception {
    Launcher.Finished bench =
        watched(Launcher.winnow(folder))
            .run(
                "",
                "bench",
                "deploy/models/support",
                "--workload=short",
                "--rounds=1",
                "--seconds=0.2",
                "--json");

    assertThat(bench.status()).as(bench.err()).isZero();
    assertThat(bench.out().lines()).hasSize(ContenderKind.values().length);
    assertHomeIsEmpty();
    assertOnlyThisMachineWasCalled();
  }

  @Test
  @Tag("faults")
  void aClusterCallsItselfAndItsBrokerAlone() throws Exception {
    try (ClusterProcesses cluster =
            ClusterProcesses.up(watched(Launcher.cluster(folder)), folder, 1, 1);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 1)) {
      topics.produce(100);
      String job = new Submission(folder).run(cluster, topics.pipeline(folder, "privacy-test"));
      topics.readAll(() -> cluster.ended(job));
    }

    assertHomeIsEmpty();
    assertOnlyThisMachineWasCalled();
  }

  /** Neither in the JVM that Surefire starts for them nor in Maven. */
  @Test
  @Tag("faults")
  void testsOfModelsCallNobody() throws Exception {
    Launcher.Finished tests =
        watched(Launcher.maven(folder))
            .run(
                "",
                "--offline",
                "--batch-mode",
                "-Dmaven.repo.local=" + System.getProperty("localRepository"), // Surefire sets it
                "--projects=operators",
                "--also-make",
                "-Dtest=ParityTest",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "test");

    assertThat(tests.status()).as(tests.out()).isZero();
    assertThat(tests.out()).containsPattern("Tests run: [1-9].*ParityTest");
    assertHomeIsEmpty();
    if (STRACE.isPresent()) {
      assertThat(trace.addresses()).isEmpty();
    }
  }

  private Launcher watched(Launcher launcher) {
    return launcher.with(
        Map.of("HOME", home.toString(), "JAVA_TOOL_OPTIONS", "-Duser.home=" + home),
        STRACE.map(strace -> NetworkTrace.command(strace, trace.file())).orElse(List.of()));
  }

  private void assertHomeIsEmpty() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files).containsExactly(home);
    }
  }

  /** There must be calls to the broker, else nothing would be watched. */
  private void assertOnlyThisMachineWasCalled() throws IOException {
    if (STRACE.isPresent()) {
      assertThat(trace.addresses()).isNotEmpty().allMatch(PrivacyITCase::isThisMachine);
    }
  }

  private static boolean isThisMachine(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress(); // of digits, so nobody is asked
    } catch (UnknownHostException e) {
      throw new AssertionError("Expected an address, found " + address, e);
    }
  }
}
