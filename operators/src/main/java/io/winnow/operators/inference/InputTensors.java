package io.winnow.operators.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.winnow.operators.text.TokenizedWindow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns batches into the tensors that a graph takes in.
 *
 * <p>Not thread-safe: the tensors lie over buffers that the next batch uses again.
 */
final class InputTensors {
  private static final int INITIAL_TOKENS = 128;

  private final OrtEnvironment environment;
  private final Map<String, Boolean> inputs; // name -> holds int64, else int32
  private final Map<String, ByteBuffer> buffers = new HashMap<>();

  InputTensors(OrtEnvironment environment, Map<String, Boolean> inputs) {
    this.environment = environment;
    this.inputs = inputs;
  }

  /**
   * Adds a tensor for each input.
   *
   * @param tensors taken as an argument, so that its owner closes them after a failure, too
   */
  void addTo(Map<String, OnnxTensor> tensors, Batch batch) throws OrtException {
    long[] shape = {batch.size(), batch.length()};
    for (Map.Entry<String, Boolean> input : inputs.entrySet()) {
      String name = input.getKey();
      tensors.put(name, tensor(name, input.getValue(), values(name, batch), shape));
    }
  }

  private static long[] values(String input, Batch batch) {
    long[] values = new long[batch.size() * batch.length()];
    if (input.equals("input_ids")) {
      Arrays.fill(values, batch.padId());
    }
    for (int row = 0; row < batch.size(); row++) {
      TokenizedWindow window = batch.windows().get(row);
      int start = row * batch.length();
      int tokens = window.tokens();
      switch (input) {
        case "input_ids" -> System.arraycopy(window.ids(), 0, values, start, tokens);
        case "token_type_ids" -> System.arraycopy(window.typeIds(), 0, values, start, tokens);
        case "attention_mask" -> Arrays.fill(values, start, start + tokens, 1);
        case "position_ids" -> count(values, start, tokens);
        default -> throw new IllegalStateException("The bundle check let input " + input + " pass");
      }
    }
    return values;
  }

  private static void count(long[] values, int start, int tokens) {
    for (int i = 0; i < tokens; i++) {
      values[start + i] = i;
    }
  }

  private OnnxTensor tensor(String input, boolean int64, long[] values, long[] shape)
      throws OrtException {
    ByteBuffer buffer = buffer(input, values.length);
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
}
