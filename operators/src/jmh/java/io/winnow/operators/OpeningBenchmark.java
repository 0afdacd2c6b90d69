package io.winnow.operators;

import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.inference.NativeLibraries;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.seal.GoldenCheck;
import io.winnow.operators.task.Enricher;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;

/**
 * How long the first operator of a task manager takes with a bundle until it is ready: digests,
 * native libraries, model, golden records and an answer; in a new JVM each time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(7)
public class OpeningBenchmark {
  @Param("../deploy/models/support")
  public String model;

  private LoadedModel loaded;

  /** A task manager logs before it opens any model. */
  @Setup
  public void startLogging() {
    LoggerFactory.getLogger(OpeningBenchmark.class).debug("Opening {}", model);
  }

  @TearDown(Level.Iteration)
  public void close() {
    loaded.close();
  }

  /** Without the golden records, which a pipeline may leave out. */
  @Benchmark
  public Object open() throws Exception {
    ModelBundle bundle = read();
    loaded = LoadedModel.open(bundle);
    return new Enricher(bundle, loaded).enrich("My card is lost");
  }

  @Benchmark
  public Optional<String> openAndCheck() throws Exception {
    ModelBundle bundle = read();
    loaded = LoadedModel.open(bundle);
    return GoldenCheck.mismatch(bundle, loaded);
  }

  /** As the operator does. */
  private ModelBundle read() throws Exception {
    NativeLibraries.begin();
    return BundleReader.read(Path.of(model), HeadOptions.NONE);
  }
}
