package io.winnow.jobs.trial;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.Speed;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.EnrichedText;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextPolicy;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A bundle that answers texts as the operator does, each alone and on the calling thread, and keeps
 * the time.
 *
 * <p>Not thread-safe. Whoever opens it closes it.
 */
final class TimedBundle implements AutoCloseable {
  private static final int WARM_UP_TEXTS = 50;

  private final LoadedModel model;
  private final Enricher enricher;
  private final List<Head> heads;

  private TimedBundle(LoadedModel model, Enricher enricher, List<Head> heads) {
    this.model = model;
    this.enricher = enricher;
    this.heads = heads;
  }

  /**
   * Opens a bundle.
   *
   * @param everything the bundle with no thresholds and no limits
   * @param heads the same heads as they report in a pipeline
   */
  static TimedBundle open(ModelBundle everything, List<Head> heads)
      throws ConfigurationException, InferenceException {
    LoadedModel model = opened(everything);
    try {
      Enricher enricher = new Enricher(everything, model);
      enricher.warmUp();
      return new TimedBundle(model, enricher, heads);
    } catch (InferenceException | RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  /** Opens the bundle's model; files that are broken are a mistake of whoever names them. */
  static LoadedModel opened(ModelBundle bundle) throws ConfigurationException {
    try {
      return LoadedModel.open(bundle);
    } catch (IOException | InferenceException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  /** Answers the first texts once, so that the time of the JVM's compiler is not the model's. */
  void warmUp(List<String> texts) {
    texts.stream().limit(WARM_UP_TEXTS).forEach(this::answer);
  }

  TimedAnswer answer(String text) {
    Map<String, Answer> answers = new HashMap<>();
    try {
      TextPolicy.check(text);
      long start = System.nanoTime();
      EnrichedText enriched = enricher.enrich(text);
      long nanos = System.nanoTime() - start;
      for (int i = 0; i < heads.size(); i++) {
        Head head = heads.get(i);
        answers.put(head.name(), ReportedAnswer.of(head, enriched.results().get(i)));
      }
      return new TimedAnswer(answers, new Speed(1, enriched.tokensRead(), nanos));
    } catch (RejectedException e) {
      Answer rejected = new Answer.Rejected(e.reason().code());
      heads.forEach(head -> answers.put(head.name(), rejected));
      return new TimedAnswer(answers, Speed.NONE);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
