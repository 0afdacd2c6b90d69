package io.winnow.deploy.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.EnrichmentJob;
import io.winnow.jobs.demo.EmbeddedKafka;
import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.Substitution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus would scrape from a pipeline that runs. */
class MetricsITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)[{ ]");

  @TempDir Path folder;

  @Test
  void everyMetricOfARuleOrAPanelExists() throws Exception {
    Set<String> named = new TreeSet<>(Queries.metrics());
    named.removeAll(Queries.OF_THE_KUBELET);
    assertThat(named).hasSizeGreaterThan(15);
    int port = freePort();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
      JobClient job = start(kafka, port);
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(names(scrape(port))).containsAll(named));

      assertThat(scrape(port))
          .contains("reason=\"inference_failed\"", "tm_id=\"", "task_name=\"", "operator_name=\"");
      job.cancel().get();
      assertThat(job.getJobExecutionResult()).failsWithin(PATIENCE); // it ends before its broker
    }
  }

  private static JobClient start(EmbeddedKafka kafka, int port) throws Exception {
    for (String topic : List.of("in", "out", "dead")) {
      kafka.createTopic(topic, 1, Map.of());
    }
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String value : List.of("{\"text\": \"Anna went to Paris\"}", "{\"text\": 7}")) {
        producer.send(new ProducerRecord<>("in", value.getBytes(UTF_8))).get();
      }
    }
    Configuration flink =
        Configuration.fromMap(
            Map.of(
                "metrics.reporter.prom.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                "metrics.reporter.prom.port",
                Integer.toString(port)));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    Pipeline pipeline =
        Pipeline.parse(
            "metrics.yaml",
            """
            name: metrics
            source: {bootstrap-servers: "%s", topic: in, start: earliest}
            text: text
            enrichments:
              - {name: intent, model: ../operators/src/test/resources/parity/bert-text}
            sink: {topic: out}
            dead-letters: {topic: dead}
            checkpoint-interval: 500ms
            """
                .formatted(kafka.bootstrapServers()),
            Substitution.none());
    EnrichmentJob.build(environment, pipeline, TopicCheck.of(pipeline, Duration.ofSeconds(20)));
    return environment.executeAsync(pipeline.name());
  }

  private static String scrape(int port) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static Set<String> names(String scraped) {
    Set<String> names = new TreeSet<>();
    SAMPLE.matcher(scraped).results().forEach(sample -> names.add(sample.group(1)));
    return names;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
