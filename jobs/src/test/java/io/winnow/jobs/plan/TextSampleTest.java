package io.winnow.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.winnow.operators.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void aFileIsReadToTheNumberThatIsAskedFor() throws Exception {
    Path file = Files.writeString(folder.resolve("texts"), "Paris\n\nRome\ntoo long\nOslo\n");

    TextSample sample = SampleFile.read(file, 4, 5);

    assertThat(sample.population()).isEqualTo(5);
    assertThat(sample.read()).isEqualTo(4);
    assertThat(sample.texts()).containsExactly("Paris", "Rome");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> SampleFile.read(folder.resolve("none"), 4, 5))
        .withMessageContaining("--texts: expected a file of UTF-8 text with a text in each line");
  }
}
