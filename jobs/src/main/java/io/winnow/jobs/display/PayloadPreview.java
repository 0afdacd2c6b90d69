package io.winnow.jobs.display;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first bytes of a payload or key: as text where they are text, else in hexadecimal. */
final class PayloadPreview {
  private static final int BYTES_PER_CELL = 4; // the most that UTF-8 needs for one character
  private static final int HEX_CELLS = 3; // two digits and a space

  private PayloadPreview() {}

  /** Returns the size of a payload and as much of it as the cells hold. */
  static VisibleText of(@Nullable ByteBuffer payload, int cells) {
    if (payload == null) {
      return VisibleText.of("no payload");
    }

    int size = payload.remaining();
    String count = size == 1 ? "1 byte" : size + " bytes";
    return size == 0
        ? VisibleText.of(count)
        : VisibleText.of(count + ": " + content(payload, cells)).clipped(cells);
  }

  /** Returns the bytes as text where they are text, else in hexadecimal; enough for the cells. */
  static String content(ByteBuffer bytes, int cells) {
    return text(bytes, cells * BYTES_PER_CELL).orElseGet(() -> hex(bytes, cells / HEX_CELLS + 1));
  }

  private static Optional<String> text(ByteBuffer bytes, int limit) {
    int size = Math.min(bytes.remaining(), limit);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(size);
    // At the limit a character may be cut in two; that is no error.
    boolean whole = size == bytes.remaining();
    if (decoder.decode(bytes.slice(bytes.position(), size), text, whole).isError()) {
      return Optional.empty();
    }

    String decoded = text.flip().toString();
    long controls = decoded.chars().filter(c -> c < ' ' && !Character.isWhitespace(c)).count();
    return controls * 10 > decoded.length() ? Optional.empty() : Optional.of(decoded);
  }

  private static String hex(ByteBuffer bytes, int limit) {
    StringBuilder hex = new StringBuilder();
    int size = Math.min(bytes.remaining(), limit);
    for (int i = 0; i < size; i++) {
      hex.append(i == 0 ? "" : " ").append("%02x".formatted(bytes.get(bytes.position() + i)));
    }
    return hex.toString();
  }
}
