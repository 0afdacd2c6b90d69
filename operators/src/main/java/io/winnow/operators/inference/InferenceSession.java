package io.winnow.operators.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import io.winnow.operators.model.Machine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model, loaded and ready to run.
 *
 * <p>Thread-safe: a run uses the thread that calls it and no other. Holds native memory until it is
 * closed.
 */
public final class InferenceSession implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Map<String, Boolean> inputs; // name -> holds int64, else int32

  private InferenceSession(
      OrtEnvironment environment, OrtSession session, Map<String, Boolean> inputs) {
    this.environment = environment;
    this.session = session;
    this.inputs = inputs;
  }

  /**
   * Loads a model.
   *
   * @param graph ONNX file; external weights lie beside it
   * @throws InferenceException if ONNX Runtime refuses it
   */
  public static InferenceSession open(Path graph) throws InferenceException {
    return open(graph, false);
  }

  /**
   * Loads a model.
   *
   * @param arena whether all threads take memory from an arena that never gives back, as ONNX
   *     Runtime has it by default. Threads that run texts one by one pass each other's buffers
   *     round in it, out of the caches of their cores, which takes up to a third more time; large
   *     batches need it, as the C library would have their memory from the system each time
   * @throws InferenceException if ONNX Runtime refuses it
   */
  static InferenceSession open(Path graph, boolean arena) throws InferenceException {
    OrtEnvironment environment = environment();
    try (SessionOptions options = options(arena)) {
      OrtSession session = environment.createSession(graph.toString(), options);
      return new InferenceSession(environment, session, inputs(session));
    } catch (OrtException e) {
      throw new InferenceException(
          "ONNX Runtime " + environment.getVersion() + " refuses " + graph + ": " + e.getMessage(),
          e);
    }
  }

  /** Returns what of this machine and its runtime decides how a model computes. */
  public static Machine machine() {
    return new Machine(
        environment().getVersion(), System.getProperty("os.arch"), CpuFeatures.ofThisMachine());
  }

  /** Returns a way for one thread to run this session; it is valid until the session is closed. */
  public SessionRunner newRunner() {
    return new SessionRunner(environment, session, inputs);
  }

  /** Loads ONNX Runtime. */
  static void loadLibrary() {
    var unused = environment();
  }

  private static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "winnow");
  }

  private static SessionOptions options(boolean arena) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    // Errors come as exceptions; for a text that is refused that is a dead letter, not a log line.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    // It keeps a plan for every length of text that was ever seen.
    options.setMemoryPatternOptimization(false);
    options.setCPUArenaAllocator(arena);
    return options;
  }

  private static Map<String, Boolean> inputs(OrtSession session) throws OrtException {
    Map<String, Boolean> inputs = new LinkedHashMap<>();
    for (NodeInfo input : session.getInputInfo().values()) {
      TensorInfo tensor = (TensorInfo) input.getInfo();
      inputs.put(input.getName(), tensor.type == OnnxJavaType.INT64);
    }
    return inputs;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot release a session", e);
    }
  }
}
