package io.winnow.jobs.format;

import java.util.Comparator;

/** Where a record was read from before it was enriched: what is of one record has it in common. */
public record SourceOffset(String topic, int partition, long offset)
    implements Comparable<SourceOffset> {
  private static final Comparator<SourceOffset> ORDER =
      Comparator.comparing(SourceOffset::topic)
          .thenComparingInt(SourceOffset::partition)
          .thenComparingLong(SourceOffset::offset);

  @Override
  public int compareTo(SourceOffset other) {
    return ORDER.compare(this, other);
  }

  /** Returns it in words. */
  public String words() {
    return "%s, partition %d, offset %d".formatted(topic, partition, offset);
  }
}
