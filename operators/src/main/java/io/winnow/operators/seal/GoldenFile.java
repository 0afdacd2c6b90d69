package io.winnow.operators.seal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.model.AtomicFile;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.Seal;
import io.winnow.operators.model.Task;
import io.winnow.operators.task.LabelScore;
import io.winnow.operators.task.LabelledSpan;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The golden records of a bundle: a file with one JSON object a line. */
final class GoldenFile {
  /** Floats are written so that they read back exactly, and read without a detour by doubles. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path file;

  GoldenFile(Path folder) {
    this.file = folder.resolve(Seal.GOLDEN_RECORDS);
  }

  Path path() {
    return file;
  }

  boolean exists() {
    return Files.isRegularFile(file);
  }

  /** Returns the texts, whatever answers the file has for them. */
  List<String> texts() throws ConfigurationException, IOException {
    List<String> texts = new ArrayList<>();
    for (JsonNode line : lines()) {
      texts.add(line.path("text").asText());
    }
    return texts;
  }

  /**
   * Reads the records.
   *
   * @param heads heads that each record must have an answer of, in that order
   */
  List<GoldenRecord> read(List<Head> heads) throws ConfigurationException, IOException {
    List<GoldenRecord> records = new ArrayList<>();
    for (JsonNode line : lines()) {
      List<GoldenAnswer> answers = new ArrayList<>();
      for (int i = 0; i < heads.size(); i++) {
        answers.add(answer(line.path("answers").path(i), heads.get(i), records.size() + 1));
      }
      records.add(new GoldenRecord(line.path("text").asText(), answers));
    }
    return records;
  }

  void write(List<GoldenRecord> records) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (GoldenRecord golden : records) {
      lines.append(JSON.writeValueAsString(json(golden))).append('\n');
    }
    AtomicFile.write(file, lines.toString());
  }

  private List<JsonNode> lines() throws ConfigurationException, IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : readLines()) {
      try {
        lines.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        throw wrong(lines.size() + 1, e.getOriginalMessage());
      }
      if (!lines.get(lines.size() - 1).path("text").isTextual()) {
        throw wrong(lines.size(), "there is no text");
      }
    }
    return lines;
  }

  private List<String> readLines() throws ConfigurationException, IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          "%s: expected UTF-8, found other bytes; give texts with 'winnow seal --texts'"
              .formatted(file));
    }
  }

  private GoldenAnswer answer(JsonNode answer, Head head, int line) throws ConfigurationException {
    boolean labels = head.task() == Task.TEXT_CLASSIFICATION;
    JsonNode found = answer.path(labels ? "labels" : "spans");
    if (!answer.path("head").asText().equals(head.name()) || !found.isArray()) {
      throw wrong(line, "there is no answer of head " + head.name());
    }
    for (JsonNode scored : found) {
      if (!scored.path("label").isTextual() || !scored.path("score").isNumber()) {
        throw wrong(line, "an answer of head " + head.name() + " has no label or no score");
      }
    }
    return labels
        ? new GoldenAnswer.Labels(head.name(), labels(found))
        : new GoldenAnswer.Spans(head.name(), spans(found));
  }

  private static List<LabelScore> labels(JsonNode found) {
    List<LabelScore> labels = new ArrayList<>();
    for (JsonNode label : found) {
      labels.add(new LabelScore(label.path("label").asText(), score(label)));
    }
    return labels;
  }

  private static List<LabelledSpan> spans(JsonNode found) {
    List<LabelledSpan> spans = new ArrayList<>();
    for (JsonNode span : found) {
      spans.add(
          new LabelledSpan(
              span.path("label").asText(),
              span.path("start").asInt(),
              span.path("end").asInt(),
              score(span)));
    }
    return spans;
  }

  private static float score(JsonNode scored) {
    return scored.path("score").decimalValue().floatValue();
  }

  private static ObjectNode json(GoldenRecord golden) {
    ObjectNode json = JSON.createObjectNode().put("text", golden.text());
    for (GoldenAnswer answer : golden.answers()) {
      ObjectNode one = json.withArray("answers").addObject().put("head", answer.head());
      if (answer instanceof GoldenAnswer.Labels labels) {
        var list = one.putArray("labels");
        labels
            .labels()
            .forEach(l -> list.addObject().put("label", l.label()).put("score", l.score()));
      } else {
        var list = one.putArray("spans");
        ((GoldenAnswer.Spans) answer)
            .spans()
            .forEach(
                s ->
                    list.addObject()
                        .put("label", s.label())
                        .put("start", s.start())
                        .put("end", s.end())
                        .put("score", s.score()));
      }
    }
    return json;
  }

  private ConfigurationException wrong(int line, String why) {
    return new ConfigurationException(
        "%s:%d: expected a text with its answers, but %s; seal the bundle anew with 'winnow seal'"
            .formatted(file, line, why));
  }
}
