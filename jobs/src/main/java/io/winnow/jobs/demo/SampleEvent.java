package io.winnow.jobs.demo;

import org.jspecify.annotations.Nullable;

/**
 * An event for the demo to publish.
 *
 * @param key key of the Kafka record
 * @param value value of the Kafka record, not to be changed; null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // events are published, never compared
public record SampleEvent(String key, byte @Nullable [] value) {}
