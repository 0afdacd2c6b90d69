package io.winnow.jobs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;

final class SizeLimitTest {
  @Test
  void aRecordOfTheLimitIsTakenAndOneOfMoreIsNot() {
    OutputRecord record = OutputRecord.enriched("out", Enriched.event("a"), new byte[100]);
    int bytes = (int) SizeLimit.bytes(record);

    assertThatCode(() -> new SizeLimit(bytes).check(record)).doesNotThrowAnyException();
    RejectedException rejection =
        catchThrowableOfType(RejectedException.class, () -> new SizeLimit(bytes - 1).check(record));

    assertThat(rejection.reason()).isEqualTo(Reason.OUTPUT_TOO_LARGE);
    assertThat(rejection)
        .hasMessage(
            "Expected an enriched record of at most %d bytes, as topic 'out' takes, but it has %d, 100 of them its value; raise 'max.message.bytes' of the topic and 'max.request.size' of the producer",
            bytes - 1, bytes);
  }

  @Test
  void noRecordIsLargerForKafkaThanForUsAndNoneMuchSmaller() {
    Random random = new Random(17);
    for (int i = 0; i < 100; i++) {
      OutputRecord record =
          OutputRecord.enriched("out", Enriched.event("a"), new byte[random.nextInt(100_000)]);

      assertThat(SizeLimit.bytes(record) - kafkaBytes(record)).isBetween(0L, 100L);
    }
  }

  @Test
  void aLimitIsPositive() {
    assertThatThrownBy(() -> new SizeLimit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxBytes must be at least 1, but is 0");
  }

  private static long kafkaBytes(OutputRecord record) {
    Header[] headers =
        record.headers().stream()
            .map(
                header -> new RecordHeader(header.getKey(), RawBytes.ofNullable(header.getValue())))
            .toArray(Header[]::new);
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.NONE,
        record.key(),
        record.value(),
        headers);
  }
}
