package io.winnow.jobs.format;

import io.winnow.jobs.pipeline.TextPath;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import java.util.List;

/** Reads values that are one JSON object each. */
record JsonDecoder(TextPaths paths) implements EventDecoder {
  JsonDecoder(List<TextPath> paths) {
    this(new TextPaths(paths));
  }

  @Override
  public List<TextField> texts(byte[] value) throws RejectedException {
    return paths.texts(JsonReader.readObject(value));
  }
}
