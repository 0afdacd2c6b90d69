package io.winnow.jobs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.winnow.schemas.Enrichment;
import io.winnow.schemas.SourcePosition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnrichmentJsonTest {
  private static final SourcePosition SOURCE = new SourcePosition("messages", 3, 41L, -1L);

  @Test
  void labelsFollowTheirOrigin() {
    assertThat(json(Enriched.INTENT)).isEqualTo("[" + Enriched.INTENT_JSON + "]");
  }

  @Test
  void spansNameTheirFieldUnlessTheWholePayloadIsTheText() {
    assertThat(json(Enriched.ENTITIES))
        .endsWith(
            """
            "source":{"topic":"messages","partition":3,"offset":41},"spans":[\
            {"label":"LOC","field":"body","text":"Paris","start":19,"end":24,"score":0.99},\
            {"label":"PER","text":"\u00c9a","start":0,"end":2,"score":1.0}]}]""");
  }

  @Test
  void vectorsAreWrittenShortest() {
    assertThat(json(Enriched.VECTOR))
        .endsWith("\"vector\":[0.1,-2.0,1.1754944E-38,3.4028235E38]}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.002", "1.0E23", "3.355445E7", "2.2E-44", "1.4E-45"})
  void floatsThatSomeJvmsWriteLongerAreWrittenShortest(String shortest) {
    float value = Float.parseFloat(shortest);

    assertThat(JsonText.of(out -> out.writeNumber(value))).isEqualTo(shortest);
  }

  @Test
  void aLineHoldsTheTextItsTokensAndTheEnrichmentsOfAllHeads() {
    assertThat(EnrichmentJson.line("\u00c9a \"in\"\n", List.of(Enriched.INTENT, Enriched.ENTITIES)))
        .isEqualTo(
            """
            {"text":"\u00c9a \\"in\\"\\n","tokens":12,"tokensRead":10,"enrichments":[\
            {"name":"support","head":"intent","task":"text-classification",\
            "labels":[{"label":"lost_card","score":0.98},{"label":"other","score":1.0E-4}]},\
            {"name":"support","head":"entities","task":"token-classification","spans":[\
            {"label":"LOC","field":"body","text":"Paris","start":19,"end":24,"score":0.99},\
            {"label":"PER","text":"\u00c9a","start":0,"end":2,"score":1.0}]}],\
            "fingerprint":"abc123"}""");
  }

  @Test
  void aLineNeedsAnEnrichment() {
    assertThatThrownBy(() -> EnrichmentJson.line("text", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected at least one enrichment, but found none");
  }

  private static String json(Enrichment enrichment) {
    return JsonText.of(out -> EnrichmentJson.writeAll(out, List.of(enrichment), SOURCE));
  }
}
