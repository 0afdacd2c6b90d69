package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DockerfileTest {
  /** What {@code mvn package} makes, after the tests. */
  private static final String JOB = "deploy/target/flink/usrlib/winnow-jobs.jar";

  private static final String LIBRARIES = "deploy/target/flink/lib/";

  private Dockerfile dockerfile;

  @BeforeEach
  void read() throws IOException {
    dockerfile = Dockerfile.read();
  }

  @Test
  void theBaseImageIsTheFlinkThatWinnowIsBuiltAgainst() {
    String flink = EnvironmentInformation.getVersion();

    assertThat(dockerfile.groups("^FROM (\\S+)$")).containsExactly("flink:" + flink + "-java17");
    assertThat(dockerfile.groups("flink-s3-fs-hadoop-([\\d.]+)\\.jar")).containsOnly(flink);
  }

  @Test
  void whatIsCopiedIsThereOrIsBuiltAndReachesDocker() throws Exception {
    List<String> sources = sources();
    List<Path> sent =
        Files.readAllLines(Launcher.ROOT.resolve(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> Path.of(line.substring(1)))
            .toList();

    assertThat(sources)
        .contains(JOB)
        .allMatch(source -> sent.stream().anyMatch(Path.of(source)::startsWith));
    assertThat(sources)
        .filteredOn(source -> !source.startsWith(LIBRARIES) && !source.equals(JOB))
        .isNotEmpty()
        .allMatch(source -> Files.exists(Launcher.ROOT.resolve(source)));
  }

  @Test
  void nativeLibrariesAndNothingElseLieBesideFlink() {
    List<String> libraries =
        sources().stream()
            .filter(source -> source.startsWith(LIBRARIES))
            .map(source -> source.substring(LIBRARIES.length()))
            .toList();
    List<String> ours =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getProperty("java.class.path"))
            .map(entry -> new File(entry).getName())
            .toList();

    assertThat(libraries)
        .containsExactlyInAnyOrder(
            "onnxruntime-[0-9]*.jar", "tokenizers-*.jar", "api-*.jar", "gson-*.jar", "jna-*.jar")
        .allSatisfy(
            library -> {
              PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + library);
              assertThat(ours).filteredOn(jar -> matcher.matches(Path.of(jar))).hasSize(1);
            });
  }

  @Test
  void itRunsAsTheUserOfTheImage() {
    assertThat(dockerfile.groups("^USER (\\S+)$")).containsExactly("flink");
    assertThat(dockerfile.instructions().strip()).endsWith("USER flink");
  }

  @Test
  void nativeLibrariesAreToldToStayAtHome() {
    assertThat(dockerfile.environment())
        .containsOnly(
            entry("OPT_OUT_TRACKING", "true"),
            entry("ORT_DISABLE_TELEMETRY", "1"),
            entry("RUST_FLAVOR", "cpu"));
  }

  private List<String> sources() {
    return dockerfile.copies().stream().flatMap(copy -> copy.sources().stream()).toList();
  }
}
