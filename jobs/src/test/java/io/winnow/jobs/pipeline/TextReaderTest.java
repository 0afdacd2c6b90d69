package io.winnow.jobs.pipeline;

import static io.winnow.jobs.pipeline.PipelineFile.parse;
import static io.winnow.jobs.pipeline.PipelineFile.parseWith;
import static io.winnow.jobs.pipeline.PipelineFile.problems;
import static io.winnow.jobs.pipeline.PipelineFile.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextReaderTest {
  @ParameterizedTest
  @CsvSource({
    "subject, subject, false",
    "subject?, subject, true",
    "message.body, message.body, false",
    "a.b.c?, a.b.c, true",
    "two words, two words, false",
    "a?.b, a?.b, false",
  })
  void pathHasDotsAndMayBeOptional(String yaml, String path, boolean optional) throws Exception {
    TextPath read = parseWith("text: body", "text: " + yaml).text().get(0);

    assertThat(read.toString()).isEqualTo(path);
    assertThat(read.optional()).isEqualTo(optional);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", ".", "a.", ".a", "a..b", "a.?", ""})
  void otherPathIsRefused(String path) {
    assertThat(problems(with("text: body", "text: '" + path + "'")))
        .containsExactly(
            "p.yaml:5: text: expected a field path such as subject, message.body or title?, found '"
                + path
                + "'");
  }

  @Test
  void fieldStandsOnce() {
    assertThat(problems(with("text: body", "text:\n  - body\n  - title\n  - body?")))
        .containsExactly("p.yaml:8: text[2]: expected each field once, but text[0] is the same");
  }

  @Test
  void jsonNeedsAPath() {
    assertThat(problems(with("text: body\n", "")))
        .containsExactly(
            "p.yaml:1: text: missing; expected a list, each a field path such as subject,"
                + " message.body or title?");
  }

  @Test
  void textFormatHasNoPath() throws Exception {
    String yaml = with("topic: messages", "topic: messages\n  format: text");

    assertThat(problems(yaml))
        .containsExactly(
            "p.yaml:6: text: expected no field path, as source.format text has no fields; remove"
                + " it");
    assertThat(parse(yaml.replace("text: body\n", "")).text()).isEmpty();
  }

  @Test
  void pathHasAtLeastOneSegment() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TextPath(List.of(), false))
        .withMessage("A field path must have a name between its dots");
  }
}
