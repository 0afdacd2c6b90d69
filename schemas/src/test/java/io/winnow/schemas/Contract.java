package io.winnow.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A record that crosses a topic: the schema of today and the released ones, oldest first. */
enum Contract {
  ENRICHED_EVENT("enriched-event", EnrichedEvent.getClassSchema()),
  DEAD_LETTER("dead-letter", DeadLetter.getClassSchema());

  private static final String STRING_IN_JAVA =
      "{\"type\":\"string\",\"avro.java.string\":\"String\"}";

  private final String folder;
  private final String json;

  Contract(String folder, Schema generated) {
    this.folder = folder;
    this.json = generated.toString().replace(STRING_IN_JAVA, "\"string\"");
  }

  Schema current() {
    return new Schema.Parser().parse(json);
  }

  /** Returns the released versions; version {@code n} is at {@code n - 1}. */
  List<Schema> archived() {
    List<Schema> versions = new ArrayList<>();
    for (InputStream in = open(1); in != null; in = open(versions.size() + 1)) {
      try (InputStream version = in) {
        versions.add(new Schema.Parser().parse(version));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    return versions;
  }

  /** Returns where a version lies, from the module's folder. */
  String path(int version) {
    return "src/main/resources/io/winnow/schemas/" + resource(version);
  }

  private InputStream open(int version) {
    return Contract.class.getResourceAsStream(resource(version));
  }

  private String resource(int version) {
    return "archive/" + folder + "/" + version + ".avsc";
  }
}
