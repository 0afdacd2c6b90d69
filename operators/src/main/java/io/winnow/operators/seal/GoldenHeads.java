package io.winnow.operators.seal;

import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.Task;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.task.HeadResult;
import io.winnow.operators.task.LabelScore;
import io.winnow.operators.text.RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Answers golden texts with all heads of a bundle as the bundle describes them, whatever a pipeline
 * asks of them.
 */
final class GoldenHeads {
  private static final int LEAST_LABELS = 3;

  private final List<Head> heads;
  private final Enricher enricher;

  GoldenHeads(ModelBundle bundle, LoadedModel model) {
    this.heads = bundle.ownHeads();
    this.enricher =
        new Enricher(bundle, heads.stream().map(GoldenHeads::unfiltered).toList(), model);
  }

  /** Returns what each head says of a text: every label with its score, or the spans. */
  List<HeadResult> answer(String text) throws RejectedException {
    return enricher.enrich(text).results();
  }

  /** Answers a text and keeps what a record holds of it. */
  GoldenRecord record(String text) throws RejectedException {
    List<GoldenAnswer> answers = new ArrayList<>();
    List<HeadResult> results = answer(text);
    for (int i = 0; i < heads.size(); i++) {
      answers.add(kept(heads.get(i), results.get(i)));
    }
    return new GoldenRecord(text, answers);
  }

  private static GoldenAnswer kept(Head head, HeadResult result) {
    if (result instanceof HeadResult.Spans spans) {
      return new GoldenAnswer.Spans(head.name(), spans.spans());
    }
    List<LabelScore> all = ((HeadResult.Labels) result).labels();
    List<LabelScore> reported = HeadResult.Labels.reported(head, all).labels();
    // With a threshold for each label, one that is reported may stand behind one that is not.
    int last = reported.isEmpty() ? -1 : all.indexOf(reported.get(reported.size() - 1));
    int kept = Math.min(all.size(), Math.max(LEAST_LABELS, last + 1));
    return new GoldenAnswer.Labels(head.name(), all.subList(0, kept));
  }

  private static Head unfiltered(Head head) {
    return head.task() == Task.TOKEN_CLASSIFICATION
        ? head
        : new Head(
            head.name(),
            head.task(),
            head.output(),
            head.labels(),
            head.problemType(),
            head.aggregation(),
            Integer.MAX_VALUE,
            0,
            Map.of());
  }
}
