package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;

class DockerfileTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** What {@code mvn package} makes, after the tests. */
  private static final List<String> BUILT =
      List.of("deploy/target/flink/lib/", "deploy/target/flink/usrlib/winnow-jobs.jar");

  @Test
  void theBaseImageIsTheFlinkThatWinnowIsBuiltAgainst() throws Exception {
    String flink = EnvironmentInformation.getVersion();

    assertThat(groups("^FROM (\\S+)$")).containsExactly("flink:" + flink + "-java17");
    assertThat(groups("flink-s3-fs-hadoop-([\\d.]+)\\.jar")).containsOnly(flink);
  }

  @Test
  void whatIsCopiedIsThereOrIsBuiltAndReachesDocker() throws Exception {
    List<String> sources = groups("^COPY (\\S+) \\S+$");
    List<String> sent =
        Files.readAllLines(ROOT.resolve(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();

    assertThat(groups("^(COPY|ADD) .*$")).hasSameSizeAs(sources);
    assertThat(sources).containsAll(BUILT);
    assertThat(sources)
        .allMatch(source -> BUILT.contains(source) || Files.exists(ROOT.resolve(source)))
        .allMatch(source -> sent.stream().anyMatch(source::startsWith));
  }

  @Test
  void itRunsAsTheUserOfTheImage() throws Exception {
    assertThat(groups("^USER (\\S+)$")).containsExactly("flink");
    assertThat(dockerfile().strip()).endsWith("USER flink");
  }

  @Test
  void nativeLibrariesAreToldToStayAtHome() throws Exception {
    assertThat(dockerfile())
        .contains("OPT_OUT_TRACKING=true", "ORT_DISABLE_TELEMETRY=1", "RUST_FLAVOR=cpu");
  }

  private static List<String> groups(String line) throws IOException {
    return Pattern.compile(line, Pattern.MULTILINE)
        .matcher(dockerfile())
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static String dockerfile() throws IOException {
    return Files.readString(ROOT.resolve("deploy/docker/Dockerfile"));
  }
}
