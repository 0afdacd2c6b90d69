package io.winnow.jobs.registry;

/** Says that a schema registry does not give what a job needs; no record is to blame. */
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final boolean unreachable;

  RegistryException(String message) {
    this(message, false);
  }

  private RegistryException(String message, boolean unreachable) {
    super(message);
    this.message = message;
    this.unreachable = unreachable;
  }

  static RegistryException unreachable(String message) {
    return new RegistryException(message, true);
  }

  /** Tells whether it may answer later. */
  boolean isUnreachable() {
    return unreachable;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
