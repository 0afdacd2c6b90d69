package io.winnow.jobs.display;

import io.winnow.jobs.diff.SideCounts;
import io.winnow.jobs.diff.Unmatched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a comparison of two topics leaves out, in words. */
public final class DiffWords {
  private DiffWords() {}

  /** Returns what became of the records of one topic that are not compared. */
  public static String of(SideCounts side) {
    List<String> words = new ArrayList<>();
    words.add(Figures.count(side.only()) + " of " + Figures.count(side.records(), "record"));
    if (side.doubled() > 0) {
      words.add(Figures.count(side.doubled()) + " doubled");
    }
    if (side.late() > 0) {
      words.add(Figures.count(side.late()) + " too late for their partner");
    }
    for (Map.Entry<String, Long> reason : side.unreadableByReason().entrySet()) {
      words.add(Figures.count(reason.getValue()) + " unreadable: " + reason.getKey());
    }
    return String.join("; ", words);
  }

  /** Returns why answers of a head are not compared. */
  public static String of(Unmatched head) {
    List<String> words = new ArrayList<>();
    if (head.onlyInA() > 0) {
      words.add("in A alone of " + Figures.count(head.onlyInA(), "record"));
    }
    if (head.onlyInB() > 0) {
      words.add("in B alone of " + Figures.count(head.onlyInB(), "record"));
    }
    if (head.unlike() > 0) {
      words.add(
          "vectors or answers of different kinds of " + Figures.count(head.unlike(), "record"));
    }
    return String.join("; ", words);
  }

  /** Returns how many answers come from another model than that which is named. */
  public static String others(long count) {
    return count == 0 ? "" : ", %s of other models".formatted(Figures.count(count, "answer"));
  }
}
