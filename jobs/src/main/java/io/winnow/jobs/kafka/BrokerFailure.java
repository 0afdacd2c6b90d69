package io.winnow.jobs.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Why the brokers of a pipeline file do not answer, in words for its user.
 *
 * @param brokers as the file has them
 */
record BrokerFailure(String brokers) {

  private static final Pattern CLASS_NAMES = Pattern.compile("^(?:(?:\\w+\\.)+\\w+: )+");

  /** Returns the problem of brokers of whom nobody is there. */
  String nobody() {
    return unreachable("nobody listens there");
  }

  /**
   * Returns the problem behind a failure of Kafka's client.
   *
   * @param patience how long it was given
   */
  String problem(Throwable failure, Duration patience) {
    if (failure instanceof TimeoutException) {
      return unreachable("none answered within " + patience.toSeconds() + " s");
    }
    if (failure instanceof SslAuthenticationException) {
      return "kafka: expected a TLS connection to %s that both sides trust, but %s; check ssl.truststore.location, ssl.keystore.location and the host names in the broker's certificate"
          .formatted(brokers, why(failure));
    }
    if (failure instanceof AuthenticationException) {
      return "kafka: expected a login that %s takes, but %s; check sasl.mechanism and sasl.jaas.config"
          .formatted(brokers, why(failure));
    }
    if (failure instanceof AuthorizationException) {
      return "kafka: expected a user who may look at the topics of %s, but %s; give it the rights, or log in as another one"
          .formatted(brokers, why(failure));
    }
    return unreachable(why(failure));
  }

  private String unreachable(String why) {
    return "source.bootstrap-servers: expected a Kafka broker at %s, but %s; check the address, the network and the security settings under 'kafka'"
        .formatted(brokers, why);
  }

  /** Returns what the failure and its causes say, each thing once and on one line. */
  private static String why(Throwable failure) {
    List<String> words = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String said = CLASS_NAMES.matcher(firstLine(cause)).replaceFirst("");
      if (words.stream().noneMatch(before -> before.contains(said))) {
        words.add(said);
      }
    }
    String all = String.join(": ", words);
    // Where a login is misspelt, Kafka takes pieces of a password for names, and shows them.
    return all.contains("JAAS") ? all.replaceAll("'[^']*'", "'...'") : all;
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
