package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What a cluster runs from, as the build leaves it. */
class JobJarITCase {
  private static final Path THIN = Launcher.FLINK.resolve("usrlib/winnow-jobs.jar");
  private static final Path WITH_NATIVES = Launcher.FLINK.resolve("winnow-jobs-with-natives.jar");
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void theJobJarHasNeitherNativeModelLibrariesNorWhatFlinkProvides() throws Exception {
    Set<String> entries = entries(THIN);

    assertThat(entries)
        .contains(
            "io/winnow/jobs/cli/Main.class",
            "io/winnow/operators/flink/SlmOperator.class",
            "io/winnow/schemas/DeadLetter.class",
            "org/apache/flink/connector/kafka/source/KafkaSource.class",
            "org/apache/flink/connector/base/source/reader/SourceReaderBase.class",
            "org/apache/flink/formats/avro/typeutils/AvroTypeInfo.class",
            "org/apache/kafka/clients/consumer/KafkaConsumer.class",
            "org/apache/avro/Schema.class",
            "com/fasterxml/jackson/databind/ObjectMapper.class",
            "org/snakeyaml/engine/v2/api/Load.class",
            "org/apache/commons/text/similarity/LevenshteinDistance.class",
            "picocli/CommandLine.class")
        .noneMatch(
            entry ->
                entry.matches(
                    "(ai/onnxruntime|ai/djl|native/lib|com/sun/jna|com/google/gson|org/slf4j"
                        + "|org/apache/logging|kafka/server|scala)/.*"));
    assertThat(Files.size(THIN)).isLessThan(28 * MEBIBYTE);
  }

  @Test
  void noClassOfFlinkIsInTheJobJarAndInLib() throws Exception {
    Set<String> both = entries(THIN);
    both.removeIf(entry -> !entry.startsWith("org/apache/flink/") || !entry.endsWith(".class"));
    assertThat(both).isNotEmpty();

    both.retainAll(lib());

    assertThat(both).isEmpty();
  }

  @Test
  void theNativeLibrariesAreInLibAndTheJobIsNot() throws Exception {
    assertThat(lib())
        .contains(
            "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
            "native/lib/linux-x86_64/cpu/libtokenizers.so",
            "ai/djl/util/Utils.class",
            "com/sun/jna/Native.class",
            "com/google/gson/Gson.class",
            "org/apache/flink/metrics/prometheus/PrometheusReporter.class",
            "org/apache/logging/slf4j/Log4jLogger.class")
        .noneMatch(
            entry ->
                entry.matches("(io/winnow|org/apache/kafka|kafka|scala|ai/djl/onnxruntime)/.*"));
  }

  @Test
  void theJarWithTheNativeLibrariesPassesTheLimitOfFlinksRestEndpoint() throws Exception {
    assertThat(entries(WITH_NATIVES))
        .containsAll(entries(THIN))
        .contains(
            "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
            "ai/onnxruntime/native/linux-aarch64/libonnxruntime.so",
            "native/lib/linux-x86_64/cpu/libtokenizers.so",
            "native/lib/linux-aarch64/cpu/libtokenizers.so",
            "com/sun/jna/Native.class")
        .noneMatch(entry -> entry.matches(".*/(osx|win)-[a-z0-9_]+/.*\\.(dylib|dll)"));
    assertThat(Files.size(WITH_NATIVES)).isLessThan(80 * MEBIBYTE);
  }

  @Test
  void bothJarsStartTheCommandLine() throws IOException {
    for (Path path : List.of(THIN, WITH_NATIVES)) {
      try (JarFile jar = new JarFile(path.toFile())) {
        assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
            .isEqualTo("io.winnow.jobs.cli.Main");
        assertThat(jar.isMultiRelease()).isTrue();
      }
    }
  }

  private static Set<String> lib() throws IOException {
    Set<String> entries = new TreeSet<>();
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(Launcher.FLINK.resolve("lib"))) {
      files.forEach(jars::add);
    }
    for (Path jar : jars) {
      entries.addAll(entries(jar));
    }
    return entries;
  }

  private static Set<String> entries(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      Set<String> entries = new TreeSet<>();
      jar.stream().map(ZipEntry::getName).forEach(entries::add);
      return entries;
    }
  }
}
