package io.winnow.jobs.format;

import io.winnow.jobs.pipeline.TextPath;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import java.util.List;

/** Reads values that are one record each in Avro's binary encoding. */
record AvroDecoder(WriterSchemas writers, TextPaths paths) implements EventDecoder {
  AvroDecoder(WriterSchemas writers, List<TextPath> paths) {
    this(writers, new TextPaths(paths));
  }

  @Override
  public List<TextField> texts(byte[] value) throws RejectedException {
    return paths.texts(AvroReader.read(writers.of(value), value));
  }
}
