package io.winnow.operators;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What ONNX Runtime's options of a session change: a forward pass, with a thread for each core on
 * one session, and how long a session takes to open. {@code OURS} is what Winnow sets; the others
 * differ from it by an option or, of saved graphs, by what goes with them.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
public class SessionOptionsBenchmark {
  private static final long SOME_TOKEN = 1_000;

  /** Options to compare. */
  public enum Variant {
    OURS,
    MEMORY_PATTERN,
    ARENA,
    SPINNING,
    DENORMALS_AS_ZERO,
    NO_PREPACKING,
    PRECISE_INT8,
    BASIC_OPTIMIZATIONS,
    NO_OPTIMIZATIONS,
    /** Of a graph that was optimized before and saved. */
    SAVED_OPTIMIZED,
    /** The same in ONNX Runtime's own format, whose weights are used where they lie. */
    SAVED_ORT
  }

  @Param("../deploy/models/support")
  public String model;

  /** Tokens of the text. */
  @Param("36")
  public int tokens;

  @Param public Variant variant;

  private OrtEnvironment environment;
  private Path graph;
  private Path saved;
  private OrtSession session;
  private Map<String, OnnxTensorLike> inputs;

  @Setup
  public void open() throws Exception {
    environment = OrtEnvironment.getEnvironment();
    ModelBundle bundle = BundleReader.read(Path.of(model), HeadOptions.NONE);
    graph = bundle.graphFile();
    if (variant == Variant.SAVED_OPTIMIZED || variant == Variant.SAVED_ORT) {
      String suffix = variant == Variant.SAVED_ORT ? ".ort" : ".onnx";
      saved = Files.createTempFile("optimized", suffix);
      save(variant == Variant.SAVED_ORT);
      graph = saved;
    }
    session = opened();
    inputs = new HashMap<>();
    for (String input : session.getInputNames()) {
      long[] values = new long[tokens];
      Arrays.fill(values, value(input));
      inputs.put(
          input,
          OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, tokens}));
    }
  }

  private static long value(String input) {
    return switch (input) {
      case "input_ids" -> SOME_TOKEN;
      case "attention_mask" -> 1;
      default -> 0;
    };
  }

  private void save(boolean ort) throws OrtException {
    try (SessionOptions options = ours()) {
      options.setOptimizedModelFilePath(saved.toString());
      if (ort) {
        options.addConfigEntry("session.save_model_format", "ORT");
      }
      environment.createSession(graph.toString(), options).close();
    }
  }

  private static SessionOptions ours() throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.setMemoryPatternOptimization(false);
    options.setCPUArenaAllocator(false);
    return options;
  }

  private OrtSession opened() throws OrtException {
    try (SessionOptions options = ours()) {
      switch (variant) {
        case OURS -> {}
        case MEMORY_PATTERN -> options.setMemoryPatternOptimization(true);
        case ARENA -> options.setCPUArenaAllocator(true);
        case SPINNING -> options.addConfigEntry("session.intra_op.allow_spinning", "1");
        case DENORMALS_AS_ZERO -> options.addConfigEntry("session.set_denormal_as_zero", "1");
        case NO_PREPACKING -> options.addConfigEntry("session.disable_prepacking", "1");
        case PRECISE_INT8 -> options.addConfigEntry("session.x64quantprecision", "1");
        case BASIC_OPTIMIZATIONS -> options.setOptimizationLevel(OptLevel.BASIC_OPT);
        case NO_OPTIMIZATIONS, SAVED_OPTIMIZED -> options.setOptimizationLevel(OptLevel.NO_OPT);
        case SAVED_ORT -> {
          options.addConfigEntry("session.use_memory_mapped_ort_model", "1");
          options.addConfigEntry("session.use_ort_model_bytes_for_initializers", "1");
          options.addConfigEntry("session.disable_prepacking", "1"); // it would copy weights
        }
      }
      return environment.createSession(graph.toString(), options);
    }
  }

  @TearDown
  public void close() throws Exception {
    for (OnnxTensorLike input : inputs.values()) {
      input.close();
    }
    session.close();
    if (saved != null) {
      Files.delete(saved);
    }
  }

  /** One forward pass, all heads. */
  @Benchmark
  @Threads(Threads.MAX)
  @BenchmarkMode(Mode.AverageTime)
  @Warmup(iterations = 2, time = 1)
  @Measurement(iterations = 10, time = 1)
  public long run() throws Exception {
    try (OrtSession.Result result = session.run(inputs)) {
      return result.size();
    }
  }

  /** Opens and closes a session. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 1)
  @Measurement(iterations = 5)
  public void start() throws Exception {
    opened().close();
  }
}
