package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.broker.WrittenRecords;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.IOUtils;

/** A job of a pipeline that runs until it is closed, and who counts what it writes. */
final class PipelineJob implements AutoCloseable {
  private static final long POLL_MILLIS =
      100; // each asks the broker and the cluster, on these cores
  private static final Duration PATIENCE = Duration.ofMinutes(5); // of a machine that is busy

  private final BenchCluster cluster;
  private final JobID id;
  private final WrittenRecords answers;
  private final WrittenRecords deadLetters;

  /** Takes a job whose topics are still empty. */
  PipelineJob(BenchCluster cluster, JobID id, WrittenRecords answers, WrittenRecords deadLetters) {
    this.cluster = cluster;
    this.id = id;
    this.answers = answers;
    this.deadLetters = deadLetters;
  }

  WrittenRecords answers() {
    return answers;
  }

  /**
   * Waits for answers, and returns where the partitions end then. The few marks of transactions are
   * counted as answers.
   *
   * @param least how many there must be at the least
   * @throws IllegalStateException if no more come
   */
  List<Long> await(int least) throws Exception {
    await(answers::written, least);
    return answers.ends();
  }

  /**
   * Reads answers until there are as many as texts.
   *
   * @throws IllegalStateException if no more come, or more than that, or one was rejected
   */
  void awaitRead(int texts) throws Exception {
    await(answers::read, texts);
    if (answers.read() > texts) {
      throw new IllegalStateException(
          "Expected %d answers of the pipeline, found %d".formatted(texts, answers.read()));
    }
    requireNoDeadLetters();
  }

  void requireNoDeadLetters() {
    if (deadLetters.written() > 0) {
      throw new IllegalStateException(
          "Expected an answer to each text, but the pipeline rejected %d"
              .formatted(deadLetters.written()));
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

  @Override
  public void close() {
    cluster.cancel(id);
    IOUtils.closeAllQuietly(answers, deadLetters);
  }
}
