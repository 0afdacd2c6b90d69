package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.winnow.jobs.Logs;
import io.winnow.jobs.pipeline.UnreachableException;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60) // who waits for ever has failed
class ApplicationModeTest {
  static final String JOB = "00000000000000010000000000000002";

  /** Settings of a job manager that may keep a job. */
  static final Map<String, String> RECOVERABLE =
      Map.of(
          "execution.target",
          "embedded",
          "high-availability.type",
          "kubernetes",
          "$internal.pipeline.job-id",
          JOB);

  private static final StreamExecutionEnvironment KEEPS_ITS_JOB = environment(RECOVERABLE);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereFlinkMayKeepAJobAnAnswerIsWaitedFor(boolean inTheMiddle) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Logs logs = Logs.capture()) {
      String answer =
          ApplicationMode.answer(
              KEEPS_ITS_JOB, () -> asked.incrementAndGet() < 2 ? away(inTheMiddle) : "here");

      assertThat(answer).isEqualTo("here");
      assertThat(logs.text()).containsOnlyOnce("nobody listens; asking again in");
    }
  }

  @Test
  void whatIsWrongIsTold() {
    for (Exception wrong :
        List.of(
            new ConfigurationException("there is no topic"),
            new IOException("denied", new TopicAuthorizationException("out")))) {
      assertThatThrownBy(
              () ->
                  ApplicationMode.answer(
                      KEEPS_ITS_JOB,
                      () -> {
                        throw wrong;
                      }))
          .isSameAs(wrong);
    }
  }

  @Test
  void withoutAJobToLoseNobodyWaits() {
    for (Map<String, String> settings :
        List.of(
            Map.<String, String>of(),
            Map.of("execution.target", "embedded"),
            Map.of("execution.target", "embedded", "high-availability.type", "zookeeper"))) {
      assertThatThrownBy(() -> ApplicationMode.answer(environment(settings), () -> away(false)))
          .hasMessage("nobody listens");
    }
  }

  private static String away(boolean inTheMiddle) throws UnreachableException, IOException {
    if (inTheMiddle) {
      throw new IOException("nobody listens", new TimeoutException("after 10 s"));
    }
    throw new UnreachableException(List.of("nobody listens"));
  }

  private static StreamExecutionEnvironment environment(Map<String, String> settings) {
    return new StreamExecutionEnvironment(Configuration.fromMap(settings));
  }
}
