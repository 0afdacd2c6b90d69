package io.winnow.jobs.bench.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.task.HeadResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DjlFunctionITCase {
  private static final Path MODEL =
      Path.of("../operators/src/test/resources/parity/bert-text").toAbsolutePath().normalize();
  private static final List<String> TEXTS =
      List.of(
          "Rates were raised in Frankfurt",
          "Angela met Tim in Paris",
          "My card is lost",
          "東京 🗼 tower",
          "word ".repeat(2_000)); // cut to the window, as by the others that are no operator
  private static final long PATIENCE_SECONDS = 120;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itAnswersEachTextAsTheModelDoes(boolean oneThread) throws Exception {
    List<String> answers = answers(oneThread);

    assertThat(answers).hasSize(TEXTS.size());
    assertThat(answers.subList(0, 4)).isEqualTo(expected(TEXTS.subList(0, 4)));
  }

  @Test
  void nothingIsLeftInAHomeFolder() throws Exception {
    answers(false);

    assertThat(folder.resolve("home")).isEmptyDirectory();
  }

  private List<String> answers(boolean oneThread) throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Path in = Files.write(folder.resolve("in"), TEXTS);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                DjlAnswers.class.getName(),
                MODEL.toString(),
                Boolean.toString(oneThread))
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("HOME", home.toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    return Files.readAllLines(out);
  }

  private static List<String> expected(List<String> texts) throws Exception {
    ModelBundle bundle = BundleReader.read(MODEL, HeadOptions.NONE);
    List<String> labels = new ArrayList<>();
    try (LoadedModel model = LoadedModel.open(bundle)) {
      Enricher enricher = new Enricher(bundle, model);
      for (String text : texts) {
        HeadResult.Labels found = (HeadResult.Labels) enricher.enrich(text).results().get(0);
        labels.add(found.labels().get(0).label());
      }
    }
    return labels;
  }
}
