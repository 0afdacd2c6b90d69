package io.winnow.jobs.replay;

import io.winnow.operators.config.ConfigurationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns the bounds of a range into offsets, with every problem at once. */
public final class RangeResolver {
  private final TopicFacts topic;
  private final Bounds bounds;
  private final Bound from;
  private final Bound to;
  private final List<String> problems = new ArrayList<>();

  private RangeResolver(TopicFacts topic, Bounds bounds) {
    this.topic = topic;
    this.bounds = bounds;
    this.from = bounds.from();
    this.to = bounds.to();
  }

  /**
   * Returns the range.
   *
   * @throws ConfigurationException if there is nothing in it, or it is not the topic's
   */
  public static ReplayRange resolve(TopicFacts topic, Bounds bounds) throws ConfigurationException {
    return new RangeResolver(topic, bounds).range();
  }

  /**
   * Returns the ranges of the partitions that have one, which may be none.
   *
   * @throws ConfigurationException if a range is not the topic's
   */
  public static List<PartitionRange> ranges(TopicFacts topic, Bounds bounds)
      throws ConfigurationException {
    return new RangeResolver(topic, bounds).ranges();
  }

  /** Returns what a user should know of the topic before a replay from there. */
  public static List<String> warnings(TopicFacts topic, Bound from) {
    List<String> warnings = new ArrayList<>();
    Set<Integer> taken = new TreeSet<>();
    for (PartitionFacts partition : topic.partitions()) {
      if (from instanceof Bound.At
          && partition.earliest() > 0
          && partition.from().exists()
          && partition.from().offset() <= partition.first().offset()) {
        taken.add(partition.partition());
      }
    }
    if (!taken.isEmpty()) {
      warnings.add(
          "--from lies before the first record that topic '%s' still holds in the partitions %s: retention may have taken records of the range"
              .formatted(topic.topic(), taken));
    }
    if (topic.compacted()) {
      warnings.add(
          "topic '%s' is compacted: of each key only the last record may be left"
              .formatted(topic.topic()));
    }
    return warnings;
  }

  private ReplayRange range() throws ConfigurationException {
    List<PartitionRange> ranges = ranges();
    if (ranges.isEmpty()) {
      throw new ConfigurationException(
          "%s: expected a range with records, found none; %s"
              .formatted(bounds.options(), topic.holdings()));
    }
    return new ReplayRange(topic.topic(), ranges, first(ranges), last());
  }

  private List<PartitionRange> ranges() throws ConfigurationException {
    checkOrder();
    checkPartitions(bounds.fromOption(), from);
    checkPartitions(bounds.toOption(), to);
    requireNoProblem();
    List<PartitionRange> ranges = new ArrayList<>();
    for (PartitionFacts partition : topic.partitions()) {
      range(partition).filter(range -> range.offsets() > 0).ifPresent(ranges::add);
    }
    requireNoProblem();
    return ranges;
  }

  private void requireNoProblem() throws ConfigurationException {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private void checkOrder() {
    if (from instanceof Bound.At start
        && to instanceof Bound.At end
        && !start.instant().isBefore(end.instant())) {
      problems.add(
          "%s: expected a time after the start %s, found %s"
              .formatted(bounds.toOption(), start.instant(), end.instant()));
    }
  }

  private void checkPartitions(String option, Bound bound) {
    if (bound instanceof Bound.Offsets offsets) {
      Set<Integer> expected = new TreeSet<>();
      topic.partitions().forEach(partition -> expected.add(partition.partition()));
      if (!offsets.byPartition().keySet().equals(expected)) {
        problems.add(
            "%s: expected an offset for each of the partitions %s of topic '%s', found %s"
                .formatted(
                    option,
                    expected,
                    topic.topic(),
                    new TreeSet<>(offsets.byPartition().keySet())));
      }
    }
  }

  private Optional<PartitionRange> range(PartitionFacts partition) {
    long start = offset(bounds.fromOption(), from, partition, partition.from());
    long end = offset(bounds.toOption(), to, partition, partition.to());
    if (end >= start) {
      return Optional.of(new PartitionRange(partition.partition(), start, end));
    }
    problems.add(
        "%s: expected an offset from %d on, where the range starts in partition %d, found %d"
            .formatted(bounds.toOption(), start, partition.partition(), end));
    return Optional.empty();
  }

  private long offset(String option, Bound bound, PartitionFacts partition, Position found) {
    if (bound instanceof Bound.Offsets offsets) {
      return checked(option, partition, offsets);
    }
    if (bound instanceof Bound.Earliest) {
      return partition.earliest();
    }
    boolean within = bound instanceof Bound.At && found.exists();
    return within // a record that is not committed yet may lie behind the end
        ? Math.min(Math.max(found.offset(), partition.earliest()), partition.end())
        : partition.end();
  }

  private long checked(String option, PartitionFacts partition, Bound.Offsets offsets) {
    long offset = offsets.byPartition().getOrDefault(partition.partition(), -1L);
    if (offset < partition.earliest() || offset > partition.end()) {
      problems.add(
          "%s: expected an offset from %d to %d in partition %d, as topic '%s' holds, found %d"
              .formatted(
                  option,
                  partition.earliest(),
                  partition.end(),
                  partition.partition(),
                  topic.topic(),
                  offset));
      return Math.min(Math.max(offset, partition.earliest()), partition.end());
    }
    return offset;
  }

  /** Returns the time of the first record, where the broker told it. */
  private @Nullable String first(List<PartitionRange> ranges) {
    if (from instanceof Bound.Offsets) {
      return null;
    }
    Set<Integer> replayed = new TreeSet<>();
    ranges.forEach(range -> replayed.add(range.partition()));
    return topic.partitions().stream()
        .filter(partition -> replayed.contains(partition.partition()))
        .map(partition -> from instanceof Bound.At ? partition.from() : partition.first())
        .filter(Position::exists)
        .map(Position::time)
        .min(Instant::compareTo)
        .map(Instant::toString)
        .orElse(null);
  }

  private @Nullable String last() {
    Optional<Instant> newest = topic.newest();
    if (to instanceof Bound.At at) {
      return newest.filter(time -> time.isBefore(at.instant())).orElse(at.instant()).toString();
    }
    return to instanceof Bound.Now ? newest.map(Instant::toString).orElse(null) : null;
  }
}
