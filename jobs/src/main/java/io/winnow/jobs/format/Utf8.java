package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/** UTF-8 without replacement: text that encodes to the very same bytes, or none. */
final class Utf8 {
  private static final char REPLACEMENT = '\ufffd';
  private static final int VALID = -1;

  private Utf8() {}

  static String decode(byte[] bytes) throws RejectedException {
    return decode(bytes, 0, bytes.length);
  }

  /** Decodes {@code length} bytes from {@code start}; positions told are those in {@code bytes}. */
  static String decode(byte[] bytes, int start, int length) throws RejectedException {
    String text = new String(bytes, start, length, UTF_8);
    int malformed = firstMalformed(text, bytes, start, length);
    if (malformed != VALID) {
      throw new RejectedException(
          Reason.INVALID_UTF8,
          "Expected UTF-8, but found the byte 0x%02X at position %d that no character has there; correct the encoding of the producer"
              .formatted(bytes[malformed], malformed));
    }

    return text;
  }

  /** Returns the text that encodes to {@code bytes}; empty where there is none. */
  static Optional<String> tryDecode(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    return firstMalformed(text, bytes, 0, bytes.length) == VALID
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The strict decoder is slow: it runs only where {@code text} may hold a replacement. */
  private static int firstMalformed(String text, byte[] bytes, int start, int length) {
    if (text.indexOf(REPLACEMENT) < 0) {
      return VALID;
    }

    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, start, length);
    boolean malformed = decoder.decode(in, CharBuffer.allocate(length), true).isError();
    return malformed ? in.position() : VALID;
  }
}
