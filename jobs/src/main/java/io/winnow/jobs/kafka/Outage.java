package io.winnow.jobs.kafka;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells brokers that are away from those that refuse something, which they will the next time. */
public final class Outage {
  /** Of a host name that nobody knows just now, for which Kafka has no class. */
  private static final String UNRESOLVABLE = "No resolvable bootstrap urls";

  private Outage() {}

  /** Tells whether a failure, or one behind it, may be over the next time. */
  public static boolean isBehind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException
          || cause instanceof SocketException // of the server that gives tokens
          || cause instanceof SocketTimeoutException
          || cause instanceof UnknownHostException
          || (cause instanceof ConfigException
              && String.valueOf(cause.getMessage()).contains(UNRESOLVABLE))) {
        return true;
      }
    }
    return false;
  }
}
