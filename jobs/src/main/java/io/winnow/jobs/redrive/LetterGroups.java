package io.winnow.jobs.redrive;

import io.winnow.jobs.format.SourceRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Groups the dead letters of a topic by stage and reason. */
public final class LetterGroups {
  private static final int EXAMPLES = 3;
  private static final int START_BYTES = 512;

  private record Key(String stage, String reason) {}

  private static final class Group {
    private long count;
    private long redriven;
    private long first = -1;
    private long last = -1;
    private final List<LetterGroup.Example> examples = new ArrayList<>();

    private void add(Letter letter) {
      count++;
      if (letter.timestamp() >= 0) {
        first = first < 0 ? letter.timestamp() : Math.min(first, letter.timestamp());
        last = Math.max(last, letter.timestamp());
      }
      if (examples.size() < EXAMPLES) {
        examples.add(example(letter));
      }
    }

    private LetterGroup end(Key key) {
      return new LetterGroup(key.stage, key.reason, count, redriven, first, last, examples);
    }
  }

  private final String pipeline;
  private final List<String> reasons;
  private final Marks marks;
  private final Map<Key, Group> groups = new HashMap<>();
  private long unreadable;

  /**
   * Creates groups without anything in them.
   *
   * @param pipeline whose dead letters those are that do not tell
   * @param reasons codes of those to group; empty for all
   */
  public LetterGroups(String pipeline, List<String> reasons, Marks marks) {
    this.pipeline = pipeline;
    this.reasons = List.copyOf(reasons);
    this.marks = marks;
  }

  /** Takes a record of the dead-letter topic. */
  public void add(SourceRecord record) {
    Optional<Letter> found = Letter.of(record).map(one -> one.ownedBy(pipeline));
    if (found.isEmpty()) {
      unreadable++;
      return;
    }
    Letter letter = found.get();
    String reason = letter.content().getReason();
    if (reasons.isEmpty() || reasons.contains(reason)) {
      Key key = new Key(letter.content().getStage(), reason);
      Group group = groups.computeIfAbsent(key, k -> new Group());
      if (marks.settle(letter)) {
        group.redriven++;
      } else {
        group.add(letter);
      }
    }
  }

  private static LetterGroup.Example example(Letter letter) {
    ByteBuffer payload = letter.content().getPayload();
    return new LetterGroup.Example(
        letter.id(),
        letter.attempts(),
        letter.content().getMessage(),
        start(payload),
        payload == null ? 0 : payload.remaining());
  }

  /** A copy: the whole one may be large. Of UTF-8 no character is cut. */
  private static @Nullable ByteBuffer start(@Nullable ByteBuffer payload) {
    if (payload == null) {
      return null;
    }
    int end = Math.min(START_BYTES, payload.remaining());
    if (end < payload.remaining()) {
      int whole = end;
      while (whole > end - 4 && (payload.get(payload.position() + whole) & 0xC0) == 0x80) {
        whole--;
      }
      end = whole;
    }
    byte[] start = new byte[end];
    payload.duplicate().get(start);
    return ByteBuffer.wrap(start);
  }

  /** Returns the groups, the largest first. */
  public List<LetterGroup> groups() {
    return groups.entrySet().stream()
        .map(entry -> entry.getValue().end(entry.getKey()))
        .sorted(
            Comparator.comparingLong(LetterGroup::count)
                .reversed()
                .thenComparing(LetterGroup::stage)
                .thenComparing(LetterGroup::reason))
        .toList();
  }

  /** Returns how many records are no dead letters. */
  public long unreadable() {
    return unreadable;
  }
}
