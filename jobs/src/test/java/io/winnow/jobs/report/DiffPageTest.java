package io.winnow.jobs.report;

import static io.winnow.jobs.report.Samples.pair;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.diff.TopicDiff;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Target;
import io.winnow.jobs.evaluation.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page and the JSON of a comparison of two topics. */
class DiffPageTest {
  private static final List<String> LABELS = List.of("refund", "lost_card");
  private static final Target INTENT = new Target("support/intent", AnswerKind.LABEL, LABELS);
  private static final TopicDiff DIFF =
      DiffSamples.diff(
          INTENT,
          pair("same", Texts.label(LABELS, "refund"), Texts.label(LABELS, "refund")),
          pair("other", Texts.label(LABELS, "refund"), Texts.label(LABELS, "lost_card")));

  @Test
  void theTopTellsBothTopicsAndWhatIsNotCompared() {
    assertThat(content(DIFF))
        .contains("winnow diff", "</b> messages.enriched", "</b> messages.candidate")
        .contains("<dt>In both</dt><dd>1,202 records</dd>")
        .contains("<dt>Only in A</dt><dd>2 of 1,204 records</dd>")
        .contains(
            "<dt>Only in B</dt><dd>1 of 1,210 records; 3 doubled; 4 too late for their partner;"
                + " 5 unreadable: tombstone</dd>")
        .contains("<dt>Not compared</dt><dd>language/default: in B alone of 1,202 records</dd>");
  }

  @Test
  void eachHeadTellsItsModelsAndWhatChanged() {
    assertThat(content(DIFF))
        .contains("<h2>support/intent</h2>")
        .contains(
            "A: support 0.1.0 (9f8e7d); B: support 0.2.0 (0a1b2c), 12 answers of other models")
        .contains("<dt>Agreement</dt><dd>50.0 %</dd>", "refund → lost_card: 1, 50.0 % of the row")
        .contains("How scores moved", "Up to 1 point <b>1</b>")
        .doesNotContain("Side by side", "tokens/s", "Fingerprint of A");
  }

  @Test
  void whatComesFromATopicIsNeverMarkup() {
    String hostile = "</script><script>alert(1)</script>";
    List<String> labels = List.of(hostile, "good");

    String page =
        DiffPage.of(
            DiffSamples.diff(
                new Target(hostile, AnswerKind.LABEL, labels),
                pair(hostile, Texts.label(labels, hostile), Texts.label(labels, "good"))));

    assertThat(page).doesNotContain("<script>alert");
  }

  @Test
  void theJsonHoldsTheSame() throws Exception {
    JsonNode json = new ObjectMapper().readTree(DiffJson.line(DIFF));

    assertThat(json.path("a").toString())
        .isEqualTo(
            "{\"topic\":\"messages.enriched\",\"records\":1204,\"only\":2,\"doubled\":0,\"late\":0,"
                + "\"unreadable\":0}");
    assertThat(json.path("b").path("unreadableReasons").path("tombstone").asInt()).isEqualTo(5);
    assertThat(json.path("joined").asInt()).isEqualTo(1_202);
    JsonNode head = json.path("heads").get(0);
    assertThat(head.path("enrichment").asText()).isEqualTo("support");
    assertThat(head.path("head").asText()).isEqualTo("intent");
    assertThat(head.path("agreement").asDouble()).isEqualTo(.5);
    assertThat(head.path("b").path("fingerprint").asText()).isEqualTo("0a1b2c");
    assertThat(head.path("b").path("otherModels").asInt()).isEqualTo(12);
    assertThat(head.path("changes").toString())
        .isEqualTo("[{\"a\":\"refund\",\"b\":\"lost_card\",\"count\":1}]");
    assertThat(head.path("scoreShift").path("sizes").get(0).toString())
        .isEqualTo("{\"upTo\":0.01,\"count\":1}");
    assertThat(head.path("disagreements").get(0).toString())
        .isEqualTo(
            "{\"place\":\"line 7\",\"text\":\"other\",\"a\":{\"labels\":[{\"label\":\"refund\",\"score\":1.0}]},"
                + "\"b\":{\"labels\":[{\"label\":\"lost_card\",\"score\":1.0}]}}");
    assertThat(head.has("skipped")).isFalse();
    assertThat(json.path("unmatched").toString())
        .isEqualTo(
            "[{\"enrichment\":\"language\",\"head\":\"default\",\"onlyA\":0,\"onlyB\":1202,\"unlike\":0}]");
  }

  private static String content(TopicDiff diff) {
    String page = DiffPage.of(diff);
    return page.substring(page.indexOf("<body>"), page.indexOf("<script"));
  }
}
