package io.winnow.jobs.cli;

import io.winnow.operators.model.Aggregation;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an aggregation by the word that stands for it in a pipeline file, too. */
final class AggregationWord implements ITypeConverter<Aggregation>, Iterable<String> {
  @Override
  public Aggregation convert(String text) {
    return Stream.of(Aggregation.values())
        .filter(aggregation -> word(aggregation).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s, found '%s'".formatted(String.join(", ", this), text)));
  }

  @Override
  public Iterator<String> iterator() {
    return Stream.of(Aggregation.values()).map(AggregationWord::word).iterator();
  }

  private static String word(Aggregation aggregation) {
    return aggregation.name().toLowerCase(Locale.ROOT);
  }
}
