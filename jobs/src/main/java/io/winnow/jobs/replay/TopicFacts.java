package io.winnow.jobs.replay;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a topic held at one moment.
 *
 * @param partitions by their numbers
 * @param compacted whether of each key only the last record may be left
 */
public record TopicFacts(String topic, List<PartitionFacts> partitions, boolean compacted) {
  public TopicFacts {
    partitions = List.copyOf(partitions);
  }

  Optional<Instant> oldest() {
    return partitions.stream()
        .filter(partition -> !partition.isEmpty() && partition.first().exists())
        .map(partition -> partition.first().time())
        .min(Instant::compareTo);
  }

  Optional<Instant> newest() {
    return partitions.stream()
        .filter(partition -> !partition.isEmpty() && partition.newest().exists())
        .map(partition -> partition.newest().time())
        .max(Instant::compareTo);
  }

  /** Says what it holds, as the end of a sentence. */
  String holdings() {
    long offsets = partitions.stream().mapToLong(p -> p.end() - p.earliest()).sum();
    if (offsets == 0) {
      return "topic '%s' holds no committed record".formatted(topic);
    }
    String times =
        oldest()
            .flatMap(from -> newest().map(to -> ", of %s to %s".formatted(from, to)))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "topic '%s' holds at most %,d records in %d partitions%s",
        topic,
        offsets,
        partitions.size(),
        times);
  }
}
