package io.winnow.jobs.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Kafka broker in a process of its own, with empty topics for the shipped pipeline. */
public final class LocalBroker {
  private static final Duration WATCH = Duration.ofSeconds(1);
  private static final List<String> TOPICS =
      List.of("messages", "messages.enriched", "messages.rejected");
  private static final int PARTITIONS = 4;

  private LocalBroker() {}

  /**
   * Runs the broker until the process is ended, and says on standard output once it is ready.
   *
   * @param arguments folder of its data, port to listen on
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          "Expected FOLDER PORT, found " + arguments.length + " arguments");
    }
    EmbeddedKafka kafka =
        EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop-broker"));
    for (String topic : TOPICS) {
      kafka.createTopic(topic, PARTITIONS, Map.of());
    }
    System.out.println("ready " + kafka.bootstrapServers());
    while (kafka.failure().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(WATCH.toMillis());
    }
    Runtime.getRuntime().halt(1); // in order it can no longer be ended
  }
}
