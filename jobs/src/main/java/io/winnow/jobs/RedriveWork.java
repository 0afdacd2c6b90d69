package io.winnow.jobs;

import io.winnow.jobs.format.OutputHeaders;
import io.winnow.jobs.format.OutputRecord;
import io.winnow.jobs.kafka.RedriveProducer;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.redrive.LetterId;
import io.winnow.jobs.redrive.Mark;
import io.winnow.jobs.redrive.RedriveResult;
import io.winnow.jobs.redrive.RedriveRun;
import io.winnow.jobs.redrive.RedriveSelection;
import io.winnow.jobs.redrive.Redriven;
import io.winnow.operators.flink.crash.CrashOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RestartStrategyOptions.RestartStrategyType;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.collect.CollectSinkOperatorFactory;
import org.apache.flink.util.CloseableIterator;

/**
 * Sends dead letters back through a pipeline, in this process.
 *
 * <p>The job is that of {@code run} between decoding and encoding. Its source is the dead-letter
 * topic, and in place of Flink's sink, which knows transactions but no marks in them, this class
 * writes: results and the marks of their dead letters in one transaction, of a producer that has
 * locked all earlier ones out before the marks were read. So a dead letter is marked if and only if
 * its result is there, and the job needs no checkpoint: a process that is killed loses an open
 * transaction, and the next one sends what has no mark.
 */
public final class RedriveWork {
  private static final int BATCH_RECORDS = 500;
  private static final long BATCH_BYTES = 4L << 20;
  private static final long BATCH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long COLLECT_BYTES = 2L << 20; // Flink's default

  private final Pipeline pipeline;
  private final RedriveSelection selection;
  private final RedriveRun run;
  private final RedriveProducer producer;
  private final List<Redriven> batch = new ArrayList<>();
  private long batchBytes;
  private long batchStartNanos;
  private long enriched;
  private long rejected;

  private RedriveWork(
      Pipeline pipeline, RedriveSelection selection, RedriveRun run, RedriveProducer producer) {
    this.pipeline = pipeline;
    this.selection = selection;
    this.run = run;
    this.producer = producer;
  }

  /**
   * Does the work, to its end.
   *
   * @param state folder where deaths of the process are noted, if the pipeline names none
   * @param step told of each dead letter that is dealt with
   */
  public static RedriveResult execute(
      StreamExecutionEnvironment environment,
      Pipeline pipeline,
      Topics topics,
      RedriveSelection selection,
      RedriveRun run,
      RedriveProducer producer,
      URI state,
      Runnable step)
      throws Exception {
    long startNanos = System.nanoTime();
    environment.configure(configuration(topics, state));
    RedriveWork work = new RedriveWork(pipeline, selection, run, producer);
    try {
      work.run(environment, topics, step);
    } catch (RuntimeException e) { // of the iterator, which says nothing of the job's failure
      throw jobFailure(e).orElse(e);
    }
    work.forgetDeaths(topics, state);
    long millis = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
    return new RedriveResult(work.enriched, work.rejected, millis);
  }

  private static Optional<Exception> jobFailure(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JobExecutionException job) {
        return Optional.of(new ExecutionException(job));
      }
    }
    return Optional.empty();
  }

  @SuppressWarnings("try") // Flink's iterator may be interrupted while it closes
  private void run(StreamExecutionEnvironment environment, Topics topics, Runnable step)
      throws Exception {
    Topics room = topics.less(RedriveProducer.HEADER_BYTES);
    try (CloseableIterator<OutputRecord> results =
        EnrichmentJob.redrive(environment, pipeline, room, selection)) {
      while (results.hasNext()) {
        add(results.next());
        step.run();
      }
    }
    flush();
    requireAll();
  }

  private static Configuration configuration(Topics topics, URI state) {
    Configuration configuration = new Configuration();
    // What was written is not known to Flink: to start over is up to the next process.
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY,
        RestartStrategyType.NO_RESTART_STRATEGY.getMainValue());
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, state.toString());
    configuration.set( // a larger record would fail the job
        CollectSinkOperatorFactory.MAX_BATCH_SIZE,
        new MemorySize(Math.max(COLLECT_BYTES, 2L * topics.largestMessageBytes())));
    return configuration;
  }

  private void add(OutputRecord output) throws IOException {
    LetterId id = selection.id(output.sourcePartition(), output.sourceOffset());
    int attempts =
        selection
            .attempts(id)
            .orElseThrow(() -> new IllegalStateException("Nobody asked for " + id.key()));
    boolean again = output.topic().equals(pipeline.deadLetters().topic());
    OutputRecord marked = output.with(OutputHeaders.REDRIVE, run.id());
    if (id.replay() != null) {
      marked = marked.with(OutputHeaders.REPLAY, id.replay());
    }
    if (again) {
      marked = marked.with(OutputHeaders.ATTEMPTS, Integer.toString(attempts + 1));
      rejected++;
    } else {
      enriched++;
    }
    if (batch.isEmpty()) {
      this.batchStartNanos = System.nanoTime();
    }
    batch.add(new Redriven(marked, id, new Mark(attempts, !again, run.id())));
    batchBytes += output.value().length;
    if (batch.size() >= BATCH_RECORDS
        || batchBytes >= BATCH_BYTES
        || System.nanoTime() - batchStartNanos >= BATCH_NANOS) {
      flush();
    }
  }

  /** A transaction is short: readers of the topic wait for its end, and the live job's readers. */
  private void flush() throws IOException {
    if (!batch.isEmpty()) {
      producer.write(batch);
      batch.clear();
      batchBytes = 0;
    }
  }

  private void requireAll() {
    if (enriched + rejected != selection.size()) {
      throw new IllegalStateException(
          "Expected results for %d dead letters, found %d; give the same command again for the rest"
              .formatted(selection.size(), enriched + rejected));
    }
  }

  /** A record that killed the process is tried anew by the next redrive, maybe after a fix. */
  private void forgetDeaths(Topics topics, URI state) throws IOException {
    URI journal = pipeline.crashJournal();
    Path root =
        journal == null ? new Path(new Path(state), CrashOptions.FOLDER) : new Path(journal);
    Path folder =
        new Path(root, EnrichmentJob.crashJob(pipeline, topics) + RedriveMode.CRASH_SCOPE);
    folder.getFileSystem().delete(folder, true);
  }
}
