package io.winnow.operators.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the word that a user probably meant. */
public final class Nearest {
  private Nearest() {}

  /** Returns the known word that differs least, if it differs in few letters; case is no matter. */
  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= tolerated(candidate))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** Returns what to do about a word that is not known. */
  public static String hint(String word, Collection<String> known) {
    return to(word, known).map("; did you mean '%s'?"::formatted).orElse("");
  }

  /** Two where the word is long enough: swapped neighbours are two. */
  private static int tolerated(String candidate) {
    return candidate.length() < 4 ? candidate.length() / 3 : Math.max(2, candidate.length() / 3);
  }

  private static int distance(String left, String right) {
    return LevenshteinDistance.getDefaultInstance().apply(plain(left), plain(right));
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
