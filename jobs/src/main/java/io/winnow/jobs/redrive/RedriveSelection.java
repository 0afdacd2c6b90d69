package io.winnow.jobs.redrive;

import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.replay.PartitionRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** The dead letters that a redrive sends back: one for each record, and none a second time. */
public final class RedriveSelection {
  /** Where a dead letter lies, and what it says. */
  private record Chosen(int partition, long offset, int attempts, String reason) {}

  private final String pipeline;
  private final String topic;
  private final RedriveOptions options;
  private final Marks marks;
  private final Map<LetterId, Chosen> chosen = new HashMap<>();
  private final Map<String, String> reasons = new HashMap<>(); // a few, again and again
  private long letters;
  private long redriven;
  private long tombstones;
  private long cut;
  private long copies;
  private long others;
  private long unreadable;

  /**
   * Creates an empty selection.
   *
   * @param pipeline its name; dead letters that tell of another one stay
   * @param topic its source topic
   */
  public RedriveSelection(String pipeline, String topic, RedriveOptions options, Marks marks) {
    this.pipeline = pipeline;
    this.topic = topic;
    this.options = options;
    this.marks = marks;
  }

  /** Takes a record of the dead-letter topic. */
  public void add(SourceRecord record) {
    Optional<Letter> letter = Letter.of(record).map(one -> one.ownedBy(pipeline));
    if (letter.isEmpty()) {
      unreadable++;
    } else if (!isOurs(letter.get())) {
      others++;
    } else if (options.takes(letter.get().content().getReason())) {
      letters++;
      choose(letter.get());
    }
  }

  private boolean isOurs(Letter letter) {
    return pipeline.equals(letter.id().pipeline())
        && letter.id().topic().equals(topic)
        && Objects.equals(letter.id().replay(), options.replay());
  }

  private void choose(Letter letter) {
    if (marks.settle(letter)) {
      redriven++;
    } else if (letter.isTombstone()) {
      tombstones++;
    } else if (letter.isCut()) {
      cut++;
    } else {
      put(letter);
    }
  }

  /** Of the dead letters of a record the one with the most attempts goes back. */
  private void put(Letter letter) {
    LetterId id = id(letter.id().partition(), letter.id().offset());
    Chosen before = chosen.get(id);
    if (before != null) {
      copies++;
    }
    if (before == null || before.attempts() < letter.attempts()) {
      String reason = reasons.computeIfAbsent(letter.content().getReason(), same -> same);
      chosen.put(id, new Chosen(letter.partition(), letter.offset(), letter.attempts(), reason));
    }
  }

  /** Returns the id of a record of the source topic whose dead letter this may be. */
  public LetterId id(int partition, long offset) {
    return new LetterId(pipeline, topic, partition, offset, options.replay());
  }

  public LetterCounts counts() {
    return new LetterCounts(letters, redriven, tombstones, cut, copies, others, unreadable);
  }

  /** Returns how many go back. */
  public int size() {
    return chosen.size();
  }

  /** Returns how many go back of each reason. */
  public Map<String, Integer> byReason() {
    Map<String, Integer> counts = new TreeMap<>();
    chosen.values().forEach(letter -> counts.merge(letter.reason(), 1, Integer::sum));
    return counts;
  }

  /** Returns how often a record was tried until now; empty where it does not go back. */
  public Optional<Integer> attempts(LetterId id) {
    return Optional.ofNullable(chosen.get(id)).map(Chosen::attempts);
  }

  /** Returns the offsets of those that go back, in order, by their partition. */
  public Map<Integer, long[]> offsets() {
    Map<Integer, LongStream.Builder> offsets = new TreeMap<>();
    for (Chosen letter : chosen.values()) {
      offsets.computeIfAbsent(letter.partition(), p -> LongStream.builder()).add(letter.offset());
    }
    Map<Integer, long[]> sorted = new TreeMap<>();
    offsets.forEach((partition, some) -> sorted.put(partition, some.build().sorted().toArray()));
    return sorted;
  }

  /** Returns the ranges of the dead-letter topic that hold them. */
  public List<PartitionRange> ranges() {
    List<PartitionRange> ranges = new ArrayList<>();
    offsets()
        .forEach(
            (partition, offsets) ->
                ranges.add(
                    new PartitionRange(partition, offsets[0], offsets[offsets.length - 1] + 1)));
    return ranges;
  }
}
