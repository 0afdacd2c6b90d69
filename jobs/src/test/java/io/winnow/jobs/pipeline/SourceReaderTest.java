package io.winnow.jobs.pipeline;

import static io.winnow.jobs.pipeline.PipelineFile.parseWith;
import static io.winnow.jobs.pipeline.PipelineFile.problems;
import static io.winnow.jobs.pipeline.PipelineFile.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {
  @Test
  void startMayBeAWord() throws Exception {
    assertThat(start("earliest")).isEqualTo(new Start.Earliest());
    assertThat(start("latest")).isEqualTo(new Start.Latest());
    assertThat(start("committed")).isEqualTo(new Start.Committed());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31, 2026-01-31T00:00:00Z",
    "2026-01-31T12:30:00Z, 2026-01-31T12:30:00Z",
    "2026-01-31T12:30+02:00, 2026-01-31T10:30:00Z",
    "2026-01-31T12:30:00.250Z, 2026-01-31T12:30:00.250Z",
  })
  void startMayBeATimestamp(String text, Instant expected) throws Exception {
    assertThat(start(text)).isEqualTo(new Start.At(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "now",
        "Earliest",
        "2026-01-31T12:30:00",
        "2026-02-30",
        "31.1.2026",
        "12:30",
        "1969-12-31T23:59:59.999Z",
        "+999999999-12-31"
      })
  void otherStartIsRefused(String text) {
    assertThat(problems(with("topic: messages", "topic: messages\n  start: '" + text + "'")))
        .containsExactly(
            "p.yaml:5: source.start: expected earliest, latest, committed, a date (2026-01-31) or a"
                + " date-time with its zone (2026-01-31T12:00:00Z) from 1970 on, found '"
                + text
                + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka:9092",
        "a.example:9092,b.example:9093",
        "a:1 , b:2",
        "SASL_SSL://kafka-1:9094",
        "[::1]:9092",
        "10.0.0.1:9092",
        "a:65535",
        "a:9",
      })
  void bootstrapServersHavePorts(String servers) throws Exception {
    assertThat(parseWith("localhost:9092", "'" + servers + "'").source().bootstrapServers())
        .isEqualTo(servers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka",
        "kafka:",
        ":9092",
        "a:1,",
        "a:1 b:2",
        "a:port",
        "::1:9092",
        "a:0",
        "a:65536",
        "a:99999"
      })
  void otherServersAreRefused(String servers) {
    assertThat(problems(with("localhost:9092", "'" + servers + "'")))
        .containsExactly(
            "p.yaml:3: source.bootstrap-servers: expected host:port, or several with commas between"
                + " them, found '"
                + servers
                + "'");
  }

  @Test
  void unknownKeyOfTheSourceNamesTheNearest() {
    assertThat(problems(with("topic: messages", "topics: messages")))
        .containsExactly(
            "p.yaml:2: source.topic: missing; expected a topic name of at most 249 letters, digits,"
                + " '.', '_' and '-'",
            "p.yaml:4: source.topics: unknown key; did you mean 'topic'?");
  }

  private static Start start(String text) throws Exception {
    return parseWith("topic: messages", "topic: messages\n  start: " + text).source().start();
  }
}
