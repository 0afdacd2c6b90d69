package io.winnow.operators.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.Window;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;

/**
 * One thread's way to run a session: text by text, at its own length, without padding.
 *
 * <p>Not thread-safe: its input buffers are used again by the next run.
 */
public final class SessionRunner {
  private static final int INITIAL_TOKENS = 128;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Map<String, Boolean> inputs;
  private final Map<String, ByteBuffer> buffers = new HashMap<>();

  SessionRunner(OrtEnvironment environment, OrtSession session, Map<String, Boolean> inputs) {
    this.environment = environment;
    this.session = session;
    this.inputs = inputs;
  }

  /**
   * Runs one forward pass.
   *
   * @param outputs names of the outputs to compute
   * @return logits by the name of the output: {@code [1, labels]}, or {@code [tokens, labels]} with
   *     the special tokens among the tokens
   * @throws InferenceException if the model cannot run on this text
   * @throws OutOfMemoryError if the native memory is exhausted: no fault of the text
   */
  public Map<String, Logits> run(TokenizedText text, Window window, Set<String> outputs)
      throws InferenceException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      long[] ids = text.ids(window);
      for (Map.Entry<String, Boolean> input : inputs.entrySet()) {
        String name = input.getKey();
        tensors.put(name, tensor(name, input.getValue(), values(name, ids, text, window)));
      }
      try (OrtSession.Result result = session.run(tensors, outputs)) {
        return read(result, outputs);
      }
    } catch (OrtException e) {
      throw failure(e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static long[] values(String input, long[] ids, TokenizedText text, Window window) {
    return switch (input) {
      case "input_ids" -> ids;
      case "token_type_ids" -> text.typeIds(window);
      case "attention_mask" -> filled(ids.length, i -> 1);
      case "position_ids" -> filled(ids.length, i -> i);
      default -> throw new IllegalStateException("The bundle check let input " + input + " pass");
    };
  }

  private static long[] filled(int length, IntToLongFunction value) {
    long[] values = new long[length];
    Arrays.setAll(values, value);
    return values;
  }

  private OnnxTensor tensor(String input, boolean int64, long[] values) throws OrtException {
    ByteBuffer buffer = buffer(input, values.length);
    long[] shape = {1, values.length};
    if (int64) {
      return OnnxTensor.createTensor(environment, buffer.asLongBuffer().put(values).flip(), shape);
    }
    for (int i = 0; i < values.length; i++) {
      buffer.putInt(i * Integer.BYTES, (int) values[i]);
    }
    return OnnxTensor.createTensor(environment, buffer.asIntBuffer().limit(values.length), shape);
  }

  private ByteBuffer buffer(String input, int tokens) {
    ByteBuffer buffer = buffers.get(input);
    if (buffer == null || buffer.capacity() < tokens * Long.BYTES) {
      int capacity = Math.max(INITIAL_TOKENS, Integer.highestOneBit(tokens) * 2) * Long.BYTES;
      buffer = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
      buffers.put(input, buffer);
    }
    return buffer;
  }

  private static Map<String, Logits> read(OrtSession.Result result, Set<String> outputs)
      throws InferenceException {
    Map<String, Logits> logits = new HashMap<>();
    for (String output : outputs) {
      OnnxValue value = result.get(output).orElseThrow();
      FloatBuffer values = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
      if (values == null) {
        throw new InferenceException(
            "Expected floats in the model's output " + output + ", found " + value.getInfo(), null);
      }
      long[] shape =
          ((OnnxTensor) value).getInfo().getShape(); // [1, labels] or [1, tokens, labels]
      float[] copy = new float[values.remaining()];
      values.get(copy);
      requireFinite(output, copy);
      int columns = (int) shape[shape.length - 1];
      logits.put(output, new Logits(copy.length / columns, columns, copy));
    }
    return logits;
  }

  private static void requireFinite(String output, float[] values) throws InferenceException {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InferenceException("The model's output " + output + " holds " + value, null);
      }
    }
  }

  /** ONNX Runtime reports exhausted memory by its message alone. */
  private static InferenceException failure(OrtException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Failed to allocate memory") || message.contains("bad_alloc")) {
      OutOfMemoryError error =
          new OutOfMemoryError("ONNX Runtime has no native memory left: " + message);
      error.initCause(e);
      throw error;
    }
    return new InferenceException("ONNX Runtime cannot run the model on this text: " + message, e);
  }
}
