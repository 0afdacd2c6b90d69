package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Answer;
import io.winnow.operators.flink.TextEvent;
import io.winnow.schemas.Classification;
import io.winnow.schemas.Enrichment;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;

/** Reads the labels that an event was enriched with. */
final class EnrichedFunction implements MapFunction<TextEvent, Answer> {
  private static final long serialVersionUID = 1L;

  @Override
  public Answer map(TextEvent enriched) {
    List<String> labels = new ArrayList<>();
    for (Enrichment enrichment : enriched.event().getEnrichments()) {
      if (enrichment.getResult() instanceof Classification found) {
        labels.add(found.getLabels().isEmpty() ? "" : found.getLabels().get(0).getLabel());
      }
    }
    int index = (int) enriched.event().getSource().getOffset();
    return new Answer(index, String.join(",", labels));
  }
}
