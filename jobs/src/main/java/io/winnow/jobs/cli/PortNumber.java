package io.winnow.jobs.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port. */
final class PortNumber implements ITypeConverter<Integer> {
  private static final int MAX = 65_535;

  @Override
  public Integer convert(String text) {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX) {
      return Integer.valueOf(text);
    }
    throw new TypeConversionException(
        "expected a port from 0 (any free one) to %d, found '%s'".formatted(MAX, text));
  }
}
