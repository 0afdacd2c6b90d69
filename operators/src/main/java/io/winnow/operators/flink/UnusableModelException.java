package io.winnow.operators.flink;

import java.io.IOException;

/** Says that a model's files were found and are refused, which reading them again does not mend. */
public final class UnusableModelException extends IOException {
  private static final long serialVersionUID = 1L;

  UnusableModelException(String message) {
    super(message);
  }
}
