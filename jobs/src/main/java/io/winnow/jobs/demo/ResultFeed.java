package io.winnow.jobs.demo;

import io.winnow.jobs.display.EventPrinter;
import io.winnow.jobs.format.EventDecoder;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Shows and counts what a pipeline commits, from the start of its topics. */
final class ResultFeed implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final EventDecoder texts;
  private final String deadLetters;
  private final EventPrinter printer;
  private final Tally tally;

  ResultFeed(String bootstrapServers, Pipeline pipeline, EventPrinter printer, Tally tally) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.texts = EventDecoder.json(pipeline.text());
    this.deadLetters = pipeline.deadLetters().topic();
    this.printer = printer;
    this.tally = tally;
    // Without a group there is none to wait for.
    consumer.assign(partitions(List.of(pipeline.sink().topic(), deadLetters)));
  }

  private List<TopicPartition> partitions(List<String> topics) {
    return topics.stream()
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  /** Shows what has come, or returns after a moment. */
  void poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      try {
        show(record);
      } catch (IOException
          | RejectedException
          | IllegalArgumentException
          | IllegalStateException e) { // anybody may write to the topics
        printer.printUnreadable(record.topic(), record.partition(), record.offset());
      }
    }
  }

  private void show(ConsumerRecord<byte[], byte[]> record) throws IOException, RejectedException {
    if (record.topic().equals(deadLetters)) {
      showDeadLetter(record);
    } else {
      showEnriched(record);
    }
  }

  private void showDeadLetter(ConsumerRecord<byte[], byte[]> record) throws IOException {
    var letter = ResultReader.deadLetter(record);
    tally.add(letter);
    printer.print(letter);
  }

  private void showEnriched(ConsumerRecord<byte[], byte[]> record)
      throws IOException, RejectedException {
    EnrichedEvent event = ResultReader.enriched(record);
    tally.add(event, System.currentTimeMillis());
    printer.print(event, texts.texts(record.value()));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
