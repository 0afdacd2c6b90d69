package io.winnow.jobs.pipeline;

import io.winnow.operators.config.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells of elements of a list that stand twice. */
final class Distinct {
  private Distinct() {}

  /**
   * Notes a problem for each element that repeats an earlier one.
   *
   * @param noun what an element is
   */
  static void check(Section section, String key, List<?> elements, String noun) {
    Map<Object, Integer> first = new HashMap<>();
    for (int i = 0; i < elements.size(); i++) {
      Integer earlier = first.putIfAbsent(elements.get(i), i);
      if (earlier != null) {
        section.problem(
            key, i, "expected each %s once, but %s[%d] is the same".formatted(noun, key, earlier));
      }
    }
  }
}
