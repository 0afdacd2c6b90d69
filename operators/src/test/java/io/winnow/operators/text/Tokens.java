package io.winnow.operators.text;

import java.util.ArrayList;
import java.util.List;

/** Texts as tokens, without a tokenizer: {@code Ann in Pa-ris} has the tokens Ann, in, Pa, ris. */
public final class Tokens {
  private Tokens() {}

  /** Returns the text without its hyphens, one special token before and behind it. */
  public static TokenizedText of(String hyphenated) {
    StringBuilder text = new StringBuilder();
    List<Integer> starts = new ArrayList<>();
    List<Boolean> continuations = new ArrayList<>();
    for (String word : hyphenated.split(" ", -1)) {
      text.append(text.isEmpty() ? "" : " ");
      boolean continues = false;
      for (String token : word.split("-", -1)) {
        starts.add(text.length());
        continuations.add(continues);
        text.append(token);
        continues = true;
      }
    }
    return tokenized(text.toString(), starts, continuations);
  }

  private static TokenizedText tokenized(
      String text, List<Integer> starts, List<Boolean> continuations) {
    int[] bounds = new int[2 * starts.size()];
    boolean[] continues = new boolean[starts.size()];
    for (int i = 0; i < starts.size(); i++) {
      int next = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
      boolean space = i + 1 < starts.size() && !continuations.get(i + 1);
      bounds[2 * i] = starts.get(i);
      bounds[2 * i + 1] = space ? next - 1 : next;
      continues[i] = continuations.get(i);
    }
    long[] ids = new long[starts.size() + 2];
    return new TokenizedText(text, ids, ids.clone(), bounds, continues, 1, 1);
  }
}
