package io.winnow.jobs.pipeline;

import static io.winnow.jobs.pipeline.PipelineFile.parse;
import static io.winnow.jobs.pipeline.PipelineFile.problems;
import static io.winnow.jobs.pipeline.PipelineFile.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatReaderTest {
  private static final String SCHEMA =
      """
      {"type": "record", "name": "Message", "namespace": "test", "fields": [
        {"name": "subject", "type": ["null", "string"]},
        {"name": "body", "type": "string"},
        {"name": "size", "type": "long"},
        {"name": "either", "type": ["string", "long"]},
        {"name": "lines", "type": {"type": "array", "items": "string"}},
        {"name": "author", "type": ["null", {"type": "record", "name": "Author", "fields": [
          {"name": "name", "type": "string"}]}]}]}
      """;

  @TempDir Path folder;

  @Test
  void avroReadsItsSchema() throws Exception {
    Pipeline pipeline = parse(avro(SCHEMA, "body"));

    assertThat(pipeline.source().format())
        .isEqualTo(new InputFormat.Avro(new Schema.Parser().parse(SCHEMA)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"subject", "body", "author.name", "author.name?"})
  void pathMayEndInAStringOfTheSchema(String path) throws Exception {
    assertThat(parse(avro(SCHEMA, path)).text()).containsExactly(TextPath.parse(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title | expected a field of the schema, but record test.Message has only [subject, body,"
            + " size, either, lines, author]",
        "author.mail | expected a field of the schema, but record test.Author has only [name]",
        "size | expected a string, but field size of record test.Message is of type long",
        "either | expected a string, but field either of record test.Message is of type union",
        "lines | expected a string, but field lines of record test.Message is of type array",
        "author | expected a string, but field author of record test.Message is of type record",
        "body.x | expected a record with fields, but field body of record test.Message is of type"
            + " string",
      })
  void otherPathIsRefusedInWordsOfTheSchema(String path, String what) throws Exception {
    assertThat(problems(avro(SCHEMA, path))).containsExactly("p.yaml:7: text: " + what);
  }

  @Test
  void everyPathThatTheSchemaLacksIsTold() throws Exception {
    assertThat(problems(avro(SCHEMA, "\n  - size\n  - body\n  - lines")))
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("p.yaml:8: text[0]: expected a string"))
        .anyMatch(problem -> problem.startsWith("p.yaml:10: text[2]: expected a string"));
  }

  @Test
  void avroNeedsASchema() {
    assertThat(problems(with("topic: messages", "topic: messages\n  format: avro")))
        .containsExactly("p.yaml:2: source.schema: missing; expected a path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "text"})
  void otherFormatHasNoSchema(String format) {
    assertThat(
            problems(
                with("topic: messages", "topic: messages\n  schema: x\n  format: " + format)
                    .replace("text: body", format.equals("text") ? "" : "text: body")))
        .containsExactly(
            "p.yaml:5: source.schema: expected with format avro only; correct the format or remove"
                + " it");
  }

  @Test
  void defaultFormatHasNoSchema() {
    assertThat(problems(with("topic: messages", "topic: messages\n  schema: x")))
        .containsExactly(
            "p.yaml:5: source.schema: expected with format avro only; correct the format or remove"
                + " it");
  }

  @Test
  void schemaOfAnUnknownFormatIsNotBlamedToo() {
    assertThat(problems(with("topic: messages", "topic: messages\n  schema: x\n  format: avr")))
        .containsExactly(
            "p.yaml:6: source.format: expected json, text, avro or avro-registry, found 'avr'; did"
                + " you mean 'avro'?");
  }

  @Test
  void missingSchemaFileIsAProblem() {
    assertThat(
            problems(
                with("topic: messages", "topic: messages\n  format: avro\n  schema: none.avsc")))
        .containsExactly(
            "p.yaml:6: source.schema: expected a readable Avro schema, but 'none.avsc' gives"
                + " NoSuchFileException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "not JSON", "{\"type\": \"record\"}", "{\"type\": \"wreckord\"}", "[", "7"})
  void brokenSchemaIsAProblem(String schema) throws Exception {
    List<String> problems = problems(avro(schema, "body"));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0))
        .startsWith("p.yaml:6: source.schema: expected an Avro schema, but '")
        .doesNotContain("\n");
  }

  @Test
  void schemaIsThatOfARecord() throws Exception {
    assertThat(problems(avro("\"string\"", "body")))
        .containsExactly(
            "p.yaml:6: source.schema: expected the Avro schema of a record, found that of type"
                + " STRING");
  }

  @Test
  void substitutedPathOfASchemaIsNotShown() {
    String yaml =
        with("topic: messages", "topic: messages\n  format: avro\n  schema: ${env:SECRET}");

    assertThat(problems(yaml, Map.of("SECRET", "s3cret")))
        .containsExactly(
            "p.yaml:6: source.schema: expected a readable Avro schema, but <from ${env:SECRET}>"
                + " gives NoSuchFileException");
  }

  private String avro(String schema, String path) throws Exception {
    Path file = Files.writeString(folder.resolve("message.avsc"), schema);
    return with("topic: messages", "topic: messages\n  format: avro\n  schema: " + file)
        .replace("text: body", "text: " + path);
  }
}
