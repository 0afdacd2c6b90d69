package io.winnow.jobs.pipeline;

import io.winnow.operators.config.Kind;
import io.winnow.operators.config.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads the format of the source, and its Avro schema. */
final class FormatReader {
  private static final Path NO_PATH = Path.of("");
  private static final Kind<Path> PATH = Kind.parsed("a path", NO_PATH, Path::of);

  private FormatReader() {}

  /** Returns the format; empty where there is a problem. */
  static Optional<InputFormat> read(Section source) {
    boolean hasSchema = source.has("schema");
    if (!source.has("format")) {
      return withoutSchema(source, hasSchema, new InputFormat.Json());
    }

    return source
        .optional("format", Kind.choice(Name.class))
        .flatMap(
            name ->
                switch (name) {
                  case JSON -> withoutSchema(source, hasSchema, new InputFormat.Json());
                  case TEXT -> withoutSchema(source, hasSchema, new InputFormat.Text());
                  case AVRO -> schema(source).map(InputFormat.Avro::new);
                  case AVRO_REGISTRY ->
                      withoutSchema(source, hasSchema, new InputFormat.AvroRegistry());
                });
  }

  private static Optional<InputFormat> withoutSchema(
      Section source, boolean hasSchema, InputFormat format) {
    if (hasSchema) {
      source.problem("schema", "expected with format avro only; correct the format or remove it");
    }

    return Optional.of(format);
  }

  private static Optional<Schema> schema(Section source) {
    Path path = source.required("schema", PATH);
    if (path.equals(NO_PATH)) {
      return Optional.empty();
    }

    try {
      Schema schema = new Schema.Parser().parse(Files.readString(path));
      if (schema.getType() == Schema.Type.RECORD) {
        return Optional.of(schema);
      }

      source.problem(
          "schema", "expected the Avro schema of a record, found that of type " + schema.getType());
    } catch (IOException e) {
      source.problem(
          "schema",
          "expected a readable Avro schema, but %s gives %s"
              .formatted(source.shown("schema"), e.getClass().getSimpleName()));
    } catch (AvroRuntimeException e) {
      source.problem(
          "schema",
          "expected an Avro schema, but %s is none: %s"
              .formatted(source.shown("schema"), e.getMessage()));
    }
    return Optional.empty();
  }

  private enum Name {
    JSON,
    TEXT,
    AVRO,
    AVRO_REGISTRY
  }
}
