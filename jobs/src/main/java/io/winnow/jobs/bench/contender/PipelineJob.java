package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.broker.WrittenRecords;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.flink.api.common.JobID;

/** A job that runs until it is closed. */
record PipelineJob(BenchCluster cluster, JobID id) implements AutoCloseable {
  private static final long POLL_MILLIS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(5); // of a machine that is busy

  /**
   * Waits for answers, and returns where the partitions end then. The few marks of transactions are
   * counted as answers.
   *
   * @param least how many there must be at the least
   * @throws IllegalStateException if no more come
   */
  List<Long> await(WrittenRecords written, int least) throws Exception {
    await(() -> (int) total(written.ends()), least);
    return written.ends();
  }

  /**
   * Reads answers until there are as many as texts.
   *
   * @throws IllegalStateException if no more come, or more than that
   */
  void awaitRead(WrittenRecords written, int texts) throws Exception {
    await(written::read, texts);
    if (written.read() > texts) {
      throw new IllegalStateException(
          "Expected %d answers of the pipeline, found %d".formatted(texts, written.read()));
    }
  }

  private void await(IntSupplier count, int least) throws Exception {
    int before = -1;
    long deadline = 0;
    for (int now = count.getAsInt(); now < least; now = count.getAsInt()) {
      if (now > before) {
        before = now;
        deadline = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Expected %d answers of the pipeline, found %d".formatted(least, now));
      }
      cluster.requireRunning(id);
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static long total(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    cluster.cancel(id);
  }
}
