package io.winnow.jobs.cli;

import io.winnow.operators.config.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** Words of an option, each of which stands for a value. */
final class Words<T> {
  private final Map<String, T> values = new LinkedHashMap<>();

  Words(T[] values, Function<T, String> word) {
    for (T value : values) {
      this.values.put(word.apply(value), value);
    }
  }

  /** Returns the words in the order of their values. */
  List<String> all() {
    return List.copyOf(values.keySet());
  }

  T value(String word) {
    T value = values.get(word);
    if (value == null) {
      throw new TypeConversionException(
          "expected one of %s, found '%s'%s"
              .formatted(String.join(", ", all()), word, Nearest.hint(word, all())));
    }
    return value;
  }
}
