package io.winnow.jobs.pipeline;

import io.winnow.operators.config.ConfigurationException;
import java.util.List;

/** Says that what a pipeline talks to does not answer: the file may be right, and later it may. */
public final class UnreachableException extends ConfigurationException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(List<String> problems) {
    super(problems);
  }

  /** Returns this exception of problems that may be over later, and a plain one of others. */
  public static ConfigurationException orRefusal(boolean unreachable, List<String> problems) {
    return unreachable ? new UnreachableException(problems) : new ConfigurationException(problems);
  }
}
