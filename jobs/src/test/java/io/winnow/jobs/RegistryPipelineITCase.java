package io.winnow.jobs;

import static io.winnow.jobs.RegistryPipeline.FIRST;
import static io.winnow.jobs.RegistryPipeline.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.winnow.jobs.registry.LocalRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas in a registry, on a real broker and a mini cluster. */
class RegistryPipelineITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path folder;
  private static Broker broker;
  private static Flink flink;

  private LocalRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    broker = Broker.start(folder);
    flink = Flink.start(1);
  }

  @AfterAll
  static void stop() throws Exception {
    flink.stop();
    broker.close();
  }

  @BeforeEach
  void startRegistry() throws Exception {
    registry = LocalRegistry.start();
  }

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  @Test
  void recordsOfAllVersionsPassAndTheSinksSchemasFollowThoseOfTheSource() throws Exception {
    RegistryPipeline pipeline = pipeline("versions");

    pipeline.versionsPass();

    assertThat(registry.schemas("versions.out-value"))
        .extracting(schema -> schema.getFields().stream().map(Schema.Field::name).toList())
        .containsExactly(
            List.of("body", "id", "raw", "enrichments"),
            List.of("body", "id", "enrichments"),
            List.of("body", "id", "lang", "enrichments"));
  }

  @Test
  void nothingIsLostOrDoubledWhileTheRegistryIsAwayOrRefusesTheLogin() throws Exception {
    RegistryPipeline pipeline = pipeline("outage");
    pipeline.createTopics(3);
    int first = pipeline.register(FIRST);
    int second = pipeline.register(SECOND);
    registry.requireAuthorization("Basic d2lubm93Omh1bnRlcjI=");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      records.add(pipeline.message(first, FIRST, i));
    }
    broker.produce(records);
    JobID job = pipeline.start(", username: winnow, password: \"${env:PASSWORD}\"");
    pipeline.read(100);

    String request = "GET /schemas/ids/" + second;
    registry.fail(request, 503);
    for (int i = 2_000; i < 4_000; i++) {
      records.add(pipeline.message(i % 2 == 0 ? first : second, i % 2 == 0 ? FIRST : SECOND, i));
    }
    broker.produce(records.subList(2_000, records.size()));
    awaitRequests(request, 3); // it waits
    registry.requireAuthorization("Basic other");
    registry.recover();
    awaitRequests(request, count(request) + 2); // it starts again
    registry.down();
    registry.requireAuthorization(null);
    registry.up();

    List<ConsumerRecord<byte[], byte[]>> read = pipeline.read(records.size());
    pipeline.stop(job);
    assertThat(read).hasSize(records.size());
    assertThat(RegistryPipeline.reasons(read)).isEmpty();
    assertThat(pipeline.enriched(read)).hasSize(records.size());
  }

  @Test
  void anIncompatibleSchemaHoldsTheJobUntilTheSubjectTakesIt() throws Exception {
    RegistryPipeline pipeline = pipeline("conflict");
    pipeline.createTopics(1);
    int first = pipeline.register(FIRST);
    pipeline.register(
        "conflict.out-value",
        SchemaBuilder.record("Other").fields().requiredString("other").endRecord());
    broker.produce(List.of(pipeline.message(first, FIRST, 1), pipeline.message(first, FIRST, 2)));
    JobID job = pipeline.start("");

    awaitRequests("POST /subjects/conflict.out-value/versions", 3); // one is of the test
    registry.setCompatible(false);
    List<ConsumerRecord<byte[], byte[]>> read = pipeline.read(2);
    pipeline.stop(job);

    assertThat(RegistryPipeline.reasons(read)).isEmpty();
    assertThat(pipeline.enriched(read).values())
        .extracting(record -> record.get("id"))
        .containsExactlyInAnyOrder(1, 2);
  }

  private RegistryPipeline pipeline(String name) {
    return new RegistryPipeline(name, registry.url(), broker, flink);
  }

  private void awaitRequests(String request, long count) {
    await().atMost(PATIENCE).until(() -> count(request) >= count);
  }

  private long count(String request) {
    return registry.requests().stream().filter(request::equals).count();
  }
}
