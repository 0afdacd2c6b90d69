package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.MemoryBudget;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.Enricher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the native memory of a bundle against its {@link MemoryBudget}: by how much the resident
 * memory of this process grows while it loads the model, and while several threads read nothing but
 * the longest windows.
 *
 * <p>After {@code mvn package}; the heap is touched at the start, so it does not grow:
 *
 * <pre>java -Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:+UseSerialGC \
 *   -cp 'deploy/target/test-classes:deploy/target/lib/*' \
 *   io.winnow.deploy.MemoryMeasurement deploy/models/support 4</pre>
 */
final class MemoryMeasurement {
  private static final int ROUNDS = 10;
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private MemoryMeasurement() {}

  /** Takes the folder of a model and a number of threads. */
  public static void main(String[] arguments) throws Exception {
    ModelBundle bundle = BundleReader.read(Path.of(arguments[0]), HeadOptions.NONE);
    int threads = Integer.parseInt(arguments[1]);
    MemoryBudget budget = MemoryBudget.of(bundle);
    long before = resident();
    try (LoadedModel model = LoadedModel.open(bundle)) {
      new Enricher(bundle, model).warmUp();
      long loaded = resident() - before;
      run(bundle, model, threads);
      System.out.printf(
          Locale.ROOT,
          "%s, windows of %d: loaded %.0f MiB of %.0f, %d threads %.0f MiB of %.0f%n",
          bundle.graphFile().toRealPath().getFileName(),
          bundle.window().tokens(),
          mebibytes(loaded),
          mebibytes(MemoryBudget.PROCESS + budget.bytes(0)),
          threads,
          mebibytes(resident() - before),
          mebibytes(MemoryBudget.PROCESS + budget.bytes(threads)));
    }
  }

  private static void run(ModelBundle bundle, LoadedModel model, int threads) throws Exception {
    String text = "card ".repeat(bundle.window().tokens() * 2);
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(() -> enrich(bundle, model, text, together));
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
  }

  private static void enrich(
      ModelBundle bundle, LoadedModel model, String text, CyclicBarrier together) {
    try {
      Enricher enricher = new Enricher(bundle, model);
      for (int i = 0; i < ROUNDS; i++) {
        together.await();
        enricher.enrich(text);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the resident memory of this process in bytes, as Linux tells it. */
  private static long resident() throws IOException {
    System.gc(); // lets go of the graph's file, which was mapped to read it
    Matcher matcher = RESIDENT.matcher(Files.readString(Path.of("/proc/self/status"), UTF_8));
    if (!matcher.find()) {
      throw new IllegalStateException("/proc/self/status does not tell the resident memory");
    }
    return Long.parseLong(matcher.group(1)) << 10;
  }

  private static double mebibytes(long bytes) {
    return bytes / (double) (1 << 20);
  }
}
