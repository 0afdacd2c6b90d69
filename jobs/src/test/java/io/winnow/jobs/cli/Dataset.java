package io.winnow.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Data sets of JSON lines, and what the verbs print of them. */
final class Dataset {
  private Dataset() {}

  static Path write(Path folder, List<String> lines) throws IOException {
    return Files.write(folder.resolve("data.jsonl"), lines);
  }

  static String label(String text, String label) {
    return line(text).put("label", label).toString();
  }

  static String labels(String text, Iterable<String> labels) {
    ObjectNode line = line(text);
    labels.forEach(line.putArray("labels")::add);
    return line.toString();
  }

  static ObjectNode line(String text) {
    return new ObjectMapper().createObjectNode().put("text", text);
  }

  static JsonNode json(String line) throws IOException {
    return new ObjectMapper().readTree(line);
  }

  static List<String> fields(JsonNode node) {
    return StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false)
        .toList();
  }

  /** Returns what a model answers to each text, as {@code try} prints it. */
  static List<JsonNode> answers(Path model, List<String> texts) throws IOException {
    String input = String.join("\n", texts);
    Winnow winnow = Winnow.runOn(input, "try", model.toString(), "--json");
    List<JsonNode> answers = new ArrayList<>();
    for (String line : winnow.lines()) {
      answers.add(json(line));
    }
    return answers;
  }
}
