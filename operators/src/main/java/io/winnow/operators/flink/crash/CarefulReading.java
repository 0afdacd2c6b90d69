package io.winnow.operators.flink.crash;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * How records are read after the process died.
 *
 * <p>Not thread-safe: a subtask has its own. The subtasks of a process wait for each other.
 */
final class CarefulReading {
  /** The first may complete before the stream is again where it died. */
  static final int QUIET_CHECKPOINTS = 3;

  /** A suspect is read alone in the process; others are read side by side. */
  private static final ReentrantReadWriteLock PROCESS = new ReentrantReadWriteLock(true);

  private static final long NOT_YET = Long.MAX_VALUE;

  private final CrashJournal journal;
  private final String mark;
  private final Remains remains;
  private final int limit;
  private final Map<Integer, Block> blocks = new HashMap<>();
  private final Map<Position, Long> setAside = new HashMap<>(); // to the checkpoint that covers it
  private int quietCheckpoints;

  CarefulReading(CrashJournal journal, String mark, Remains remains, int limit) {
    this.journal = journal;
    this.mark = mark;
    this.remains = remains;
    this.limit = limit;
  }

  <T> T read(Position position, Reading<T> reading) throws RejectedException, IOException {
    return remains.suspects(position)
        ? readAlone(position, reading)
        : readInBlock(position, reading);
  }

  private <T> T readAlone(Position position, Reading<T> reading)
      throws RejectedException, IOException {
    quietCheckpoints = 0;
    int deaths = remains.deaths().getOrDefault(position, 0);
    if (deaths >= limit) {
      setAside.put(position, NOT_YET);
      throw new RejectedException(
          Reason.PROCESS_CRASHED,
          "The process died %d times in a row while it read this text; see whether 'winnow try' dies of it, too, and whether it ran out of memory or left a file hs_err_pid*.log"
              .formatted(deaths));
    }
    PROCESS.writeLock().lock();
    try {
      journal.write(position.note(deaths + 1), "");
      try {
        return reading.read();
      } finally {
        acquit(position, deaths + 1);
      }
    } finally {
      PROCESS.writeLock().unlock();
    }
  }

  private void acquit(Position position, int notes) throws IOException {
    removeNotes(position, notes);
    remains.deaths().remove(position);
  }

  private void removeNotes(Position position, int notes) throws IOException {
    for (int note = 1; note <= notes; note++) {
      journal.remove(position.note(note));
    }
  }

  private <T> T readInBlock(Position position, Reading<T> reading)
      throws RejectedException, IOException {
    Block block = position.block();
    if (!block.equals(blocks.put(block.partition(), block))) {
      journal.write(mark, Block.write(blocks.values()));
    }
    PROCESS.readLock().lock();
    try {
      return reading.read();
    } finally {
      PROCESS.readLock().unlock();
    }
  }

  /** Says that all records until now belong to a checkpoint. */
  void barrier(long checkpoint) {
    setAside.replaceAll((position, covering) -> Math.min(covering, checkpoint));
  }

  /** Says that a checkpoint is complete; returns whether this was the last to wait for. */
  boolean endsWith(long checkpoint) throws IOException {
    Iterator<Map.Entry<Position, Long>> entries = setAside.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Position, Long> entry = entries.next();
      if (entry.getValue() <= checkpoint) {
        acquit(entry.getKey(), remains.deaths().getOrDefault(entry.getKey(), 0));
        entries.remove();
      }
    }
    quietCheckpoints++;
    return setAside.isEmpty() && quietCheckpoints >= QUIET_CHECKPOINTS;
  }

  /**
   * Forgets the dead and their suspects, but for what another subtask may be about to set aside.
   */
  void end() throws IOException {
    for (Map.Entry<Position, Integer> death : remains.deaths().entrySet()) {
      if (death.getValue() < limit) {
        removeNotes(death.getKey(), death.getValue());
      }
    }
    for (String dead : remains.marks()) {
      journal.remove(dead);
    }
    journal.write(mark, "");
  }
}
