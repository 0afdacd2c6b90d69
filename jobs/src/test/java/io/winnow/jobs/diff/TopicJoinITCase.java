package io.winnow.jobs.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.Broker;
import io.winnow.jobs.format.EnrichedReader;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.format.UnreadableCounts;
import io.winnow.jobs.kafka.CommittedRecords;
import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.Bounds;
import io.winnow.jobs.replay.RangeResolver;
import io.winnow.operators.config.Substitution;
import io.winnow.schemas.Header;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics of a real broker that are read in step, with transactions that are not committed. */
class TopicJoinITCase {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 700; // of each partition; more than a poll gives
  private static final int FEW = 100;

  @TempDir Path folder;

  @Test
  void committedRecordsAreJoinedUpToTheEndOfTheStart() throws Exception {
    try (Broker broker = Broker.start(folder);
        Producer first = new Producer(broker, "first");
        Producer second = new Producer(broker, "second")) {
      broker.topics(PARTITIONS, "a", "b");
      first.begin();
      first.write("a", 0, RECORDS, "x");
      first.write("b", 100, RECORDS, "x");
      first.commit();
      first.begin();
      first.write("b", 0, 50, "aborted");
      first.abort();
      second.begin();
      second.write("b", 50, 60, "open");

      TopicDiff diff = diff(broker);

      assertThat(diff.joined()).isEqualTo((RECORDS - 100) * PARTITIONS);
      assertThat(diff.heads().get(0).comparison().comparison().agreement()).isEqualTo(1);
      assertThat(diff.a())
          .isEqualTo(
              new SideCounts(
                  "a", RECORDS * PARTITIONS, 100 * PARTITIONS, 0, 0, UnreadableCounts.NONE));
      assertThat(diff.b())
          .isEqualTo(
              new SideCounts("b", (RECORDS - 100) * PARTITIONS, 0, 0, 0, UnreadableCounts.NONE));
    }
  }

  private static TopicDiff diff(Broker broker) throws Exception {
    Pipeline pipeline =
        Pipeline.parse(
            "p.yaml",
            """
            name: support
            source: {bootstrap-servers: "%s", topic: messages}
            text: text
            enrichments: [{name: support, model: models/support}]
            sink: {topic: out}
            dead-letters: {topic: dead}
            """
                .formatted(broker.servers()),
            Substitution.none());
    try (CommittedRecords a = records(pipeline, "a");
        CommittedRecords b = records(pipeline, "b")) {
      return new TopicJoin(a, b, new EnrichedReader(pipeline), () -> {}, FEW)
          .run("messages", PARTITIONS);
    }
  }

  private static CommittedRecords records(Pipeline pipeline, String topic) throws Exception {
    Duration patience = Duration.ofMinutes(1);
    try (ReplayBroker asked = ReplayBroker.connect(pipeline, patience)) {
      return new CommittedRecords(
          pipeline,
          RangeResolver.resolve(asked.facts(topic, PARTITIONS, Bounds.ALL), Bounds.ALL),
          PARTITIONS,
          patience);
    }
  }

  /** Writes records as a pipeline does, in transactions. */
  private record Producer(KafkaProducer<byte[], byte[]> producer) implements AutoCloseable {
    Producer(Broker broker, String transactionalId) {
      this(
          new KafkaProducer<>(
              Map.<String, Object>of(
                  "bootstrap.servers", broker.servers(), "transactional.id", transactionalId),
              new ByteArraySerializer(),
              new ByteArraySerializer()));
      producer.initTransactions();
    }

    void begin() {
      producer.beginTransaction();
    }

    void write(String topic, int from, int to, String label) throws Exception {
      List<Future<?>> sent = new ArrayList<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        for (int offset = from; offset < to; offset++) {
          String labels = Enriched.labels("support", "intent", "f1", label, 1);
          sent.add(producer.send(record(topic, Enriched.record(partition, offset, labels))));
        }
      }
      for (Future<?> record : sent) {
        record.get();
      }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, SourceRecord record) {
      ProducerRecord<byte[], byte[]> made =
          new ProducerRecord<>(topic, record.partition(), null, record.value());
      for (Header header : record.headers()) {
        made.headers().add(header.getKey(), header.getValue().array());
      }
      return made;
    }

    void commit() {
      producer.commitTransaction();
    }

    void abort() {
      producer.abortTransaction();
    }

    @Override
    public void close() {
      producer.close(Duration.ZERO);
    }
  }
}
