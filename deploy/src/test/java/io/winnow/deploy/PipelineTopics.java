package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * The topics of a pipeline: what was put in, and what came out of it, read committed.
 *
 * <p>Each record is known by its position in the source, whichever topic it comes out of.
 */
final class PipelineTopics implements AutoCloseable {
  static final String REJECTED = "rejected";

  private static final String SOURCE = "events";
  private static final String ENRICHED = "enriched";
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration STRAGGLERS = Duration.ofSeconds(3);
  private static final int KEYS = 97;
  private static final String BROKEN = "{broken";
  private static final int BROKEN_EVERY = 100;
  private static final int FIRST_BROKEN = 7;

  private final String servers;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<String> written = new ArrayList<>();
  private final Set<String> unreadable = new HashSet<>();
  private final List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();

  private PipelineTopics(String servers) {
    this.servers = servers;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", servers,
                "group.id", "test",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(ENRICHED, REJECTED));
  }

  /** Creates them on a broker, as soon as it answers. */
  static PipelineTopics create(String servers, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      List<NewTopic> topics = new ArrayList<>();
      for (String name : List.of(SOURCE, ENRICHED, REJECTED)) {
        topics.add(new NewTopic(name, partitions, (short) 1));
      }
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> !admin.describeCluster().nodes().get().isEmpty());
      admin.createTopics(topics).all().get();
    }
    return new PipelineTopics(servers);
  }

  /**
   * Writes a pipeline file that reads and writes these topics.
   *
   * @param options further lines of it
   */
  Path pipeline(Path folder, String name, String... options) throws IOException {
    return pipeline(folder, name, Path.of("deploy/models/support"), options);
  }

  /** Writes a pipeline file with another model than the shipped one. */
  Path pipeline(Path folder, String name, Path model, String... options) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: %s
        source: {bootstrap-servers: "%s", topic: %s}
        text: text
        enrichments:
          - {name: support, model: %s}
        sink: {topic: %s}
        dead-letters: {topic: %s}
        checkpoint-interval: 500ms
        %s
        """
            .formatted(
                name,
                servers,
                SOURCE,
                model,
                ENRICHED,
                REJECTED,
                String.join(System.lineSeparator(), options)));
  }

  /** Puts events in, one in a hundred of them broken. */
  void produce(int events) throws Exception {
    produce(events, PipelineTopics::value);
  }

  /**
   * Puts events in, and returns their positions.
   *
   * @param value of an event by its number, which goes on from the events before
   */
  List<String> produce(int events, IntFunction<String> value) throws Exception {
    int first = written.size();
    List<String> values = new ArrayList<>();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (var producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "max.block.ms",
                PATIENCE.toMillis(),
                // Else it may never get over a partition of a new topic that has no leader yet.
                "max.in.flight.requests.per.connection",
                1),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = first; i < first + events; i++) {
        byte[] key = ("customer-" + i % KEYS).getBytes(UTF_8);
        String text = value.apply(i);
        values.add(text);
        sent.add(producer.send(new ProducerRecord<>(SOURCE, key, text.getBytes(UTF_8))));
      }
    }
    for (int i = 0; i < events; i++) {
      RecordMetadata place = sent.get(i).get();
      written.add(place.partition() + "@" + place.offset());
      if (values.get(i).equals(BROKEN)) {
        expectRejected(written.get(first + i));
      }
    }
    return List.copyOf(written.subList(first, written.size()));
  }

  /** Expects an event to become a dead letter, as the broken ones do. */
  void expectRejected(String position) {
    unreadable.add(position);
  }

  private static String value(int number) {
    return number % BROKEN_EVERY == FIRST_BROKEN
        ? BROKEN
        : "{\"text\": \"My card " + number + " has not arrived in Leeds\"}";
  }

  /** Returns the number of records that came out. */
  int size() {
    return read.size();
  }

  /**
   * Reads until so many records came out since the beginning.
   *
   * @param end why no more will come, if that is so
   */
  void readUntil(int count, Supplier<Optional<String>> end) {
    readWhile(count, end)
        .ifPresent(
            reason -> {
              throw new AssertionError(read.size() + " of " + count + " records, then " + reason);
            });
  }

  /** Reads likewise, and returns why no more will come, if that is so before all came. */
  Optional<String> readWhile(int count, Supplier<Optional<String>> end) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (read.size() < count) {
      Optional<String> why = end.get();
      if (why.isPresent()) {
        return why;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(read.size() + " records, then none within " + PATIENCE);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        read.add(record);
        deadline = System.nanoTime() + PATIENCE.toNanos();
      }
    }
    return Optional.empty();
  }

  /** Reads until everything that was put in came out. */
  void readWritten(Supplier<Optional<String>> end) {
    readUntil(written.size(), end);
  }

  /** Reads likewise, and what came twice. */
  void readAll(Supplier<Optional<String>> end) {
    readWritten(end);
    long deadline = System.nanoTime() + STRAGGLERS.toNanos();
    while (System.nanoTime() < deadline) {
      consumer.poll(Duration.ofMillis(100)).forEach(read::add);
    }
  }

  /** Nothing is lost, nothing is doubled, and broken events are dead letters. */
  void assertEachOnce() {
    Map<String, Integer> times = new TreeMap<>();
    written.forEach(position -> times.merge(position, 0, Integer::sum));
    read.forEach(record -> times.merge(position(record), 1, Integer::sum));
    times.values().removeIf(count -> count == 1);
    assertThat(times).as("positions in the source that did not come out once").isEmpty();
    assertThat(rejected().stream().map(PipelineTopics::position))
        .containsExactlyInAnyOrderElementsOf(unreadable);
  }

  /** Enriched events of one key keep the order of their partition. */
  void assertOrderOfKeys() {
    Map<String, List<Long>> offsets = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : enriched()) {
      offsets
          .computeIfAbsent(new String(record.key(), UTF_8), key -> new ArrayList<>())
          .add(Long.valueOf(header(record, "winnow-source-offset")));
    }
    assertThat(offsets).isNotEmpty();
    offsets.forEach((key, found) -> assertThat(found).as(key).isSorted());
  }

  /** Returns the enriched events that came out, in the order of reading. */
  List<ConsumerRecord<byte[], byte[]>> enriched() {
    return of(ENRICHED);
  }

  /** Returns what came out, in the order of reading. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    return List.copyOf(read);
  }

  List<ConsumerRecord<byte[], byte[]>> rejected() {
    return of(REJECTED);
  }

  private List<ConsumerRecord<byte[], byte[]>> of(String topic) {
    return read.stream().filter(record -> record.topic().equals(topic)).toList();
  }

  static String position(ConsumerRecord<byte[], byte[]> record) {
    return header(record, "winnow-source-partition") + "@" + header(record, "winnow-source-offset");
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
