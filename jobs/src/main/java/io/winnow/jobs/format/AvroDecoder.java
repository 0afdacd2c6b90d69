package io.winnow.jobs.format;

import io.winnow.jobs.pipeline.TextPath;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import java.util.List;
import org.apache.avro.Schema;

/** Reads values that are one record each in Avro's binary encoding. */
record AvroDecoder(Schema schema, TextPaths paths) implements EventDecoder {
  AvroDecoder {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "Expected the schema of a record, but found that of type '%s'; name the schema of the topic's values"
              .formatted(schema.getType().getName()));
    }
  }

  AvroDecoder(Schema schema, List<TextPath> paths) {
    this(schema, new TextPaths(paths));
  }

  @Override
  public List<TextField> texts(byte[] value) throws RejectedException {
    return paths.texts(AvroReader.read(schema, value));
  }
}
