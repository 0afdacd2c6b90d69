package io.winnow.jobs.display;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.redrive.LetterGroup;
import io.winnow.jobs.redrive.LetterId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LetterPrinterTest {
  @Test
  void nothingOfARecordReachesTheTerminalAsAControlCharacter() {
    String shown =
        print(
            example(
                "\u001b[2J found",
                bytes("\u001b]0;title\u0007{\"text\": \"a text of some length\"}")));

    assertThat(shown)
        .doesNotContain("\u001b", "\u0007")
        .contains("found", "{\"text\": \"a text of some length\"}");
  }

  @Test
  void aMessageIsWrappedAsItsEndSaysWhatToDo() {
    String shown = print(example("expected and found, ".repeat(8) + "raise the limit", null));

    assertThat(shown).contains("raise the limit", "no payload");
    assertThat(shown.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(100));
  }

  @Test
  void bytesThatAreNoTextAreShownInHexadecimal() {
    String shown = print(example("found", ByteBuffer.wrap(new byte[] {0, (byte) 0xff, 1})));

    assertThat(shown).contains("3,000 bytes: 00 ff 01", "replay r, attempt 2");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static LetterGroup.Example example(String message, @Nullable ByteBuffer start) {
    return new LetterGroup.Example(
        new LetterId("support", "messages", 0, 7, "r"), 2, message, start, 3000);
  }

  private static String print(LetterGroup.Example example) {
    StringWriter shown = new StringWriter();
    LetterGroup group =
        new LetterGroup("decode", "invalid-json", 1, 0, 1_000, 1_000, List.of(example));
    new LetterPrinter(new PrintWriter(shown), Palette.PLAIN, 100).print(List.of(group), "dead");
    return shown.toString();
  }
}
