package io.winnow.jobs.bench.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.demo.SampleEvent;
import io.winnow.jobs.demo.SampleEvents;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sentences of the sample events, those that are broken on purpose left out. */
final class Sentences {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BORDER = Pattern.compile("(?<=[.!?])\\s+|\\R+");

  private Sentences() {}

  /** Returns each once, in their order. */
  static List<String> load() {
    return SampleEvents.load().stream()
        .flatMap(event -> text(event).stream())
        .flatMap(text -> Stream.of(BORDER.split(text)))
        .map(String::strip)
        .filter(sentence -> !sentence.isEmpty())
        .distinct()
        .toList();
  }

  private static Optional<String> text(SampleEvent event) {
    if (event.value() == null) {
      return Optional.empty();
    }
    try {
      JsonNode text = JSON.readTree(event.value()).path("text");
      if (!text.isTextual()) {
        return Optional.empty();
      }
      TextPolicy.check(text.asText());
      return Optional.of(text.asText());
    } catch (IOException | RejectedException e) {
      return Optional.empty();
    }
  }
}
