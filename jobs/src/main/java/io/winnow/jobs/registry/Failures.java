package io.winnow.jobs.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Failures of a connection in words; the JDK leaves most without a message. */
final class Failures {
  private Failures() {}

  static String words(IOException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof UnresolvedAddressException) {
      return "no connection, as its host is not known";
    }
    if (failure instanceof SSLException) {
      return "no TLS connection (%s)".formatted(root.getMessage());
    }
    if (failure instanceof ConnectException) {
      return "no connection, as nobody listens there";
    }

    return failure instanceof HttpTimeoutException
        ? "no answer in time"
        : "no answer (%s)".formatted(root);
  }
}
