package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.flink.Stage;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Header;
import io.winnow.schemas.SourcePosition;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputRecordTest {
  private static final byte[] VALUE = {1};
  private final RejectedException rejection = new RejectedException(Reason.EMPTY_TEXT, "no text");

  @Test
  void anEnrichedRecordKeepsKeyHeadersAndTimestampAndSaysWhereItIsFrom() {
    OutputRecord record = OutputRecord.enriched("out", Enriched.event("a"), VALUE);

    assertThat(record.topic()).isEqualTo("out");
    assertThat(record.key()).isEqualTo(Records.bytes("k"));
    assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(record.value()).isEqualTo(VALUE);
    assertThat(record.headers())
        .containsExactly(
            Records.HEADERS.get(0),
            Records.HEADERS.get(1),
            header("winnow-source-topic", "messages"),
            header("winnow-source-partition", "3"),
            header("winnow-source-offset", "41"));
  }

  @Test
  void aReplayAddsItsIdInPlaceOfThatOfAnEarlierOne() {
    EnrichedEvent event = Enriched.event("a");
    event.setHeaders(List.of(header("winnow-replay", "an earlier one")));

    OutputRecord record = OutputRecord.enriched("out", event, VALUE);

    assertThat(record.headers()).extracting(Header::getKey).doesNotContain("winnow-replay");
    assertThat(record.of("r1").headers()).endsWith(header("winnow-replay", "r1")).hasSize(4);
    assertThat(record.of("r1").sourcePartition()).isEqualTo(3);
    assertThat(record.of(null)).isSameAs(record);
  }

  @Test
  void aDeadLetterSaysItsStageAndReasonToo() {
    DeadLetter letter = Records.of("a").deadLetter(Stage.ENRICH, rejection);

    OutputRecord record = OutputRecord.rejected("dead", "support", letter, VALUE);

    assertThat(record.topic()).isEqualTo("dead");
    assertThat(record.key()).isEqualTo(Records.bytes("k"));
    assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(record.headers())
        .containsExactly(
            Records.HEADERS.get(0),
            Records.HEADERS.get(1),
            header("winnow-source-topic", "messages"),
            header("winnow-source-partition", "3"),
            header("winnow-source-offset", "41"),
            header("winnow-pipeline", "support"),
            header("winnow-stage", "enrich"),
            header("winnow-reason", "empty-text"));
  }

  @Test
  void headersOfAnEarlierPassAreReplaced() {
    List<Header> earlier =
        List.of(
            header("winnow-source-offset", "7"),
            header("a", "1"),
            header("winnow-reason", "invalid-json"),
            header("a", "2"));
    EnrichedEvent event =
        new EnrichedEvent(
            new SourcePosition("t", 0, 9L, -1L), null, earlier, ByteBuffer.wrap(VALUE), List.of());

    assertThat(OutputRecord.enriched("out", event, VALUE).headers())
        .containsExactly(
            header("a", "1"),
            header("a", "2"),
            header("winnow-source-topic", "t"),
            header("winnow-source-partition", "0"),
            header("winnow-source-offset", "9"));
  }

  private static Header header(String key, String value) {
    return new Header(key, ByteBuffer.wrap(value.getBytes(UTF_8)));
  }
}
