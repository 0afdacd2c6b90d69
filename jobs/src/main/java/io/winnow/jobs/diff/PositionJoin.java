package io.winnow.jobs.diff;

import io.winnow.jobs.format.EnrichedRecord;
import io.winnow.jobs.format.SourceOffset;
import io.winnow.operators.text.TextField;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Joins records of two topics by their source positions, in whatever order they come: one that
 * comes first waits for its partner.
 *
 * <p>In memory it keeps those that wait, without their texts, and the positions that were joined.
 */
final class PositionJoin {
  /** Takes what was joined. */
  interface Pairs {
    void add(EnrichedRecord a, EnrichedRecord b, List<TextField> texts);
  }

  private final Half a;
  private final Half b;
  private final Pairs pairs;
  private final NavigableSet<SourceOffset> joined = new TreeSet<>();
  private @Nullable SourceOffset forgotten; // positions before it

  PositionJoin(SideTally tallyOfA, SideTally tallyOfB, Pairs pairs) {
    this.a = new Half(tallyOfA);
    this.b = new Half(tallyOfB);
    this.pairs = pairs;
  }

  void add(Side side, EnrichedRecord record) {
    Half own = half(side);
    Half other = half(side.other());
    SourceOffset source = record.source();
    if (forgotten != null && source.compareTo(forgotten) < 0) {
      own.tally.addLate();
      return;
    }
    if (joined.contains(source) || own.waiting.containsKey(source)) {
      own.tally.addDoubled();
      return;
    }
    EnrichedRecord partner = other.waiting.remove(source);
    if (partner != null) {
      joined.add(source);
      pairs.add(
          side == Side.A ? record : partner, side == Side.A ? partner : record, record.texts());
    } else if (other.isComplete) {
      own.tally.addOnly(1);
    } else {
      own.waiting.put(source, record.withoutTexts());
    }
  }

  /** Takes notice that a side has no more records: nobody waits for them any more. */
  void complete(Side side) {
    half(side).isComplete = true;
    half(side.other()).giveUp();
  }

  /** Gives up waiting at the positions before one; what still comes of them is late. */
  void forget(SourceOffset before) {
    this.forgotten = before;
    a.giveUp(before);
    b.giveUp(before);
    joined.headSet(before, false).clear();
  }

  /** Returns how many records and positions are kept. */
  int size() {
    return a.waiting.size() + b.waiting.size() + joined.size();
  }

  private Half half(Side side) {
    return side == Side.A ? a : b;
  }

  /** One topic's records that wait for their partners. */
  private static final class Half {
    private final SideTally tally;
    private final NavigableMap<SourceOffset, EnrichedRecord> waiting = new TreeMap<>();
    private boolean isComplete;

    Half(SideTally tally) {
      this.tally = tally;
    }

    void giveUp() {
      tally.addOnly(waiting.size());
      waiting.clear();
    }

    void giveUp(SourceOffset before) {
      NavigableMap<SourceOffset, EnrichedRecord> gone = waiting.headMap(before, false);
      tally.addOnly(gone.size());
      gone.clear();
    }
  }
}
