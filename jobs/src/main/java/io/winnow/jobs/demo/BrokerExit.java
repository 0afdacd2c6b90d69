package io.winnow.jobs.demo;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when the broker wants to end the process: it is noted, and the process lives on.
 *
 * <p>Kafka ends its JVM where it cannot go on (a full disk, a failed controller). This JVM is not
 * Kafka's alone: whoever runs it should hear of it and end in order.
 */
final class BrokerExit {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerExit.class);

  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

  private BrokerExit() {}

  static BrokerExit install() {
    BrokerExit exit = new BrokerExit();
    Exit.setExitProcedure(exit::refuse);
    Exit.setHaltProcedure(exit::refuse);
    return exit;
  }

  void uninstall() {
    Exit.resetExitProcedure();
    Exit.resetHaltProcedure();
  }

  Optional<String> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Never returns, as its callers do not expect to live on. */
  private void refuse(int status, @Nullable String message) {
    String said =
        "The embedded Kafka broker gave up with status %d%s; its log says why"
            .formatted(status, message == null ? "" : " (" + message + ")");
    if (failure.compareAndSet(null, said)) {
      LOG.error(said);
    }
    throw new IllegalStateException(said);
  }
}
