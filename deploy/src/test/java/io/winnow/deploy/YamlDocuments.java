package io.winnow.deploy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** YAML as a tree; a key that stands there twice is refused. */
public final class YamlDocuments {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private YamlDocuments() {}

  /** Returns the only document of a file. */
  public static JsonNode one(Path file) throws IOException {
    List<JsonNode> documents = all(Files.readString(file));
    if (documents.size() != 1) {
      throw new IOException("Expected one document in " + file + ", found " + documents.size());
    }
    return documents.get(0);
  }

  public static List<JsonNode> all(String yaml) throws IOException {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return documents.readAll();
    }
  }
}
