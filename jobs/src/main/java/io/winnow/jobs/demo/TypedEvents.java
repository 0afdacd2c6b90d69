package io.winnow.jobs.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes each line that a user types as an event. */
final class TypedEvents {
  private static final byte[] KEY = "you".getBytes(UTF_8);

  private final String bootstrapServers;
  private final String topic;

  TypedEvents(String bootstrapServers, String topic) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
  }

  /** Publishes in the background until the input ends or the process does. */
  void publishFrom(Reader input) {
    Thread thread = new Thread(() -> publish(new BufferedReader(input)), "typed-events");
    thread.setDaemon(true);
    thread.start();
  }

  private void publish(BufferedReader lines) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] value = event(line).getBytes(UTF_8);
        // Shown when it comes out; a broker that is gone ends the demo by itself.
        var unused = producer.send(new ProducerRecord<>(topic, KEY, value));
      }
    } catch (IOException e) {
      // the terminal is gone, and with it who typed
    }
  }

  /** Returns the line as the JSON of an event. */
  static String event(String line) {
    return JsonNodeFactory.instance.objectNode().put("text", line).toString();
  }
}
