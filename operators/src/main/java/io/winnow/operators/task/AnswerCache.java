package io.winnow.operators.task;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.winnow.operators.text.RejectedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Recent answers of models, and those that a thread works on just now: equal texts are computed
 * once. An answer depends on nothing but model and text, so a repeated one is the same.
 *
 * <p>Thread-safe.
 */
public final class AnswerCache {
  /**
   * What an entry takes beside its text and its labels: keys, futures and the cache's own nodes.
   */
  private static final int ENTRY_BYTES = 400;

  private static final int LABEL_BYTES = 48;

  private final AsyncCache<Key, EnrichedText> answers;

  /**
   * Creates a cache.
   *
   * @param maxBytes most that texts and answers take on the heap, by an estimate
   */
  public AnswerCache(long maxBytes) {
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher(AnswerCache::bytes)
            .executor(Runnable::run) // a thread of the JVM's pool would outlive the job's classes
            .buildAsync();
  }

  /** Computes the answer to a text. */
  @FunctionalInterface
  public interface Model {
    EnrichedText enrich(String text) throws RejectedException;
  }

  /** Computes the answers to texts of which no two are equal, and tells each when it has it. */
  @FunctionalInterface
  public interface BatchModel {
    void enrich(List<String> texts, SortedEnricher.Listener listener);
  }

  /**
   * An answer.
   *
   * @param repeated whether it was computed before, by this thread or another one
   */
  public record Answer(EnrichedText text, boolean repeated) {}

  /** Ordered, so that texts of one hash code, which anybody can write, are found fast. */
  private record Key(String text, String fingerprint) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::text).thenComparing(Key::fingerprint);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Returns the answer to a text; waits where another thread computes it.
   *
   * @param fingerprint of the model
   * @param model asked on this thread where no answer is known
   * @throws RejectedException if the model cannot answer; that is not remembered
   */
  public Answer answer(String fingerprint, String text, Model model) throws RejectedException {
    CompletableFuture<EnrichedText> own = new CompletableFuture<>();
    CompletableFuture<EnrichedText> other =
        answers.asMap().putIfAbsent(new Key(text, fingerprint), own);
    if (other == null) {
      return new Answer(computed(text, model, own), false);
    }
    try {
      return new Answer(other.join(), true);
    } catch (CompletionException | CancellationException e) { // each is to say why for itself
      return new Answer(model.enrich(text), false);
    }
  }

  /**
   * Returns the answers to texts; those that are not known are computed together, before any wait
   * for another thread, so that no two threads wait for each other.
   *
   * @param fingerprint of the model
   * @param model asked on this thread
   */
  public List<Outcome> answers(String fingerprint, List<String> texts, BatchModel model) {
    Map<String, CompletableFuture<EnrichedText>> own = new LinkedHashMap<>();
    List<@Nullable CompletableFuture<EnrichedText>> others = new ArrayList<>();
    for (String text : texts) {
      CompletableFuture<EnrichedText> mine = new CompletableFuture<>();
      CompletableFuture<EnrichedText> other =
          answers.asMap().putIfAbsent(new Key(text, fingerprint), mine);
      if (other == null) {
        own.put(text, mine);
      }
      others.add(other);
    }
    Map<String, Outcome> computed = computed(own, model);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      CompletableFuture<EnrichedText> other = others.get(i);
      outcomes.add(
          other == null
              ? Objects.requireNonNull(computed.get(text))
              : awaited(other, () -> alone(text, model)));
    }
    return outcomes;
  }

  private static Map<String, Outcome> computed(
      Map<String, CompletableFuture<EnrichedText>> own, BatchModel model) {
    Map<String, Outcome> computed = new HashMap<>();
    if (own.isEmpty()) {
      return computed;
    }
    List<String> texts = List.copyOf(own.keySet());
    try {
      model.enrich(
          texts,
          (index, outcome) -> { // at once: another thread may wait for this text alone
            String text = texts.get(index);
            computed.put(text, outcome);
            CompletableFuture<EnrichedText> waited = Objects.requireNonNull(own.get(text));
            if (outcome.answer() == null) {
              waited.cancel(false);
            } else {
              waited.complete(outcome.answer().text());
            }
          });
      return computed;
    } finally {
      own.values().forEach(waited -> waited.cancel(false)); // does nothing to one that is complete
    }
  }

  private static Outcome alone(String text, BatchModel model) {
    List<Outcome> outcome = new ArrayList<>(1);
    model.enrich(List.of(text), (index, found) -> outcome.add(found));
    return outcome.get(0);
  }

  private static Outcome awaited(
      CompletableFuture<EnrichedText> other, Supplier<Outcome> otherwise) {
    try {
      return Outcome.of(new Answer(other.join(), true));
    } catch (CompletionException | CancellationException e) { // each is to say why for itself
      return otherwise.get();
    }
  }

  private static EnrichedText computed(
      String text, Model model, CompletableFuture<EnrichedText> waited) throws RejectedException {
    try {
      EnrichedText answer = model.enrich(text);
      waited.complete(answer);
      return answer;
    } finally {
      waited.cancel(false); // does nothing to one that is complete
    }
  }

  private static int bytes(Key key, EnrichedText answer) {
    long labels = 0;
    for (HeadResult result : answer.results()) {
      labels +=
          result instanceof HeadResult.Labels found
              ? found.labels().size()
              : ((HeadResult.Spans) result).spans().size();
    }
    long bytes = ENTRY_BYTES + (long) Character.BYTES * key.text().length() + LABEL_BYTES * labels;
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }
}
