package io.winnow.jobs.pipeline;

/**
 * Where events come from.
 *
 * @param bootstrapServers of the cluster of all topics
 */
public record SourceOptions(
    String bootstrapServers, String topic, InputFormat format, Start start) {}
