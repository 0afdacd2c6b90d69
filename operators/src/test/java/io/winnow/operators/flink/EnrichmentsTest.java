package io.winnow.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.TinyGraph;
import io.winnow.operators.task.EnrichedText;
import io.winnow.operators.task.HeadResult;
import io.winnow.operators.task.LabelScore;
import io.winnow.operators.task.LabelledSpan;
import io.winnow.operators.text.JoinedText;
import io.winnow.operators.text.TextField;
import io.winnow.schemas.Classification;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Extraction;
import io.winnow.schemas.ScoredLabel;
import io.winnow.schemas.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // the fields are set before each test
class EnrichmentsTest {
  private static final JoinedText TEXT =
      new JoinedText(
          List.of(new TextField("subject", "To Paris 😀"), new TextField("body.text", "Ann Lee")));

  @TempDir Path folder;
  private ModelBundle bundle;
  private Head intent;
  private Head entities;

  @BeforeEach
  void bundle() throws IOException, ConfigurationException {
    Bundles.of(
        TinyGraph.ofIds(TinyGraph.INT64)
            .textLogits("intent", 1, 2)
            .tokenLogits("entities", "ids", 1, 2),
        folder);
    Bundles.settings(
        folder,
        """
        name: support
        version: v2
        heads:
          - {name: intent, task: text-classification, output: intent, labels: [a, b]}
          - {name: entities, task: token-classification, output: entities, labels: [O, NAME]}
        """);
    bundle = BundleReader.read(folder, HeadOptions.NONE);
    intent = bundle.heads().get(0);
    entities = bundle.heads().get(1);
  }

  @Test
  void eachHeadIsAnEnrichmentThatSaysWhereItComesFrom() {
    HeadResult labels =
        new HeadResult.Labels(
            intent, List.of(new LabelScore("b", 0.75f), new LabelScore("a", 0.25f)));
    HeadResult spans =
        new HeadResult.Spans(entities, List.of(new LabelledSpan("NAME", 13, 20, 0.5f)));

    assertThat(enrichments(labels, spans))
        .containsExactly(
            new Enrichment(
                "tickets",
                "intent",
                "text-classification",
                "support",
                "v2",
                bundle.fingerprint(),
                9,
                8,
                new Classification(
                    List.of(new ScoredLabel("b", 0.75f), new ScoredLabel("a", 0.25f)))),
            new Enrichment(
                "tickets",
                "entities",
                "token-classification",
                "support",
                "v2",
                bundle.fingerprint(),
                9,
                8,
                new Extraction(List.of(new Span("NAME", "body.text", 0, 7, "Ann Lee", 0.5f)))));
  }

  @Test
  void spansLieInTheirFields() {
    assertThat(
            spans(
                new LabelledSpan("LOC", 3, 8, 0.5f),
                new LabelledSpan("ICON", 9, 11, 0.6f),
                new LabelledSpan("PER", 13, 16, 0.7f)))
        .containsExactly(
            new Span("LOC", "subject", 3, 8, "Paris", 0.5f),
            new Span("ICON", "subject", 9, 11, "😀", 0.6f),
            new Span("PER", "body.text", 0, 3, "Ann", 0.7f));
  }

  @Test
  void spanOverABorderIsOneInEachField() {
    assertThat(spans(new LabelledSpan("PER", 9, 16, 0.5f)))
        .containsExactly(
            new Span("PER", "subject", 9, 11, "😀", 0.5f),
            new Span("PER", "body.text", 0, 3, "Ann", 0.5f));
  }

  @Test
  void spanOfWhiteSpaceAloneIsLeftOut() {
    assertThat(spans(new LabelledSpan("PER", 8, 9, 0.5f), new LabelledSpan("PER", 11, 12, 0.5f)))
        .isEmpty();
  }

  @Test
  void enrichmentsComeBehindThoseThatTheEventHas() {
    HeadResult labels = new HeadResult.Labels(intent, List.of());
    EnrichedText answer = new EnrichedText(9, 8, 1, 0, List.of(labels));
    TextEvent event = Events.of(41, "Ann");

    TextEvent once = new Enrichments("first", bundle).added(event, TEXT, answer);
    TextEvent twice = new Enrichments("second", bundle).added(once, TEXT, answer);

    assertThat(twice.event().getEnrichments())
        .extracting(Enrichment::getName)
        .containsExactly("first", "second");
    assertThat(once.event().getEnrichments()).hasSize(1);
    assertThat(event.event().getEnrichments()).isEmpty();
    assertThat(twice.fields()).isEqualTo(event.fields());
    assertThat(twice.event().getPayload()).isEqualTo(event.event().getPayload());
  }

  private List<Span> spans(LabelledSpan... spans) {
    HeadResult result = new HeadResult.Spans(entities, List.of(spans));
    return ((Extraction) enrichments(result).get(0).getResult()).getSpans();
  }

  private List<Enrichment> enrichments(HeadResult... results) {
    return new Enrichments("tickets", bundle)
        .of(TEXT, new EnrichedText(9, 8, 1, 0, List.of(results)));
  }
}
