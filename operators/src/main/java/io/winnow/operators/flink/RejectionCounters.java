package io.winnow.operators.flink;

import io.winnow.operators.text.Reason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts the records that an operator rejects, by reason. */
public final class RejectionCounters {
  static final String REJECTED = "rejected";
  static final String REASON = "reason";

  private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

  /**
   * Registers a counter for each reason.
   *
   * @param operator metric group of the operator
   */
  public RejectionCounters(MetricGroup operator) {
    MetricGroup group = operator.addGroup(SlmMetrics.GROUP);
    for (Reason reason : Reason.values()) {
      counters.put(reason, group.addGroup(REASON, reason.code()).counter(REJECTED));
    }
  }

  public void count(Reason reason) {
    Counter counter = counters.get(reason);
    if (counter != null) {
      counter.inc();
    }
  }
}
