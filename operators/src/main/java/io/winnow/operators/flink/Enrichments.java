package io.winnow.operators.flink;

import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.EnrichedText;
import io.winnow.operators.task.HeadResult;
import io.winnow.operators.text.JoinedText;
import io.winnow.schemas.Classification;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Extraction;
import io.winnow.schemas.ScoredLabel;
import io.winnow.schemas.Span;
import java.util.ArrayList;
import java.util.List;

/** Writes a model's answers in the form in which they cross a topic. */
public final class Enrichments {
  private final String name;
  private final ModelBundle bundle;

  /**
   * Creates a writer.
   *
   * @param name name of the enrichment
   * @param bundle the model that answers
   */
  public Enrichments(String name, ModelBundle bundle) {
    this.name = name;
    this.bundle = bundle;
  }

  /** Returns the event with the answers behind the enrichments that it has. */
  TextEvent added(TextEvent event, JoinedText text, EnrichedText answer) {
    EnrichedEvent before = event.event();
    List<Enrichment> all = new ArrayList<>(before.getEnrichments());
    all.addAll(of(text, answer));
    return new TextEvent(
        new EnrichedEvent(
            before.getSource(), before.getKey(), before.getHeaders(), before.getPayload(), all),
        event.fields());
  }

  /** Returns an enrichment for each head, in the order of the bundle. */
  public List<Enrichment> of(JoinedText text, EnrichedText answer) {
    List<Enrichment> enrichments = new ArrayList<>(answer.results().size());
    for (HeadResult result : answer.results()) {
      enrichments.add(
          new Enrichment(
              name,
              result.head().name(),
              result.head().task().code(),
              bundle.name(),
              bundle.version(),
              bundle.fingerprint(),
              answer.tokens(),
              answer.tokensRead(),
              result(text, result)));
    }
    return enrichments;
  }

  private static Object result(JoinedText text, HeadResult result) {
    if (result instanceof HeadResult.Labels labels) {
      return new Classification(
          labels.labels().stream().map(l -> new ScoredLabel(l.label(), l.score())).toList());
    }
    HeadResult.Spans spans = (HeadResult.Spans) result;
    List<Span> located = new ArrayList<>();
    for (var span : spans.spans()) {
      for (var piece : text.locate(span.start(), span.end())) {
        located.add(
            new Span(
                span.label(),
                piece.field(),
                piece.start(),
                piece.end(),
                piece.text(),
                span.score()));
      }
    }
    return new Extraction(located);
  }
}
