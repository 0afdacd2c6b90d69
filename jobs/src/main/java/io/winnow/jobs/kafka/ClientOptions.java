package io.winnow.jobs.kafka;

import io.winnow.jobs.pipeline.Delivery;
import io.winnow.jobs.pipeline.Pipeline;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Holds a pipeline's options against what Kafka's clients take: a job would start, fail and start
 * again for ever.
 */
public final class ClientOptions {
  private static final OutputTopic ANY_TOPIC = new OutputTopic(1, TopicLimits.DEFAULT);
  private static final Topics ANY = new Topics("any", 1, ANY_TOPIC, ANY_TOPIC);

  private ClientOptions() {}

  /** Returns what is wrong with them as far as that shows without a broker; empty if nothing. */
  public static List<String> problems(Pipeline pipeline) {
    return Stream.of(
            problems(
                "producer", ProducerConfig.configDef(), producer(pipeline), ProducerConfig::new),
            problems(
                "consumer", ConsumerConfig.configDef(), consumer(pipeline), ConsumerConfig::new),
            problems(
                "admin client",
                AdminClientConfig.configDef(),
                KafkaClients.properties(pipeline),
                AdminClientConfig::new))
        .flatMap(List::stream)
        .distinct() // most options are every client's
        .map(pipeline.secrets()::hide)
        .toList();
  }

  /** Makes the clients that the job will make: some options nobody else holds together. */
  static List<String> refusals(Pipeline pipeline) {
    return Stream.of(
            refusal("producer", () -> new KafkaProducer<>(producer(pipeline)).close()),
            refusal("consumer", () -> new KafkaConsumer<>(consumer(pipeline)).close()))
        .flatMap(List::stream)
        .toList();
  }

  private static Properties producer(Pipeline pipeline) {
    Properties properties = Sinks.properties(pipeline, ANY);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    properties.put(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    if (pipeline.sink().delivery() == Delivery.EXACTLY_ONCE) {
      properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, pipeline.name());
      // Said, so that Kafka names the option that is against it, and not what follows from it.
      properties.putIfAbsent(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    }
    return properties;
  }

  private static Properties consumer(Pipeline pipeline) {
    Properties properties = KafkaClients.properties(pipeline);
    properties.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, pipeline.name());
    return properties;
  }

  private static List<String> problems(
      String client, ConfigDef known, Properties properties, Consumer<Properties> maker) {
    List<String> wrong =
        known.validate(strings(properties)).stream()
            .sorted(Comparator.comparing(ConfigValue::name))
            .flatMap(value -> problem(value, properties).stream())
            .toList();
    return wrong.isEmpty() ? refusal(client, () -> maker.accept(properties)) : wrong;
  }

  /** Of several reasons the first counts: the others follow from it. */
  private static Optional<String> problem(ConfigValue value, Properties properties) {
    String found = properties.getProperty(value.name());
    String prefix = "Invalid value %s for configuration %s".formatted(found, value.name());
    return value.errorMessages().stream()
        .findFirst()
        .map(why -> why.startsWith(prefix) ? why.substring(prefix.length()) : ": " + why)
        .map(
            why ->
                "kafka.%s: expected a value that Kafka takes, found '%s'%s"
                    .formatted(value.name(), found, why));
  }

  private static List<String> refusal(String client, Runnable maker) {
    try {
      maker.run();
      return List.of();
    } catch (KafkaException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      return List.of(
          "kafka: expected options that a Kafka %s takes together, but %s"
              .formatted(client, why.getMessage()));
    }
  }

  private static Map<String, String> strings(Properties properties) {
    Map<String, String> strings = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> strings.put(key, properties.getProperty(key)));
    return strings;
  }
}
