package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README does with a model of one's own, but for the bench, which takes minutes. */
class OwnModelITCase {
  private static final Path EXPORTED =
      Launcher.ROOT.resolve("operators/src/test/resources/parity/bert-token");
  private static final String PROGRESS = "Evaluating";

  @TempDir Path folder;
  private Path model;
  private Path data;

  @BeforeEach
  void prepare() throws IOException {
    model = Files.createDirectory(folder.resolve("my-model"));
    try (Stream<Path> files = Files.list(EXPORTED)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
    data =
        Files.writeString(
            folder.resolve("labelled.jsonl"),
            "{\"text\": \"Angela met Tim in Paris\", \"spans\": []}\n".repeat(300));
  }

  @Test
  void aFolderIsInspectedTriedMeasuredSealedAndCompared() throws Exception {
    Path texts = Files.writeString(folder.resolve("texts.txt"), "Angela met Tim\nNobody at all\n");
    Path report = folder.resolve("report.html");

    assertThat(winnow("inspect", model.toString())).contains("token-classification");
    assertThat(winnow("try", model.toString(), "Angela met Tim in Paris")).contains("Angela");
    assertThat(winnow("evaluate", model.toString(), data.toString(), "--report", report.toString()))
        .contains("300 texts of labelled.jsonl");
    assertThat(report).content().startsWith("<!doctype html>");
    assertThat(winnow("seal", model.toString(), "--texts", texts.toString())).contains("2 records");
    assertThat(winnow("inspect", model.toString())).contains("golden.jsonl");
    assertThat(winnow("compare", model.toString(), EXPORTED.toString(), data.toString()))
        .containsPattern("agreement +100\\.0 %");
  }

  /** JSON goes to a file meanwhile, and nobody wants colours. */
  @Test
  void aBarGrowsWhereSomebodyWatchesAndNowhereElse() throws Exception {
    Optional<Tool> script = Tool.find("script");
    List<String> arguments = List.of("evaluate", model.toString(), data.toString(), "--json");

    Launcher.Finished unwatched = Launcher.winnow(folder).run("", arguments.toArray(String[]::new));

    assertThat(unwatched.status()).as(unwatched.err()).isZero();
    assertThat(unwatched.err()).isEmpty();
    assumeThat(script).isPresent();
    String inTerminal = "exec script -qec \"$* >%s\" /dev/null".formatted(folder.resolve("json"));
    Launcher.Finished watched =
        Launcher.winnow(folder)
            .with(Map.of("NO_COLOR", "1"), List.of("sh", "-c", inTerminal, "sh"))
            .run("", arguments.toArray(String[]::new));
    assertThat(watched.status()).as(watched.out()).isZero();
    assertThat(watched.out()).contains(PROGRESS);
    assertThat(folder.resolve("json")).content().startsWith("{").doesNotContain(PROGRESS);
  }

  private String winnow(String... arguments) throws Exception {
    Launcher.Finished finished = Launcher.winnow(folder).run("", arguments);
    assertThat(finished.status()).as(finished.err()).isZero();
    return finished.out();
  }
}
