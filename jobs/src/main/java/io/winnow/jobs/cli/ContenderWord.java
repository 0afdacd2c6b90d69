package io.winnow.jobs.cli;

import io.winnow.jobs.bench.ContenderKind;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;

/** Reads a contender by its word. */
final class ContenderWord implements ITypeConverter<ContenderKind>, Iterable<String> {
  private final Words<ContenderKind> words =
      new Words<>(ContenderKind.values(), ContenderKind::word);

  @Override
  public ContenderKind convert(String text) {
    return words.value(text);
  }

  @Override
  public Iterator<String> iterator() {
    return words.all().iterator();
  }
}
