package io.winnow.operators.config;

import java.util.List;

/** Says what is wrong with a configuration: every problem at once, one a line. */
public class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public ConfigurationException(String problem) {
    this(List.of(problem));
  }

  /** Returns the problems in the order of their lines; at least one. */
  public List<String> problems() {
    return problems;
  }
}
