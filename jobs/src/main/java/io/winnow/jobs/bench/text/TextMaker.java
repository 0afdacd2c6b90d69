package io.winnow.jobs.bench.text;

import io.winnow.jobs.bench.BenchText;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextTokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes texts of about the lengths that are asked for, none of them twice, from sentences: it joins
 * some and cuts the first and the last between words. The same calls make the same texts.
 *
 * <p>Not thread-safe.
 */
final class TextMaker {
  private static final long SEED = 42; // of no meaning: the same texts in each run
  private static final int TRIES = 20;

  private final TextTokenizer tokenizer;
  private final List<List<String>> sentences = new ArrayList<>(); // as words
  private final Map<String, Integer> tokensOfWords = new HashMap<>();
  private final Set<String> made = new HashSet<>();
  private final Random random = new Random(SEED);

  /**
   * Creates a maker.
   *
   * @param sentences those that the tokenizer cannot read are left out
   * @throws IllegalArgumentException if that leaves none
   */
  TextMaker(List<String> sentences, TextTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    for (String sentence : sentences) {
      List<String> words = List.of(sentence.split("\\s+"));
      if (canRead(words)) {
        this.sentences.add(words);
      }
    }
    if (this.sentences.isEmpty()) {
      throw new IllegalArgumentException("The tokenizer can read none of the sentences");
    }
  }

  private boolean canRead(List<String> words) {
    try {
      for (String word : words) {
        if (!tokensOfWords.containsKey(word)) {
          tokensOfWords.put(word, tokenizer.tokenize(word).size());
        }
      }
      return true;
    } catch (RejectedException e) {
      return false;
    }
  }

  /**
   * Returns a new text.
   *
   * @param tokens tokens that it should have; it may have a few more or less
   */
  BenchText make(int tokens) throws RejectedException {
    for (int tries = 1; ; tries++) {
      // Of very short texts there are not many: then it gets longer.
      int wanted = tokens + tries / TRIES;
      BenchText text = shortened(counted(joined(wanted)), wanted);
      if (made.add(text.text())) {
        return text;
      }
    }
  }

  private BenchText counted(String text) throws RejectedException {
    return new BenchText(text, tokenizer.tokenize(text).size());
  }

  /** Cuts words off at the end: among others a word may have more tokens than alone. */
  private BenchText shortened(BenchText text, int wanted) throws RejectedException {
    int end = text.text().lastIndexOf(' ');
    if (text.tokens() <= wanted || end < 0) {
      return text;
    }
    BenchText shorter = counted(text.text().substring(0, end));
    return text.tokens() - wanted > wanted - shorter.tokens() ? shortened(shorter, wanted) : text;
  }

  private String joined(int tokens) {
    StringBuilder text = new StringBuilder();
    int left = tokens;
    while (left > 0) {
      List<String> words = sentences.get(random.nextInt(sentences.size()));
      int from = text.isEmpty() ? random.nextInt(words.size()) : 0;
      for (int i = from; i < words.size() && left > 0; i++) {
        int more = Math.max(1, tokensOfWords.getOrDefault(words.get(i), 1));
        if (more > 2 * left && !text.isEmpty()) { // too short by less than too long with it
          return text.toString();
        }
        text.append(text.isEmpty() ? "" : " ").append(words.get(i));
        left -= more;
      }
    }
    return text.toString();
  }
}
