package io.winnow.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.winnow.operators.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSampleTest {
  @TempDir Path folder;

  @Test
  void sharesAreThoseOfWhatWasRead() {
    TextSample sample = new TextSample("topic a", 1000, 10, List.of("a", "b", "a", "a"));

    assertThat(sample.rejected()).isEqualTo(0.6, within(1e-9));
    assertThat(sample.repeated()).isEqualTo(0.5, within(1e-9));
    assertThat(new TextSample("topic a", 0, 0, List.of()).rejected()).isZero();
    assertThat(new TextSample("topic a", 0, 0, List.of()).repeated()).isZero();
  }

  @Test
  void blankLinesOfAFileAreNoTexts() throws Exception {
    Path file = Files.writeString(folder.resolve("texts"), "Paris\n\nRome\ntoo long\n \t\nOslo\n");

    TextSample sample = SampleFile.read(file, 4, 5);

    assertThat(sample.population()).isEqualTo(4);
    assertThat(sample.read()).isEqualTo(4);
    assertThat(sample.texts()).containsExactly("Paris", "Rome", "Oslo");
    assertThat(sample.rejected()).isEqualTo(0.25, within(1e-9));
  }

  @Test
  void aLongFileIsSampledFromItsFirstLineToItsLastInRunsOfNeighbours() throws Exception {
    List<String> lines = IntStream.range(0, 1_000).mapToObj(line -> "text " + line / 2).toList();
    Path file = Files.write(folder.resolve("texts"), lines);

    TextSample sample = SampleFile.read(file, 100, 10);

    assertThat(sample.population()).isEqualTo(1_000);
    assertThat(sample.read()).isEqualTo(100);
    assertThat(sample.texts()).startsWith("text 0", "text 0", "text 1").endsWith("text 499");
    assertThat(sample.texts()).contains("text 55", "text 220", "text 275");
    assertThat(sample.repeated()).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void aFileWithoutTextsIsAnEmptySample() throws Exception {
    Path file = Files.writeString(folder.resolve("texts"), "\n \n");

    assertThat(SampleFile.read(file, 4, 5).read()).isZero();
  }

  @Test
  void aFileThatCannotBeReadIsRefused() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> SampleFile.read(folder.resolve("none"), 4, 5))
        .withMessageContaining("--texts: expected a file of UTF-8 text with a text in each line");
  }
}
