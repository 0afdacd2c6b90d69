package io.winnow.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.format.OutputRecord;
import io.winnow.schemas.Header;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutputSerializerTest {
  private final OutputSerializer serializer =
      new OutputSerializer(
          3,
          Map.of(
              "out",
              new OutputTopic(3, TopicLimits.DEFAULT),
              "dead",
              new OutputTopic(1, TopicLimits.DEFAULT)));

  @Test
  void aRecordGoesWithAllItHasToTheTopicThatItNames() {
    List<Header> headers =
        List.of(header("a", "1"), new Header("none", null), header("a", "2"), header("", ""));

    ProducerRecord<byte[], byte[]> written = serialize("dead", bytes("key"), headers, 17);

    assertThat(written.topic()).isEqualTo("dead");
    assertThat(written.partition()).isNull();
    assertThat(written.timestamp()).isEqualTo(17);
    assertThat(written.key()).isEqualTo(bytes("key"));
    assertThat(written.value()).isEqualTo(bytes("value"));
    assertThat(written.headers())
        .containsExactly(
            new RecordHeader("a", bytes("1")),
            new RecordHeader("none", (byte[]) null),
            new RecordHeader("a", bytes("2")),
            new RecordHeader("", bytes("")));
  }

  @Test
  void aRecordKeepsItsPartitionWhereTheTopicHasAsManyAsTheSource() {
    assertThat(serialize("out", bytes("key"), List.of(), 17).partition()).isEqualTo(2);
    assertThat(serialize("out", null, List.of(), 17).partition()).isEqualTo(2);
    assertThat(serialize("dead", bytes("key"), List.of(), 17).partition()).isNull();
  }

  @Test
  void aPartitionThatTheSourceGainedMeanwhileIsLeftToTheProducer() {
    OutputTopic topic = new OutputTopic(3, TopicLimits.DEFAULT);

    assertThat(topic.partition(3, 3)).isNull();
    assertThat(topic.partition(3, 4)).isNull();
    assertThat(topic.partition(0, 3)).isZero();
  }

  @Test
  void aHeaderIsReadTwiceAsOnce() {
    List<Header> headers = List.of(header("a", "1"));

    serialize("out", null, headers, 17);

    assertThat(serialize("out", null, headers, 17).headers())
        .containsExactly(new RecordHeader("a", bytes("1")));
  }

  @Test
  void withoutATimestampTheProducerSetsIt() {
    assertThat(serialize("out", null, List.of(), -1).timestamp()).isNull();
    assertThat(serialize("out", null, List.of(), 0).timestamp()).isZero();
  }

  @Test
  void withoutAKeyThereIsNone() {
    assertThat(serialize("out", null, List.of(), 17).key()).isNull();
  }

  @Test
  void theSinkKnowsEveryTopicThatARecordMayName() {
    assertThat(serializer.getKafkaDatasetFacet())
        .hasValueSatisfying(
            facet ->
                assertThat(facet.getTopicIdentifier().getTopics())
                    .containsExactlyInAnyOrder("out", "dead"));
  }

  private ProducerRecord<byte[], byte[]> serialize(
      String topic, byte @Nullable [] key, List<Header> headers, long timestamp) {
    return serializer.serialize(
        new OutputRecord(topic, 2, key, headers, timestamp, bytes("value")), new NoContext(), 99L);
  }

  private static Header header(String key, String value) {
    return new Header(key, ByteBuffer.wrap(bytes(value)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** The serializer asks nothing of it. */
  private static final class NoContext implements KafkaSinkContext {
    @Override
    public int getParallelInstanceId() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getNumberOfParallelInstances() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int[] getPartitionsForTopic(String topic) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aTimestampThatTheTopicRefusesIsLeftToTheBroker() {
    long future = System.currentTimeMillis() + Duration.ofDays(2).toMillis();

    assertThat(serialize("out", null, List.of(), future).timestamp()).isNull();
  }
}
