package io.winnow.jobs.cli;

import io.winnow.jobs.bench.WorkloadKind;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;

/** Reads a workload by its word. */
final class WorkloadWord implements ITypeConverter<WorkloadKind>, Iterable<String> {
  private final Words<WorkloadKind> words = new Words<>(WorkloadKind.values(), WorkloadKind::word);

  @Override
  public WorkloadKind convert(String text) {
    return words.value(text);
  }

  @Override
  public Iterator<String> iterator() {
    return words.all().iterator();
  }
}
