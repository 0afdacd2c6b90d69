package io.winnow.jobs.plan;

import io.winnow.jobs.replay.PartitionRange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline is to do, and what that takes.
 *
 * @param modelSeconds time of a core that the models take for an event, dead letters among them
 * @param repeated share of the events whose answer is taken from the cache
 * @param headRoom share of the capacity that stays free
 * @param slots slots of a task manager, each with a core
 * @param modelBytes native memory that the models of a task manager need, in bytes
 * @param rate events a second to enrich; null if there is no such goal
 * @param backfill history to enrich; null if there is none
 */
public record Demand(
    double modelSeconds,
    double repeated,
    double headRoom,
    int slots,
    long modelBytes,
    @Nullable Double rate,
    @Nullable Backfill backfill) {
  /**
   * Time of a core that Kafka's clients, the formats and Flink take for a record, in seconds: two
   * cores do 6,900 records a second with next to no model, broker included (jobs/SCALE.md).
   */
  public static final double RECORD_SECONDS = 2 / 6_900.0;

  /**
   * History to enrich.
   *
   * @param ranges the partitions with some of it
   * @param parallelism subtasks that are wanted
   */
  public record Backfill(List<PartitionRange> ranges, int parallelism) {
    public Backfill {
      ranges = List.copyOf(ranges);
    }

    /** Returns how many records there are at the most. */
    public long records() {
      return ranges.stream().mapToLong(PartitionRange::offsets).sum();
    }

    /** Returns the subtasks with work. */
    public int busy() {
      return shares().size();
    }

    /** Returns the records of the subtask with most of them, which the others do not help. */
    public long largestShare() {
      return shares().values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private Map<Integer, Long> shares() {
      return ranges.stream()
          .collect(
              Collectors.groupingBy(
                  range -> PartitionRange.subtask(range.partition(), parallelism),
                  Collectors.summingLong(PartitionRange::offsets)));
    }
  }

  /** Returns the events a second of a core. */
  public double eventsPerCore() {
    return 1 / (modelSeconds + RECORD_SECONDS);
  }

  /** Returns the events a second of a core where repeated texts cost no pass. */
  public double eventsPerCoreWithCache() {
    return 1 / (modelSeconds * (1 - repeated) + RECORD_SECONDS);
  }

  /** Returns the cores for a rate, with head-room; the answer cache is not counted on. */
  public long cores(double eventsPerSecond) {
    return (long) Math.ceil(eventsPerSecond / (eventsPerCore() * (1 - headRoom)));
  }

  public long taskManagers(double eventsPerSecond) {
    return -Math.floorDiv(-cores(eventsPerSecond), slots);
  }

  /** Returns how long a backfill takes, each subtask on a core of its own, in hours. */
  public double hours(Backfill history) {
    return history.largestShare() / eventsPerCore() / 3600;
  }
}
