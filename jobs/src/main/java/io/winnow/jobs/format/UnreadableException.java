package io.winnow.jobs.format;

import io.winnow.operators.text.RejectedException;

/** Says that one record of a topic is no enriched event that this version knows. */
public final class UnreadableException extends Exception {
  private final String reason;
  private final String message;

  /**
   * Creates an exception.
   *
   * @param reason code of the reason, such as {@code invalid-enrichments}
   */
  UnreadableException(String reason, String message) {
    super(message);
    this.reason = reason;
    this.message = message;
  }

  static UnreadableException of(RejectedException rejection) {
    return new UnreadableException(rejection.reason().code(), rejection.getMessage());
  }

  public String reason() {
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
