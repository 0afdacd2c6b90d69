package io.winnow.jobs.diff;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.AnswerPair;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.Distribution;
import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.ModelIdentity;
import io.winnow.jobs.evaluation.RunningComparison;
import io.winnow.jobs.evaluation.Speed;
import io.winnow.jobs.evaluation.Target;
import io.winnow.operators.task.LabelScore;
import io.winnow.schemas.Classification;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Extraction;
import io.winnow.schemas.ScoredLabel;
import io.winnow.schemas.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares the answers of one head, record by record.
 *
 * <p>A topic does not tell whether a head gives one label or several. It shows: probabilities of
 * several labels add up to more than 1, sooner or later. Until then both is reckoned with.
 */
final class HeadTally {
  private static final int MOST_EXAMPLES = 50;
  private static final double ALL = 1.01; // and what comes of rounding

  private final HeadName name;
  private final boolean spans;
  private final RunningComparison comparison = new RunningComparison(MOST_EXAMPLES);
  private final RunningComparison ofSeveral = new RunningComparison(MOST_EXAMPLES);
  private final Set<String> labels = new TreeSet<>();
  private final Map<ModelIdentity, Long> modelsOfA = new HashMap<>();
  private final Map<ModelIdentity, Long> modelsOfB = new HashMap<>();
  private boolean several;

  HeadTally(HeadName name, boolean spans) {
    this.name = name;
    this.spans = spans;
  }

  boolean takes(Enrichment a, Enrichment b) {
    return spans
        ? a.getResult() instanceof Extraction && b.getResult() instanceof Extraction
        : a.getResult() instanceof Classification && b.getResult() instanceof Classification;
  }

  long texts() {
    return modelsOfA.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Adds what both sides say of a text. */
  void add(String place, String text, FieldStarts fields, Enrichment a, Enrichment b) {
    modelsOfA.merge(model(a), 1L, Long::sum);
    modelsOfB.merge(model(b), 1L, Long::sum);
    if (spans) {
      comparison.add(pair(place, text, spans(fields, a), spans(fields, b)));
    } else {
      List<LabelScore> ofA = labels(a);
      List<LabelScore> ofB = labels(b);
      several |= isMoreThanOne(ofA) || isMoreThanOne(ofB);
      for (AnswerKind kind : List.of(AnswerKind.LABEL, AnswerKind.LABELS)) {
        RunningComparison running = kind == AnswerKind.LABEL ? comparison : ofSeveral;
        running.add(pair(place, text, answer(kind, ofA), answer(kind, ofB)));
      }
    }
  }

  private static AnswerPair pair(String place, String text, Answer a, Answer b) {
    return new AnswerPair(place, text, Optional.empty(), a, b);
  }

  private static ModelIdentity model(Enrichment enrichment) {
    return new ModelIdentity(
        enrichment.getModel(), enrichment.getModelVersion(), enrichment.getFingerprint());
  }

  private Answer spans(FieldStarts fields, Enrichment enrichment) {
    List<Span> found = ((Extraction) enrichment.getResult()).getSpans();
    found.forEach(span -> labels.add(span.getLabel()));
    return new Answer.Spans(found.stream().map(fields::spanOf).toList());
  }

  private List<LabelScore> labels(Enrichment enrichment) {
    List<LabelScore> scores = new ArrayList<>();
    for (ScoredLabel label : ((Classification) enrichment.getResult()).getLabels()) {
      labels.add(label.getLabel());
      scores.add(new LabelScore(label.getLabel(), label.getScore()));
    }
    return scores;
  }

  private static boolean isMoreThanOne(List<LabelScore> labels) {
    double sum = 0;
    for (LabelScore label : labels) {
      sum += label.score();
    }
    return sum > ALL;
  }

  private static Answer answer(AnswerKind kind, List<LabelScore> reported) {
    return Answer.Labels.of(kind, reported, Distribution.ofReported(reported));
  }

  /**
   * Returns the comparison of all records so far, of which there must be one at least.
   *
   * @param source topic that the records were read from before
   */
  HeadDiff finish(String source) {
    AnswerKind kind = spans ? AnswerKind.SPANS : several ? AnswerKind.LABELS : AnswerKind.LABEL;
    Target target = new Target(name.title(), kind, List.copyOf(labels));
    Comparison compared = (several ? ofSeveral : comparison).finish(target, Optional.empty());
    ModelIdentity a = mostFrequent(modelsOfA);
    ModelIdentity b = mostFrequent(modelsOfB);
    return new HeadDiff(
        name,
        new HeadComparison(a, b, source, 0, compared, Speed.NONE, Speed.NONE),
        compared.texts() - modelsOfA.getOrDefault(a, 0L),
        compared.texts() - modelsOfB.getOrDefault(b, 0L));
  }

  private static ModelIdentity mostFrequent(Map<ModelIdentity, Long> models) {
    return models.entrySet().stream()
        .max(
            Map.Entry.<ModelIdentity, Long>comparingByValue()
                .thenComparing(entry -> entry.getKey().fingerprint()))
        .orElseThrow()
        .getKey();
  }
}
