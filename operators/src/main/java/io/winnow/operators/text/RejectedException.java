package io.winnow.operators.text;

/** Says that one record cannot be enriched, by a fault of its own: it becomes a dead letter. */
public final class RejectedException extends Exception {
  private final Reason reason;

  public RejectedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** A record's fault is data, not a defect: its stack would only cost time. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
