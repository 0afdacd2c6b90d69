package io.winnow.operators.text;

/** Says that one record cannot be enriched, by a fault of its own: it becomes a dead letter. */
public final class RejectedException extends Exception {
  private final Reason reason;
  private final String message;

  public RejectedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
    this.message = message;
  }

  public Reason reason() {
    return reason;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** A record's fault is data, not a defect: its stack would only cost time. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
