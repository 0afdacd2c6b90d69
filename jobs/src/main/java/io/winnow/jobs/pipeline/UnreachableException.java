package io.winnow.jobs.pipeline;

import io.winnow.operators.config.ConfigurationException;
import java.util.List;

/** Says that what a pipeline talks to does not answer: the file may be right, and later it may. */
public final class UnreachableException extends ConfigurationException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(List<String> problems) {
    super(problems);
  }
}
