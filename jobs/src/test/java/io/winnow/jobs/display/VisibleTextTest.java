package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
  private static final Set<Integer> REFUSED =
      Set.of((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.SURROGATE);
  private static final String FAMILY = "👨‍👩‍👧";
  private static final String ENGLAND = "\uD83C\uDFF4" + tags("gbeng") + tag(0x7F);

  static Stream<Arguments> dangers() {
    return Stream.of(
        Arguments.of("a\nb\r\nc\rd", "a⏎b⏎c␍d"),
        Arguments.of("a\tb\u2028c", "a⇥b⏎c"),
        Arguments.of("\u001B[31mred\u001B[0m", "␛[31mred␛[0m"),
        Arguments.of("\u001B]0;title\u0007", "␛]0;title␇"),
        Arguments.of("\0\u007F", "␀␡"),
        Arguments.of("\u009B31m\u0085", "<U+009B>31m<U+0085>"),
        Arguments.of("a\u202Egpj.exe\u202C", "a<U+202E>gpj.exe<U+202C>"),
        Arguments.of("\u2066x\u2069\u200F", "<U+2066>x<U+2069><U+200F>"),
        Arguments.of("a\u200Bb\uFEFF", "a<U+200B>b<U+FEFF>"),
        Arguments.of("a\uD83D b", "a<U+D83D> b"),
        Arguments.of("a" + tag('h') + tag('i'), "a<U+E0068><U+E0069>"));
  }

  @ParameterizedTest
  @MethodSource("dangers")
  void whatATerminalWouldObeyIsShownAsASymbol(String text, String shown) {
    assertThat(VisibleText.of(text).plain()).isEqualTo(shown);
  }

  @Test
  void noControlOrFormatCharacterOfAllUnicodePasses() {
    String all =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> REFUSED.contains(Character.getType(c)))
            .mapToObj(Character::toString)
            .collect(Collectors.joining("x"));

    assertThat(VisibleText.of(all).plain().codePoints())
        .filteredOn(c -> c != 0x200C && c != 0x200D)
        .noneMatch(c -> REFUSED.contains(Character.getType(c)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Grüße", "می‌خواهم", "क्षि", FAMILY, "🇮🇸", "e\u0301", "我的银行"})
  void whatPeopleWriteStaysAsItIs(String text) {
    assertThat(VisibleText.of(text).painted(Palette.COLOUR)).isEqualTo(text);
    assertThat(VisibleText.of(ENGLAND).plain()).isEqualTo(ENGLAND);
  }

  @ParameterizedTest
  @CsvSource({
    "abc,3",
    "e\u0301,1",
    "我的,4",
    "🙈,2",
    "👨‍👩‍👧,2",
    "🇮🇸,2",
    "☕,2",
    "❤️,2",
    "한,2",
    "ｆ,2"
  })
  void cellsAreThoseOfATerminal(String text, int cells) {
    assertThat(VisibleText.of(text).cells()).isEqualTo(cells);
  }

  @Test
  void symbolsAreFaintToTellThemFromTheSameSignsInTheText() {
    assertThat(VisibleText.of("␛\u001B").painted(Palette.COLOUR)).isEqualTo("␛\u001B[2m␛\u001B[0m");
  }

  @ParameterizedTest
  @CsvSource({
    "one two three four five six, 20, one two … six",
    "one two three four five six, 27, one two three four five six",
    "one two three four five six, 26, one two three … six",
    "abcdefghijklmnopqrstuvwxyz0123456789, 16, abcdefghij…56789",
    "abcdefghij, 1, …"
  })
  void theMiddleIsLeftOutFirst(String text, int cells, String shown) {
    assertThat(VisibleText.of(text).shortened(cells).plain()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {FAMILY, "e\u0301\u0323", "🙈", "我", "🇮🇸", "한"})
  void noCutGoesThroughAGlyph(String glyph) {
    String text = glyph.repeat(12);
    for (int cells = 1; cells < 24; cells++) {
      VisibleText shortened = VisibleText.of(text).shortened(cells);

      assertThat(shortened.cells()).isLessThanOrEqualTo(cells);
      assertThat(shortened.plain().replace(glyph, "")).isIn("", "…");
      assertThat(VisibleText.of(text).clipped(cells).plain().replace(glyph, "")).isIn("", "…");
    }
  }

  @Test
  void longTextIsWrappedAtWordsAndItsLastLineShortened() {
    VisibleText text = VisibleText.of("one two three four five six seven eight nine ten");

    assertThat(text.wrapped(15, 9))
        .extracting(VisibleText::plain)
        .containsExactly("one two three ", "four five six ", "seven eight ", "nine ten");
    assertThat(text.wrapped(15, 2))
        .extracting(VisibleText::plain)
        .containsExactly("one two three ", "four five … ten");
  }

  private static String tags(String letters) {
    return letters.chars().mapToObj(VisibleTextTest::tag).collect(Collectors.joining());
  }

  private static String tag(int letter) {
    return Character.toString(0xE0000 + letter);
  }
}
