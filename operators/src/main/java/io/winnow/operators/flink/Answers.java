package io.winnow.operators.flink;

import io.winnow.operators.inference.SharedModels;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.AnswerCache;
import io.winnow.operators.task.AnswerCache.Answer;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.task.Outcome;
import io.winnow.operators.task.SortedEnricher;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextPolicy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a model to texts, one by one or several together: texts that it cannot read are
 * refused, and recent answers are taken from the cache.
 *
 * <p>Not thread-safe: a subtask has its own.
 */
final class Answers {
  private final int maxCharacters;
  private final Enricher enricher;
  private final SortedEnricher sorted;
  private final @Nullable AnswerCache cache;
  private final String cacheKey;

  Answers(SlmOptions options, ModelBundle bundle, SharedModels.Lease lease) {
    this.maxCharacters = options.maxCharacters();
    this.enricher = new Enricher(bundle, lease.model());
    this.sorted = new SortedEnricher(enricher);
    long cacheBytes = options.answerCacheBytes();
    this.cache =
        cacheBytes == 0
            ? null
            : lease.companion(AnswerCache.class, () -> new AnswerCache(cacheBytes));
    // Shared passes may move a score within the tolerance: their answers are kept apart.
    this.cacheKey = bundle.fingerprint() + (options.batching().sorted() ? " sorted" : "");
  }

  Enricher enricher() {
    return enricher;
  }

  /** Returns the answer to a text that runs alone. */
  Answer of(String text) throws RejectedException {
    TextPolicy.check(text, maxCharacters);
    return cache == null
        ? new Answer(enricher.enrich(text), false)
        : cache.answer(cacheKey, text, enricher::enrich);
  }

  /** Returns what becomes of each of several texts, which share passes. */
  List<Outcome> of(List<String> texts) {
    List<@Nullable Outcome> refused = texts.stream().map(this::refused).toList();
    List<String> readable = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (refused.get(i) == null) {
        readable.add(texts.get(i));
      }
    }
    Iterator<Outcome> answers =
        (cache == null
                ? sorted.enrich(readable)
                : cache.answers(cacheKey, readable, sorted::enrich))
            .iterator();
    List<Outcome> outcomes = new ArrayList<>();
    for (Outcome outcome : refused) {
      outcomes.add(outcome == null ? answers.next() : outcome);
    }
    return outcomes;
  }

  private @Nullable Outcome refused(String text) {
    try {
      TextPolicy.check(text, maxCharacters);
      return null;
    } catch (RejectedException e) {
      return Outcome.of(e);
    }
  }
}
