package io.winnow.operators;

import io.winnow.operators.task.AnswerCache;
import io.winnow.operators.task.EnrichedText;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the answer cache, full and of the default size, adds to a text that never came before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AnswerCacheBenchmark {
  private static final long BYTES = 32 << 20;
  private static final String FINGERPRINT = "94b58e2c20c6a47885855350a31eb727";
  private static final String SENTENCE = "My card was declined twice in Lisbon. ".repeat(4);

  private final AnswerCache cache = new AnswerCache(BYTES);
  private final EnrichedText answer = new EnrichedText(40, 40, 1, 1_000, List.of());
  private long texts;

  @Benchmark
  public Object withoutCache() {
    return next().isEmpty() ? "" : answer;
  }

  @Benchmark
  public Object neverBefore() throws Exception {
    return cache.answer(FINGERPRINT, next(), text -> answer);
  }

  @Benchmark
  public Object repeated() throws Exception {
    return cache.answer(FINGERPRINT, SENTENCE, text -> answer);
  }

  private String next() {
    texts++;
    return SENTENCE + texts;
  }
}
