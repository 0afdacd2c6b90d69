package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.winnow.jobs.bench.ContenderKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody is called but the brokers of a pipeline, not even for a name, and no file is left in a
 * home folder, nor a library in that of temporary files: neither by Winnow nor by the native
 * libraries. Without strace, which watches the network, tests end as skipped.
 */
class PrivacyITCase {
  private static final Optional<Tool> STRACE = Tool.find("strace");
  private static final int DNS_PORT = 53;
  private static final Pattern LIBRARY = Pattern.compile(".*\\.(so|dylib|jnilib|dll)([.\\d]*)");

  @TempDir Path folder;
  private Path home;
  private Path temporary;
  private NetworkTrace trace;

  @BeforeEach
  void prepare() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    temporary = Files.createDirectory(folder.resolve("temporary"));
    trace = new NetworkTrace(folder.resolve("network"));
  }

  @Test
  void aModelAnswersWithoutANetwork() throws Exception {
    Launcher.Finished answer =
        watched(Launcher.winnow(folder))
            .run("", "try", "deploy/models/support", "--json", "I lost my card in Berlin");

    assertThat(answer.status()).as(answer.err()).isZero();
    assertThat(answer.out()).contains("Berlin");
    assertNothingIsLeft();
    assumeThatStraceWatched();
    assertThat(trace.addresses()).isEmpty();
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

    assertNothingIsLeft();
    assertOnlyThisMachineWasCalled();
  }

  /** With a small model, as all contenders would take minutes of the shipped one. */
  @Test
  void aBenchCallsThisMachineAlone() throws Exception {
    String model = folder.resolve("model").toString();
    Launcher winnow = watched(Launcher.winnow(folder));
    Models.copy(Models.SMALL, Path.of(model));
    Path texts = Files.writeString(folder.resolve("texts.txt"), "Anna\nAnna met Tim\n");
    Launcher.Finished seal = // sorted batches want a proof
        winnow.run("", "seal", model, "--texts", texts.toString());
    assertThat(seal.status()).as(seal.err()).isZero();
    Launcher.Finished bench =
        winnow.run("", "bench", model, "--workload=short", "--rounds=1", "--seconds=0.2", "--json");

    assertThat(bench.status()).as(bench.err()).isZero();
    assertThat(bench.out().lines()).hasSize(ContenderKind.values().length);
    assertNothingIsLeft();
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

    assertNothingIsLeft();
    assertOnlyThisMachineWasCalled();
  }

  /** Its job manager runs the pipeline, as on Kubernetes. */
  @Test
  @Tag("faults")
  void anImageCallsItsClusterAndItsBrokerAlone() throws Exception {
    Image image = Image.make(folder.resolve("image"));
    Launcher inside = Launcher.cluster(folder).with(image.environment(), List.of());
    try (ClusterProcesses cluster = ClusterProcesses.up(watched(inside), folder, 1, 1);
        PipelineTopics topics = PipelineTopics.create(cluster.servers(), 1)) {
      topics.produce(100);
      String pipeline = topics.pipeline(folder, "privacy-test", image.model()).toString();
      image.host(cluster, ClusterProcesses.JOB_MANAGER);
      image.host(cluster, ClusterProcesses.taskManager(1));
      cluster.restart(ClusterProcesses.taskManager(1));
      ApplicationMode.host(cluster, "run", pipeline);
      topics.readAll(() -> cluster.death(ClusterProcesses.JOB_MANAGER));

      assertThat(cluster.log(ClusterProcesses.taskManager(1)))
          .content()
          .contains(image.root() + "/opt/flink/lib/onnxruntime-"); // in its class path
    }

    assertNothingIsLeft();
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
    assertNothingIsLeft();
    assumeThatStraceWatched();
    assertThat(trace.addresses()).isEmpty();
  }

  private Launcher watched(Launcher launcher) {
    return launcher.with(
        Map.of(
            "HOME",
            home.toString(),
            "TMPDIR",
            temporary.toString(),
            "JAVA_TOOL_OPTIONS",
            "-Duser.home=%s -Djava.io.tmpdir=%s".formatted(home, temporary)),
        STRACE.map(strace -> NetworkTrace.command(strace, trace.file())).orElse(List.of()));
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files).containsExactly(home);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).noneMatch(file -> LIBRARY.matcher(file.toString()).matches());
    }
  }

  /** There must be calls to the broker, else nothing would be watched. */
  private void assertOnlyThisMachineWasCalled() throws IOException {
    assumeThatStraceWatched();
    assertThat(trace.addresses())
        .isNotEmpty()
        .allMatch(address -> address.getAddress().isLoopbackAddress())
        .noneMatch(PrivacyITCase::isNameServer);
  }

  /** One of this machine would ask others. */
  private static boolean isNameServer(InetSocketAddress address) {
    return address.getPort() == DNS_PORT;
  }

  private static void assumeThatStraceWatched() {
    assumeTrue(STRACE.isPresent(), "strace is not installed: nobody watched the network");
  }
}
