package io.winnow.operators;

import io.winnow.operators.flink.crash.CrashBreaker;
import io.winnow.operators.flink.crash.CrashOptions;
import io.winnow.schemas.SourcePosition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.util.FileUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the breaker adds to each record in normal running, beside {@code crash-limit: 0}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CrashBreakerBenchmark {
  private static final SourcePosition SOURCE = new SourcePosition("messages", 3, 7L, 1_700L);

  @Param({"0", "3"})
  public int limit;

  private Path folder;
  private CrashBreaker breaker;
  private int answer;

  @Setup
  public void open() throws Exception {
    folder = Files.createTempDirectory("winnow-benchmark-");
    breaker =
        CrashBreaker.open(
            new CrashOptions(limit, folder.toString(), "job"),
            "support",
            null,
            ExecutionAttemptID.randomId());
  }

  @TearDown
  public void close() {
    breaker.close();
    FileUtils.deleteDirectoryQuietly(folder.toFile());
  }

  @Benchmark
  public int read() throws Exception {
    return breaker.read(SOURCE, () -> answer++);
  }
}
