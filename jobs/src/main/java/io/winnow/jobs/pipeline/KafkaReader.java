package io.winnow.jobs.pipeline;

import io.winnow.operators.config.Section;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the options of Kafka's clients; those that Winnow sets itself are refused. */
final class KafkaReader {
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry("bootstrap.servers", "use source.bootstrap-servers"),
          Map.entry("group.id", "use name"),
          Map.entry("transactional.id", "use name, which it derives from"),
          Map.entry("transaction.timeout.ms", "use transaction-timeout"),
          Map.entry("isolation.level", "remove it, as only committed events are read"),
          Map.entry("key.deserializer", "use source.format"),
          Map.entry("value.deserializer", "use source.format"),
          Map.entry("key.serializer", "use sink.format"),
          Map.entry("value.serializer", "use sink.format"),
          Map.entry("enable.auto.commit", "use checkpoint-interval, as checkpoints commit offsets"),
          Map.entry("auto.offset.reset", "use source.start"));

  private static final String REQUEST_SIZE = "max.request.size"; // what a record may take

  /** Options that Kafka itself hides in its log, and those of a user's own classes named alike. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)password|passphrase|secret|jaas|token$|credential|\\.key$");

  private KafkaReader() {}

  static Map<String, String> read(Section section) {
    for (String key : section.keys()) {
      String instead = OWN.get(key);
      if (instead != null) {
        section.problem(key, "expected no option that Winnow sets itself; " + instead);
      }
    }

    section.keys().stream().filter(SECRET.asPredicate()).forEach(section::conceal);
    Map<String, String> options = section.strings();
    String request = options.get(REQUEST_SIZE);
    if (request != null && !request.matches("[1-9][0-9]{0,8}")) {
      section.problem(
          REQUEST_SIZE, "expected a number of bytes, found " + section.shown(REQUEST_SIZE));
    }
    return options;
  }
}
