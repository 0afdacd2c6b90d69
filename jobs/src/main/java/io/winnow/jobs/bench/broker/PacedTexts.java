package io.winnow.jobs.bench.broker;

import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.bench.Latencies;
import io.winnow.jobs.bench.Round;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/**
 * Texts that are sent at an even rate, and the time until their answers are read. That time begins
 * when a text was to be sent, so that nobody gains by being late.
 */
public final class PacedTexts {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(5); // of a machine that is busy

  private final BenchTopics topics;
  private final String topic;
  private final List<BenchText> texts;
  private final long intervalNanos;

  PacedTexts(BenchTopics topics, String topic, List<BenchText> texts, double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("perSecond must be above 0, but is " + perSecond);
    }

    this.topics = topics;
    this.topic = topic;
    this.texts = texts;
    this.intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
  }

  /**
   * Sends the texts, and returns how long answers took from a fifth of the texts to nine tenths.
   *
   * @param answers topic of the answers
   * @param from first offset of each of its partitions to be read
   * @throws IllegalStateException if answers stay away
   */
  public Latencies send(String answers, List<Long> from) throws InterruptedException {
    Latencies latencies = new Latencies();
    try (KafkaProducer<byte[], byte[]> producer =
            topics.producer(Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
        KafkaConsumer<byte[], byte[]> consumer = consumer(answers, from)) {
      Thread sender = new Thread(() -> send(producer), "bench-sender");
      sender.start();
      try {
        receive(consumer, latencies);
      } finally {
        sender.interrupt();
        sender.join();
      }
    }
    return latencies;
  }

  private KafkaConsumer<byte[], byte[]> consumer(String answers, List<Long> from) {
    KafkaConsumer<byte[], byte[]> consumer = topics.consumer();
    List<TopicPartition> partitions = topics.partitions(answers);
    consumer.assign(partitions);
    partitions.forEach(partition -> consumer.seek(partition, from.get(partition.partition())));
    return consumer;
  }

  private void send(KafkaProducer<byte[], byte[]> producer) {
    long start = System.nanoTime();
    try {
      for (int i = 0; i < texts.size(); i++) {
        long due = start + i * intervalNanos;
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        var sent = topics.record(topic, i, texts.get(i));
        new SentMark(i, due).writeTo(sent);
        var unused = producer.send(sent);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the answers stayed away
    }
  }

  private void receive(KafkaConsumer<byte[], byte[]> consumer, Latencies latencies) {
    int received = 0;
    long deadline = System.nanoTime() + texts.size() * intervalNanos + PATIENCE.toNanos();
    while (received < texts.size()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Expected answers to %d texts, found %d".formatted(texts.size(), received));
      }
      for (ConsumerRecord<byte[], byte[]> answer : consumer.poll(POLL)) {
        SentMark mark = SentMark.of(answer);
        received++;
        if (mark.index() >= Round.first(texts.size()) && mark.index() < Round.last(texts.size())) {
          latencies.add(System.nanoTime() - mark.dueNanos());
        }
      }
    }
  }
}
