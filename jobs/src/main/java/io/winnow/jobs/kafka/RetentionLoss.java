package io.winnow.jobs.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;

/** Recognizes that retention took records which a replay had still to read. */
public final class RetentionLoss {
  private RetentionLoss() {}

  /** Returns what to tell a user where that made a job fail. */
  public static Optional<String> explain(Throwable failure, String topic) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isLoss(cause)) {
        return Optional.of(
            "Expected topic '%s' to hold the range until it is read, but it holds its start no more: retention took it, or the topic was made anew. Replay what is left with a later --from (%s)"
                .formatted(topic, cause.getMessage()));
      }
    }
    return Optional.empty();
  }

  /** Flink may have wrapped it so that only its name is left. */
  private static boolean isLoss(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof OffsetOutOfRangeException
        || cause instanceof NoOffsetForPartitionException
        || message.contains(OffsetOutOfRangeException.class.getSimpleName())
        || message.contains(NoOffsetForPartitionException.class.getSimpleName());
  }
}
