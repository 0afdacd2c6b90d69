package io.winnow.jobs.replay;

import org.jspecify.annotations.Nullable;

/**
 * What a user asks of a replay. What is null, the pipeline decides.
 *
 * @param from start of the range, as it was written
 * @param to end of the range, as it was written
 * @param toTopic topic of the enriched events
 * @param parallelism subtasks of each enrichment
 * @param maxRate records a second at the most, of all subtasks
 * @param yielding who comes first
 * @param onlyStale whether it reads the enriched topic, and takes what other models enriched
 */
public record ReplayOptions(
    String from,
    String to,
    @Nullable String toTopic,
    @Nullable Integer parallelism,
    @Nullable Double maxRate,
    @Nullable Yielding yielding,
    boolean onlyStale) {}
