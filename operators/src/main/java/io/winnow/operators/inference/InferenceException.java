package io.winnow.operators.inference;

import org.jspecify.annotations.Nullable;

/** Says that ONNX Runtime cannot open or run a model. */
public final class InferenceException extends Exception {
  public InferenceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
