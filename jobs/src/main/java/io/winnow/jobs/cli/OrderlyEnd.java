package io.winnow.jobs.cli;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Lets work end in order when its process is told to end, as by Ctrl-C. */
final class OrderlyEnd {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private OrderlyEnd() {}

  /**
   * Does some work, which a process that is told to end waits for.
   *
   * @param stop makes the work return soon
   */
  static <T> T of(Runnable stop, Callable<T> work) throws Exception {
    Thread running = Thread.currentThread();
    Thread hook =
        new Thread(
            () -> {
              stop.run();
              await(running);
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.call();
    } finally {
      remove(hook);
    }
  }

  private static void await(Thread running) {
    try {
      running.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending, and the hook with it
    }
  }
}
