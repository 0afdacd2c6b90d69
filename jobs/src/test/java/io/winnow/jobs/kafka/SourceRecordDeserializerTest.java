package io.winnow.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.format.SourceRecord;
import io.winnow.schemas.Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceRecordDeserializerTest {
  private final SourceRecordDeserializer deserializer = new SourceRecordDeserializer();

  @Test
  void aRecordIsTakenAsItIs() {
    byte[] value = {(byte) 0xff, 0, '{'};
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", bytes("7"));
    headers.add("none", null);
    headers.add("trace", bytes("8"));

    SourceRecord record = deserialize(bytes("key"), value, headers);

    assertThat(record.topic()).isEqualTo("messages");
    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.offset()).isEqualTo(41);
    assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(record.key()).isEqualTo(bytes("key"));
    assertThat(record.value()).isEqualTo(value);
    assertThat(record.headers())
        .containsExactly(
            new Header("trace", ByteBuffer.wrap(bytes("7"))),
            new Header("none", null),
            new Header("trace", ByteBuffer.wrap(bytes("8"))));
  }

  @Test
  void aTombstoneWithoutAKeyIsARecordToo() {
    SourceRecord record = deserialize(null, null, new RecordHeaders());

    assertThat(record.key()).isNull();
    assertThat(record.value()).isNull();
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void recordsTravelWithoutKryo() {
    assertThat(deserializer.getProducedType()).isInstanceOf(PojoTypeInfo.class);
  }

  private SourceRecord deserialize(
      byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers) {
    List<SourceRecord> records = new ArrayList<>();
    deserializer.deserialize(
        new ConsumerRecord<>(
            "messages",
            3,
            41,
            1_700_000_000_000L,
            TimestampType.CREATE_TIME,
            0,
            0,
            key,
            value,
            headers,
            Optional.empty()),
        new ListCollector<>(records));
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
