package io.winnow.jobs.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts of a topic or a file.
 *
 * @param origin where they come from, as it may be shown
 * @param population records there are, of which these are some
 * @param read records that were read
 * @param texts those of the records that a model can read
 */
public record TextSample(String origin, long population, long read, List<String> texts) {
  public TextSample {
    texts = List.copyOf(texts);
  }

  /** Returns the share of records that would become dead letters. */
  public double rejected() {
    return read == 0 ? 0 : 1 - (double) texts.size() / read;
  }

  /**
   * Returns the share of texts that came before in the sample. The whole has at least as many: a
   * sample sees few of the pairs that lie far apart.
   */
  public double repeated() {
    Set<String> distinct = new HashSet<>(texts);
    return texts.isEmpty() ? 0 : 1 - (double) distinct.size() / texts.size();
  }
}
