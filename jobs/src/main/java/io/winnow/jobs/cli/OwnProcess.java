package io.winnow.jobs.cli;

import io.winnow.operators.config.ConfigurationException;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink in the process of a verb that does its work there. */
final class OwnProcess {
  private OwnProcess() {}

  /**
   * Returns its environment.
   *
   * @param work what it is for, for the message
   * @param remedy what to do where it is no such process
   * @throws ConfigurationException if this is no process of its own
   */
  static StreamExecutionEnvironment environment(String work, String remedy)
      throws ConfigurationException {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    if (environment instanceof LocalStreamEnvironment) {
      return environment;
    }
    throw new ConfigurationException(
        "Expected a process of its own for %s, found a Flink cluster; %s".formatted(work, remedy));
  }
}
