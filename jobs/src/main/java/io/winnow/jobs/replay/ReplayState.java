package io.winnow.jobs.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How far a replay came. */
public enum ReplayState {
  /** A process works on it. */
  @JsonProperty("running")
  RUNNING,
  /** Its process is gone before its end. */
  @JsonProperty("stopped")
  STOPPED,
  /** Flink gave up. */
  @JsonProperty("failed")
  FAILED,
  @JsonProperty("finished")
  FINISHED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
