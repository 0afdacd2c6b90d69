package io.winnow.jobs.bench.contender;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The compilers of this JVM, which take cores from what is measured. */
final class Compilers {
  private static final @Nullable CompilationMXBean BEAN = ManagementFactory.getCompilationMXBean();

  // Their time is counted when a method is done, of which some take a second.
  private static final Duration LOOK = Duration.ofSeconds(3);
  private static final Duration LONGEST = Duration.ofSeconds(60); // of a machine that is busy

  private Compilers() {}

  /** Waits until they have next to nothing to do. */
  static void awaitQuiet() throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    long before = millis();
    while (System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      long now = millis();
      if (now - before < LOOK.toMillis() / 20) {
        return;
      }
      before = now;
    }
  }

  private static long millis() {
    return BEAN == null ? 0 : BEAN.getTotalCompilationTime();
  }
}
