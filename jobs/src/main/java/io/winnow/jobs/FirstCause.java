package io.winnow.jobs;

/** What went wrong first: what Flink wraps around it only says that there was something. */
public final class FirstCause {
  private FirstCause() {}

  /** Returns its message, or its class where it has none. */
  public static String message(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return FileFailure.message(cause);
  }
}
