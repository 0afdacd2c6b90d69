package io.winnow.operators.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A YAML 1.2 file whose root is a mapping. */
public final class YamlFile {
  private static final int MAX_BYTES = 3 << 20; // what the parser takes

  private final String name;
  private final MappingNode root;
  private final Substitution substitution;

  private YamlFile(String name, MappingNode root, Substitution substitution) {
    this.name = name;
    this.root = root;
    this.substitution = substitution;
  }

  /** Reads a file and takes its values as they are. */
  public static YamlFile read(Path path) throws ConfigurationException {
    return read(path, Substitution.none());
  }

  /** Reads a file whose values are substituted when they are asked for. */
  public static YamlFile read(Path path, Substitution substitution) throws ConfigurationException {
    String name = path.toString();
    try {
      return parse(name, text(path), substitution);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(name + ": expected a YAML file, found none");
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(name + ": expected UTF-8, found other bytes");
    } catch (IOException e) {
      throw new ConfigurationException(name + ": expected a readable YAML file, but " + e);
    }
  }

  private static String text(Path path) throws ConfigurationException, IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigurationException(
            "%s: expected a YAML file of at most %d bytes, found more".formatted(path, MAX_BYTES));
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  /** Parses a text and takes its values as they are. */
  public static YamlFile parse(String name, String text) throws ConfigurationException {
    return parse(name, text, Substitution.none());
  }

  /** Parses a text whose values are substituted when they are asked for. */
  public static YamlFile parse(String name, String text, Substitution substitution)
      throws ConfigurationException {
    Node root = compose(name, text);
    if (root instanceof MappingNode mapping) {
      return new YamlFile(name, mapping, substitution);
    }

    throw new ConfigurationException(
        "%s:%d: expected a mapping of keys to values, found %s"
            .formatted(name, Document.line(root), Document.form(root)));
  }

  /**
   * Returns what the reader makes of the root section.
   *
   * <p>After a problem a section answers with harmless values, so that the reader finds all others.
   *
   * @throws ConfigurationException with every problem that the reader met and every unknown key
   */
  public <T> T as(Function<Section, T> reader) throws ConfigurationException {
    Document document = new Document(name, substitution);
    T read = reader.apply(Section.of(document, "", 1, root));
    document.throwIfFaulty();
    return read;
  }

  private static Node compose(String name, String text) throws ConfigurationException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true) // so that a section tells of them with their line
            .build();
    try {
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(
              () ->
                  new ConfigurationException(
                      name + ":1: expected a mapping of keys to values, found an empty file"));
    } catch (MarkedYamlEngineException e) {
      throw new ConfigurationException(name + syntaxError(e));
    } catch (StackOverflowError e) { // the parser has no limit of its own
      throw new ConfigurationException(name + ": expected YAML, but it is nested too deeply");
    } catch (YamlEngineException e) {
      throw new ConfigurationException(
          name + ": expected YAML, but " + firstLine(String.valueOf(e.getMessage())));
    }
  }

  private static String syntaxError(MarkedYamlEngineException e) {
    Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
    String place = mark == null ? "" : ":%d:%d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    return "%s: expected YAML, but %s%s".formatted(place, context, e.getProblem());
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("it cannot be read");
  }
}
