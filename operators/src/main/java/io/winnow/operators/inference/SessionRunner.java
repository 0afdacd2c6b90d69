package io.winnow.operators.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.TokenizedWindow;
import io.winnow.operators.text.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One thread's way to run a session: text by text, at its own length and without padding, or a
 * batch at once.
 *
 * <p>Not thread-safe: its input buffers are used again by the next run.
 */
public final class SessionRunner {
  private final OrtSession session;
  private final InputTensors inputs;

  SessionRunner(OrtEnvironment environment, OrtSession session, Map<String, Boolean> inputs) {
    this.session = session;
    this.inputs = new InputTensors(environment, inputs);
  }

  /**
   * Runs one forward pass over one window.
   *
   * @param outputs names of the outputs to compute
   * @return logits by the name of the output: {@code [1, labels]}, or {@code [tokens, labels]} with
   *     the special tokens among the tokens
   * @throws InferenceException if the model cannot run on this text
   * @throws OutOfMemoryError if the native memory is exhausted: no fault of the text
   */
  public Map<String, Logits> run(TokenizedText text, Window window, Set<String> outputs)
      throws InferenceException {
    return run(Batch.alone(new TokenizedWindow(text, window)), outputs).get(0);
  }

  /**
   * Runs one forward pass over a batch. What it gives for a window may depend on the others and on
   * the padding: whether it does, a bundle's seal tells.
   *
   * @return logits of each window, as those of a window alone
   * @throws InferenceException if the model cannot run on this batch
   * @throws OutOfMemoryError if the native memory is exhausted: no fault of the texts
   */
  public List<Map<String, Logits>> run(Batch batch, Set<String> outputs) throws InferenceException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      inputs.addTo(tensors, batch);
      try (OrtSession.Result result = session.run(tensors, outputs)) {
        return OutputLogits.read(result, outputs, batch);
      }
    } catch (OrtException e) {
      throw failure(e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
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
