package io.winnow.operators.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What a single value must be.
 *
 * @param <T> what it is read as
 */
public final class Kind<T> {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");

  private final String expected;
  private final T harmless;
  private final Function<Scalar, Optional<T>> reading;
  private final Function<Scalar, String> hint;

  private Kind(
      String expected,
      T harmless,
      Function<Scalar, Optional<T>> reading,
      Function<Scalar, String> hint) {
    this.expected = expected;
    this.harmless = harmless;
    this.reading = reading;
    this.hint = hint;
  }

  /** Any text but an empty one. */
  public static Kind<String> string() {
    return parsed("a non-empty string", "", text -> text);
  }

  /**
   * A text that stands for something else.
   *
   * @param expected what it must be, such as "a date"
   * @param harmless taken where there is a problem
   * @param parse throws a {@link RuntimeException} for any other text
   */
  public static <T> Kind<T> parsed(String expected, T harmless, Function<String, T> parse) {
    return new Kind<>(
        expected,
        harmless,
        scalar ->
            scalar.mayBe(Tag.STR) && !scalar.text().isBlank()
                ? attempt(parse, scalar.text())
                : Optional.empty(),
        Scalar::quotingHint);
  }

  /** A whole number, both ends included. */
  public static Kind<Integer> integer(int min, int max) {
    String range = max == Integer.MAX_VALUE ? "of at least " + min : "from " + min + " to " + max;
    return new Kind<>(
        "a whole number " + range,
        min,
        scalar ->
            Optional.of(scalar)
                .filter(number -> number.mayBe(Tag.INT))
                .filter(number -> INTEGER.matcher(number.text()).matches())
                .map(number -> Long.parseLong(number.text()))
                .filter(number -> number >= min && number <= max)
                .map(Long::intValue),
        scalar -> "");
  }

  /** A whole number of at least {@code min}. */
  public static Kind<Integer> integer(int min) {
    return integer(min, Integer.MAX_VALUE);
  }

  /** A number, both ends included. */
  public static Kind<Double> number(double min, double max) {
    return new Kind<>(
        "a number from %s to %s".formatted(plain(min), plain(max)),
        min,
        scalar ->
            Optional.of(scalar)
                .filter(number -> number.mayBe(Tag.FLOAT) || number.mayBe(Tag.INT))
                .filter(number -> DECIMAL.matcher(number.text()).matches())
                .map(number -> Double.parseDouble(number.text()))
                .filter(number -> number >= min && number <= max),
        scalar -> "");
  }

  /** {@code true} or {@code false}; other words for them are no booleans in YAML 1.2. */
  public static Kind<Boolean> bool() {
    return new Kind<>(
        "true or false",
        false,
        scalar ->
            Optional.of(scalar)
                .filter(flag -> flag.mayBe(Tag.BOOL))
                .map(flag -> flag.text().toLowerCase(Locale.ROOT))
                .filter(flag -> flag.equals("true") || flag.equals("false"))
                .map(Boolean::valueOf),
        scalar -> "");
  }

  /** A duration with its unit, such as {@code 10s}. */
  public static Kind<Duration> duration(Duration min) {
    return new Kind<>(
        "a duration of at least %d ms with its unit, such as 10s, 500ms or 5 min"
            .formatted(min.toMillis()),
        min,
        scalar ->
            Optional.of(scalar)
                .filter(duration -> duration.mayBe(Tag.STR))
                .flatMap(duration -> Durations.parse(duration.text()))
                .filter(duration -> duration.compareTo(min) >= 0),
        scalar -> "");
  }

  /** A size in bytes, or with its unit, such as {@code 16mb}; both ends included. */
  public static Kind<Long> bytes(long min, long max) {
    return new Kind<>(
        "a size from %d to %d bytes, such as 1048576, 512 kb or 16mb".formatted(min, max),
        min,
        scalar ->
            Optional.of(scalar)
                .filter(size -> size.mayBe(Tag.STR) || size.mayBe(Tag.INT))
                .flatMap(size -> Sizes.parse(size.text()))
                .filter(size -> size >= min && size <= max),
        scalar -> "");
  }

  /** One of the constants, written in lower case with hyphens. */
  public static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    List<String> words = constants.stream().map(Kind::word).toList();
    return new Kind<>(
        oneOf(words),
        constants.get(0),
        scalar ->
            Optional.of(scalar)
                .filter(choice -> choice.mayBe(Tag.STR))
                .map(choice -> words.indexOf(choice.text()))
                .filter(index -> index >= 0)
                .map(constants::get),
        scalar -> scalar.substituted() ? "" : Nearest.hint(scalar.text(), words));
  }

  /** Any single value, as its text. */
  public static Kind<String> scalar() {
    return new Kind<>(
        "a single value",
        "",
        scalar -> Optional.of(scalar).filter(given -> !given.isNothing()).map(Scalar::text),
        scalar -> "");
  }

  Optional<T> read(Scalar scalar) {
    return reading.apply(scalar);
  }

  String expected() {
    return expected;
  }

  /** Returns what to say of a value that is not of this kind. */
  String mismatch(Scalar scalar) {
    return "expected %s, found %s%s".formatted(expected, scalar.shown(), hint.apply(scalar));
  }

  T harmless() {
    return harmless;
  }

  private static <T> Optional<T> attempt(Function<String, T> parse, String text) {
    try {
      return Optional.of(parse.apply(text));
    } catch (RuntimeException e) { // its message may show the text, which may be a secret
      return Optional.empty();
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String oneOf(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
