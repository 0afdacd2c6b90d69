package io.winnow.jobs.plan;

import org.jspecify.annotations.Nullable;

/**
 * What a pipeline is to do, and what that takes.
 *
 * @param eventsPerCore events a second that a core enriches
 * @param repeated share of the events whose answer is taken from the cache
 * @param headRoom share of the capacity that stays free
 * @param slots slots of a task manager, each with a core
 * @param modelBytes native memory that the models of a task manager need, in bytes
 * @param rate events a second to enrich; null if there is no such goal
 * @param backfill history to enrich; null if there is none
 */
public record Demand(
    double eventsPerCore,
    double repeated,
    double headRoom,
    int slots,
    long modelBytes,
    @Nullable Double rate,
    @Nullable Backfill backfill) {

  /**
   * History to enrich.
   *
   * @param records records at the most
   * @param partitions partitions with some of them
   * @param parallelism subtasks that are wanted
   */
  public record Backfill(long records, int partitions, int parallelism) {
    /** Returns the subtasks with work: each partition is one subtask's, for the sake of order. */
    public int busy() {
      return Math.min(partitions, parallelism);
    }
  }

  /** Returns the events a second of a core where repeated texts cost nothing. */
  public double eventsPerCoreWithCache() {
    return eventsPerCore / (1 - Math.min(repeated, 0.99));
  }

  /** Returns the cores for a rate, with head-room; the answer cache is not counted on. */
  public long cores(double eventsPerSecond) {
    return (long) Math.ceil(eventsPerSecond / (eventsPerCore * (1 - headRoom)));
  }

  public long taskManagers(double eventsPerSecond) {
    return -Math.floorDiv(-cores(eventsPerSecond), slots);
  }

  /** Returns how long a backfill takes with all its busy subtasks at work, in hours. */
  public double hours(Backfill history) {
    return history.records / (eventsPerCore * history.busy()) / 3600;
  }
}
