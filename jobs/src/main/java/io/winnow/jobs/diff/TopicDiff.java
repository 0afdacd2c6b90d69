package io.winnow.jobs.diff;

import java.util.List;

/**
 * Where two enriched topics differ.
 *
 * @param joined records of the same source position
 * @param heads by their names
 * @param unmatched heads of which answers could not be compared
 */
public record TopicDiff(
    SideCounts a, SideCounts b, long joined, List<HeadDiff> heads, List<Unmatched> unmatched) {
  public TopicDiff {
    heads = List.copyOf(heads);
    unmatched = List.copyOf(unmatched);
  }
}
