package io.winnow.operators.flink;

import io.winnow.operators.task.AnswerCache.Answer;
import io.winnow.operators.task.EnrichedText;
import io.winnow.operators.text.Reason;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;

/**
 * What an SLM operator tells of its work. The names are promises to users: they stand in
 * operators/README.md.
 */
final class SlmMetrics {
  static final String GROUP = "winnow";
  static final String RECORDS = "records";
  static final String TOKENS = "tokens";
  static final String WINDOWS = "windows";
  static final String INFERENCE_NANOS = "inferenceNanos";
  static final String CACHE_HITS = "cacheHits";
  static final String CACHE_SAVED_NANOS = "cacheSavedNanos";
  static final String TOKENS_PER_SECOND = "tokensPerSecond";
  static final String MODEL_LOAD_MILLIS = "modelLoadMillis";

  private final Counter records;
  private final Counter tokens;
  private final Counter windows;
  private final Counter inferenceNanos;
  private final Counter cacheHits;
  private final Counter cacheSavedNanos;
  private final RejectionCounters rejected;

  SlmMetrics(MetricGroup operator, long loadNanos) {
    MetricGroup group = operator.addGroup(GROUP);
    this.records = group.counter(RECORDS);
    this.tokens = group.counter(TOKENS);
    this.windows = group.counter(WINDOWS);
    this.inferenceNanos = group.counter(INFERENCE_NANOS);
    this.cacheHits = group.counter(CACHE_HITS);
    this.cacheSavedNanos = group.counter(CACHE_SAVED_NANOS);
    group.meter(TOKENS_PER_SECOND, new MeterView(tokens));
    long loadMillis = TimeUnit.NANOSECONDS.toMillis(loadNanos);
    group.gauge(MODEL_LOAD_MILLIS, (Gauge<Long>) () -> loadMillis);
    this.rejected = new RejectionCounters(operator);
  }

  void enriched(Answer answer) {
    records.inc();
    if (answer.repeated()) {
      cacheHits.inc();
      cacheSavedNanos.inc(answer.text().inferenceNanos());
    } else {
      computed(answer.text());
    }
  }

  private void computed(EnrichedText answer) {
    tokens.inc(answer.tokensRead());
    windows.inc(answer.windows());
    inferenceNanos.inc(answer.inferenceNanos());
  }

  void rejected(Reason reason) {
    rejected.count(reason);
  }
}
