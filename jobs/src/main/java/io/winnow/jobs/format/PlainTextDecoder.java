package io.winnow.jobs.format;

import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import java.util.List;

/** Takes the whole value as the text. */
record PlainTextDecoder() implements EventDecoder {
  private static final String WHOLE_PAYLOAD = "";

  @Override
  public List<TextField> texts(byte[] value) throws RejectedException {
    return List.of(new TextField(WHOLE_PAYLOAD, Utf8.decode(value)));
  }
}
