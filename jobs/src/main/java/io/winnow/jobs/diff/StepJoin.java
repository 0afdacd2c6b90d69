package io.winnow.jobs.diff;

import io.winnow.jobs.format.EnrichedRecord;
import io.winnow.jobs.format.SourceOffset;
import io.winnow.jobs.format.SourceRecord;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Joins two partitions whose records come from one partition of the source, in about its order: the
 * one that is behind is read on, so that few records have to wait.
 */
final class StepJoin {
  private final Map<Side, SideReader> readers;
  private final PositionJoin join;
  private final SourceOffset start;
  private final int reach;
  private final Map<Side, RecordCursor> cursors = new EnumMap<>(Side.class);
  private final Map<Side, Long> highest = new EnumMap<>(Map.of(Side.A, -1L, Side.B, -1L));

  /**
   * Creates a join.
   *
   * @param start the first position of the source's partition
   * @param reach how far a record may lie behind its neighbours, in positions
   */
  StepJoin(Map<Side, SideReader> readers, PositionJoin join, SourceOffset start, int reach) {
    this.readers = readers;
    this.join = join;
    this.start = start;
    this.reach = reach;
  }

  void run() throws IOException, InterruptedException {
    for (Side side : Side.values()) {
      cursors.put(side, reader(side).topic().open(start.partition()));
      completeAtEnd(side);
    }
    while (!isAtEnd(Side.A) || !isAtEnd(Side.B)) {
      Side side = behind();
      for (SourceRecord record : cursor(side).next()) {
        add(side, record);
      }
      completeAtEnd(side);
      forget();
    }
  }

  private Side behind() {
    if (isAtEnd(Side.A) || isAtEnd(Side.B)) {
      return isAtEnd(Side.A) ? Side.B : Side.A;
    }
    return highest(Side.A) <= highest(Side.B) ? Side.A : Side.B;
  }

  private void add(Side side, SourceRecord record) {
    Optional<EnrichedRecord> read = reader(side).read(record);
    if (read.isEmpty()) {
      return;
    }
    SourceOffset source = read.get().source();
    if (source.partition() == start.partition() && source.topic().equals(start.topic())) {
      highest.merge(side, source.offset(), Math::max);
      join.add(side, read.get());
    } else {
      reader(side)
          .tally()
          .addUnreadable(
              record,
              "misplaced",
              "Expected a record of %s, partition %d, found one of %s; topics of this size are read in step"
                  .formatted(start.topic(), start.partition(), source.words()));
    }
  }

  private void completeAtEnd(Side side) {
    if (isAtEnd(side)) {
      join.complete(side);
    }
  }

  private void forget() {
    long before = Math.min(highest(Side.A), highest(Side.B)) - reach;
    if (before > 0 && !isAtEnd(Side.A) && !isAtEnd(Side.B)) {
      join.forget(new SourceOffset(start.topic(), start.partition(), before));
    }
  }

  private boolean isAtEnd(Side side) {
    return cursor(side).isAtEnd();
  }

  private SideReader reader(Side side) {
    return Objects.requireNonNull(readers.get(side));
  }

  private RecordCursor cursor(Side side) {
    return Objects.requireNonNull(cursors.get(side));
  }

  private long highest(Side side) {
    return highest.getOrDefault(side, -1L);
  }
}
