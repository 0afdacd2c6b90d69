package io.winnow.jobs.stale;

import java.io.Serializable;
import java.util.BitSet;
import java.util.HashMap;

/** Offsets of the partitions of a topic, a bit each where they lie close. Not thread-safe. */
final class OffsetSet implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int CHUNK_BITS = 16;
  private static final long MASK = (1L << CHUNK_BITS) - 1;

  private final HashMap<Chunk, BitSet> chunks = new HashMap<>();

  /** Offsets of a partition that have all but their lowest bits in common. */
  private record Chunk(int partition, long high) implements Serializable {
    static Chunk of(int partition, long offset) {
      return new Chunk(partition, offset >>> CHUNK_BITS);
    }
  }

  /** Returns whether it was not there before. */
  boolean add(int partition, long offset) {
    BitSet chunk = chunks.computeIfAbsent(Chunk.of(partition, offset), c -> new BitSet());
    int bit = (int) (offset & MASK);
    boolean isNew = !chunk.get(bit);
    chunk.set(bit);
    return isNew;
  }

  boolean contains(int partition, long offset) {
    BitSet chunk = chunks.get(Chunk.of(partition, offset));
    return chunk != null && chunk.get((int) (offset & MASK));
  }

  /** Returns how many of these are not among others. */
  long without(OffsetSet others) {
    long count = 0;
    for (var entry : chunks.entrySet()) {
      BitSet rest = (BitSet) entry.getValue().clone();
      BitSet taken = others.chunks.get(entry.getKey());
      if (taken != null) {
        rest.andNot(taken);
      }
      count += rest.cardinality();
    }
    return count;
  }
}
