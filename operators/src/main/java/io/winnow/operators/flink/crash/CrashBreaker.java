package io.winnow.operators.flink.crash;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.SourcePosition;
import java.io.IOException;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the loop in which one record kills the process again and again: rejects it. In normal
 * running it does nothing.
 *
 * <p>Not thread-safe: a subtask has its own, and closes it at any end but its death.
 */
public final class CrashBreaker implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(CrashBreaker.class);
  private static final String HOMELESS =
      "Enrichment {}: a record that kills the process would be read again for ever; set"
          + " execution.checkpointing.dir, or crash-journal in the pipeline file, to a folder that"
          + " every task manager writes to";
  private static final String DIED =
      "Enrichment {}: the process died while this ran. Until {} checkpoints are complete, what is"
          + " read is noted in {}; under suspicion: {} blocks of {} records, {} single records";

  private final String enrichment;
  private final @Nullable CrashJournal journal;
  private final String mark;
  private @Nullable CarefulReading careful;

  private CrashBreaker(
      String enrichment,
      @Nullable CrashJournal journal,
      String mark,
      @Nullable CarefulReading careful) {
    this.enrichment = enrichment;
    this.journal = journal;
    this.mark = mark;
    this.careful = careful;
  }

  /**
   * Starts for a subtask whose model is open.
   *
   * @param checkpoints the task manager's folder for checkpoints, if it has one
   * @throws IOException if the journal cannot be read and written
   */
  public static CrashBreaker open(
      CrashOptions options, String enrichment, @Nullable String checkpoints, ExecutionAttemptID id)
      throws IOException {
    return open(options, enrichment, checkpoints, Attempt.of(id));
  }

  static CrashBreaker open(
      CrashOptions options, String enrichment, @Nullable String checkpoints, Attempt attempt)
      throws IOException {
    Path folder = options.limit() == 0 ? null : options.folder(enrichment, checkpoints);
    if (folder == null) {
      if (options.limit() > 0 && attempt.subtask() == 0) {
        LOGGER.warn(HOMELESS, enrichment);
      }
      return new CrashBreaker(enrichment, null, "", null);
    }
    CrashJournal journal = new CrashJournal(folder);
    Remains remains = Remains.read(journal, attempt);
    journal.write(attempt.mark(), "");
    CarefulReading careful = null;
    if (!remains.isEmpty()) {
      LOGGER.warn(
          DIED,
          enrichment,
          CarefulReading.QUIET_CHECKPOINTS,
          journal,
          remains.blocks().size(),
          Block.OFFSETS,
          remains.deaths().size());
      careful = new CarefulReading(journal, attempt.mark(), remains, options.limit());
    }
    return new CrashBreaker(enrichment, journal, attempt.mark(), careful);
  }

  /**
   * Lets native code read a record.
   *
   * @throws RejectedException if it does, or if the record killed the process too often
   * @throws IOException if the journal cannot be written
   */
  public <T> T read(SourcePosition source, Reading<T> reading)
      throws RejectedException, IOException {
    if (careful == null) {
      return reading.read();
    }
    try {
      return careful.read(Position.of(source), reading);
    } catch (RejectedException e) {
      if (e.reason() == Reason.PROCESS_CRASHED) {
        LOGGER.error(
            "Enrichment {}: {}-{}@{} is set aside as a dead letter. {}",
            enrichment,
            source.getTopic(),
            source.getPartition(),
            source.getOffset(),
            e.getMessage());
      }
      throw e;
    }
  }

  /** Whether each record must be read alone, since one of them may have killed the process. */
  public boolean isCareful() {
    return careful != null;
  }

  /** Says that all records until now belong to a checkpoint. */
  public void barrier(long checkpoint) {
    if (careful != null) {
      careful.barrier(checkpoint);
    }
  }

  /**
   * Says that a checkpoint is complete.
   *
   * @throws IOException if the journal cannot be written
   */
  public void checkpointCompleted(long checkpoint) throws IOException {
    if (careful != null && careful.endsWith(checkpoint)) {
      careful.end();
      careful = null;
    }
  }

  @Override
  public void close() {
    if (journal == null) {
      return;
    }
    try {
      journal.remove(mark);
    } catch (IOException e) { // the next start is careful, no more
      LOGGER.warn("Enrichment {}: {}", enrichment, e.getMessage());
    }
  }
}
