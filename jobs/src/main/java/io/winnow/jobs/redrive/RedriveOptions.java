package io.winnow.jobs.redrive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters a user wants to send back.
 *
 * @param from start of the range of the dead-letter topic, as it was written
 * @param to end of the range, as it was written
 * @param reasons codes of the reasons; empty for all
 * @param replay id of the replay that made them; null for the live job
 */
public record RedriveOptions(
    String from, String to, List<String> reasons, @Nullable String replay) {
  public RedriveOptions {
    reasons = List.copyOf(reasons);
  }

  boolean takes(String reason) {
    return reasons.isEmpty() || reasons.contains(reason);
  }
}
