package io.winnow.jobs.registry;

/** Says that a schema registry does not give what a job needs; no record is to blame. */
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;

  RegistryException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
