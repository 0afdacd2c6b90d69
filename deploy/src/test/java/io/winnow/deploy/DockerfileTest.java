package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;

class DockerfileTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** What {@code mvn package} makes, after the tests. */
  private static final String JOB = "deploy/target/flink/usrlib/winnow-jobs.jar";

  private static final String LIBRARIES = "deploy/target/flink/lib/";

  @Test
  void theBaseImageIsTheFlinkThatWinnowIsBuiltAgainst() throws Exception {
    String flink = EnvironmentInformation.getVersion();

    assertThat(groups("^FROM (\\S+)$")).containsExactly("flink:" + flink + "-java17");
    assertThat(groups("flink-s3-fs-hadoop-([\\d.]+)\\.jar")).containsOnly(flink);
  }

  @Test
  void whatIsCopiedIsThereOrIsBuiltAndReachesDocker() throws Exception {
    List<String> sources = sources();
    List<Path> sent =
        Files.readAllLines(ROOT.resolve(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> Path.of(line.substring(1)))
            .toList();

    assertThat(sources)
        .contains(JOB)
        .allMatch(source -> sent.stream().anyMatch(Path.of(source)::startsWith));
    assertThat(sources)
        .filteredOn(source -> !source.startsWith(LIBRARIES) && !source.equals(JOB))
        .isNotEmpty()
        .allMatch(source -> Files.exists(ROOT.resolve(source)));
  }

  @Test
  void nativeLibrariesAndNothingElseLieBesideFlink() throws Exception {
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
  void itRunsAsTheUserOfTheImage() throws Exception {
    assertThat(groups("^USER (\\S+)$")).containsExactly("flink");
    assertThat(dockerfile().strip()).endsWith("USER flink");
  }

  @Test
  void nativeLibrariesAreToldToStayAtHome() throws Exception {
    assertThat(dockerfile())
        .contains("OPT_OUT_TRACKING=true", "ORT_DISABLE_TELEMETRY=1", "RUST_FLAVOR=cpu");
  }

  private static List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    for (String copied : groups("^COPY (.+) \\S+$")) {
      sources.addAll(List.of(copied.split(" +")));
    }
    return sources;
  }

  private static List<String> groups(String line) throws IOException {
    return Pattern.compile(line, Pattern.MULTILINE)
        .matcher(dockerfile())
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static String dockerfile() throws IOException {
    return Files.readString(ROOT.resolve("deploy/docker/Dockerfile")).replaceAll("\\\\\\R *", "");
  }
}
