package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.demo.Tally;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.SourcePosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Summary SUMMARY =
      new Summary(
          1_300,
          1_294,
          Map.of("tombstone", 1L, "invalid-json", 3L, "empty-text", 1L),
          40_500,
          Duration.ofMillis(12_440),
          Duration.ofMillis(843),
          Duration.ofMillis(2_310));

  @Test
  void theSummaryIsOneAlignedBlock() {
    assertThat(SUMMARY.render(Palette.PLAIN))
        .isEqualTo(
            """
            Summary
              events in        1,300  in 12.4 s
              enriched         1,294  104 events/s, 3,256 tokens/s
              dead letters         5  3 invalid-json, 1 empty-text, 1 tombstone
              not seen             1  still on their way when the demo ended
              latency p50        843  ms
              latency p99      2,310  ms
              Latency is the time from a record's Kafka timestamp until a read-committed consumer sees its
              enriched record. It includes the wait for the commit of the transaction that holds it.
            """);
  }

  @Test
  void inColourNumbersAreBoldAndWordsFaint() {
    assertThat(SUMMARY.render(Palette.COLOUR).replace("\u001B[", "«").replace('m', '»'))
        .startsWith("«1»Su»»ary«0»\n  events in    «1»    1,300«0»  «2»in 12.4 s«0»\n");
  }

  @Test
  void whatDidNotHappenIsNotTold() {
    Summary nothing = new Summary(0, 0, Map.of(), 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    assertThat(nothing.render(Palette.PLAIN))
        .isEqualTo(
            """
            Summary
              events in            0  in 0.0 s
              enriched             0  0.0 events/s, 0.0 tokens/s
              dead letters         0
            """);
  }

  @Test
  void aTallyCountsEventsReasonsAndTheTokensOfEachModelOnce() {
    Tally tally = new Tally();
    EnrichedEvent twoHeads = Example.event("a", Example.intent("other", 0.9f), Example.entities());
    for (int i = 1; i <= 100; i++) {
      tally.add(twoHeads, Example.SOURCE.getTimestamp() + i);
    }
    tally.add(Example.deadLetter("Expected more", null));

    assertThat(tally.seen()).isEqualTo(101);
    assertThat(tally.summary(102, Duration.ofSeconds(2)))
        .isEqualTo(
            new Summary(
                102,
                100,
                Map.of("invalid-json", 1L),
                1_200,
                Duration.ofSeconds(2),
                Duration.ofMillis(50),
                Duration.ofMillis(99)));
  }

  @Test
  void aClockThatStepsBackAndARecordWithoutTimestampDoNoHarm() {
    Tally tally = new Tally();
    tally.add(Example.event("a"), 0);
    tally.add(
        new EnrichedEvent(
            new SourcePosition("messages", 0, 0L, -1L),
            null,
            List.of(),
            Example.bytes("{}"),
            List.of()),
        5_000);

    assertThat(tally.summary(2, Duration.ofSeconds(1)).p99()).isZero();
    assertThat(tally.seen()).isEqualTo(2);
  }
}
