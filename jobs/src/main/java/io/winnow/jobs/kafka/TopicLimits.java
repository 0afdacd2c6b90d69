package io.winnow.jobs.kafka;

import java.io.Serializable;

/**
 * What a topic takes.
 *
 * @param messageBytes largest batch ({@code max.message.bytes})
 * @param timestampBeforeMillis how far a timestamp may lie in the past ({@code
 *     message.timestamp.before.max.ms})
 * @param timestampAfterMillis how far a timestamp may lie in the future ({@code
 *     message.timestamp.after.max.ms})
 */
public record TopicLimits(int messageBytes, long timestampBeforeMillis, long timestampAfterMillis)
    implements Serializable {
  /** The defaults of a broker. */
  public static final TopicLimits DEFAULT = new TopicLimits(1_048_588, Long.MAX_VALUE, 3_600_000);

  TopicLimits less(int bytes) {
    return new TopicLimits(
        Math.max(1, messageBytes - bytes), timestampBeforeMillis, timestampAfterMillis);
  }

  /** Tells whether the topic takes a timestamp, in milliseconds since 1970-01-01T00:00:00Z. */
  boolean takes(long timestamp, long nowMillis) {
    return nowMillis - timestamp <= timestampBeforeMillis
        && timestamp - nowMillis <= timestampAfterMillis;
  }
}
