package io.winnow.operators.config;

/** Says that a placeholder stands for nothing. Its message never holds a substituted value. */
final class UnresolvedException extends Exception {
  private static final long serialVersionUID = 1L;

  UnresolvedException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
