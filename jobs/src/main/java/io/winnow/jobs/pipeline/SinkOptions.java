package io.winnow.jobs.pipeline;

/** Where enriched events go. */
public record SinkOptions(String topic, OutputFormat format, Delivery delivery) {}
