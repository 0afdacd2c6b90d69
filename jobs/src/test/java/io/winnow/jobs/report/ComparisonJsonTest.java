package io.winnow.jobs.report;

import static io.winnow.jobs.report.Samples.pair;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Target;
import io.winnow.jobs.evaluation.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonJsonTest {
  private static final List<String> LABELS = List.of("refund", "lost_card");
  private static final Target INTENT = new Target("intent", AnswerKind.LABEL, LABELS);

  @Test
  void scoresThatMovedAndFlipsAreTold() throws Exception {
    JsonNode line =
        new ObjectMapper()
            .readTree(
                ComparisonJson.line(
                    Samples.comparison(
                        INTENT,
                        pair("moved", answer(.75f, .25f), answer(.5f, .5f)),
                        pair("flipped", answer(.75f, .25f), answer(.25f, .75f)))));

    assertThat(line.path("scoreChanges").findValuesAsText("text"))
        .containsExactly("flipped", "moved");
    assertThat(line.path("scoreChanges").findValuesAsText("label")).containsOnly("refund");
    assertThat(line.path("scoreChanges").findValuesAsText("a")).containsExactly("0.75", "0.75");
    assertThat(line.path("scoreChanges").findValuesAsText("b")).containsExactly("0.25", "0.5");
    assertThat(line.path("scoreShift").path("mean").asDouble()).isEqualTo(-.25);
    assertThat(line.path("changes"))
        .containsExactly(
            new ObjectMapper().readTree("{\"a\":\"refund\",\"b\":\"lost_card\",\"count\":1}"));
    assertThat(line.path("disagreements").path(0).path("text").asText()).isEqualTo("flipped");
  }

  private static Answer answer(float refund, float lostCard) {
    return Texts.labels(AnswerKind.LABEL, LABELS, refund, lostCard);
  }
}
