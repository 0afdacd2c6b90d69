package io.winnow.jobs.report;

import static io.winnow.jobs.evaluation.Texts.expectedLabels;
import static io.winnow.jobs.report.Samples.pair;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.Target;
import io.winnow.jobs.evaluation.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {
  private static final List<String> LABELS = List.of("refund", "lost_card");
  private static final Target INTENT = new Target("intent", AnswerKind.LABEL, LABELS);

  @Test
  void theTopTellsBothModelsAndHowFarTheyAgree() {
    String page =
        content(
            Samples.comparison(
                INTENT,
                pair("same", answer(.6f, .4f), answer(.7f, .3f)),
                pair("other", answer(.6f, .4f), answer(.1f, .9f))));

    assertThat(page)
        .contains("</b> support 0.1.0", "</b> support 0.2.0", "9f8e7d", "0a1b2c", "data.jsonl")
        .contains("<dt>Agreement</dt><dd>50.0 %</dd>", "1 of 2 texts have the same answer")
        .contains("refund → lost_card: 1, 50.0 % of the row")
        .contains("5,500", "+10.0 %")
        .contains(
            "Of 1 finding that both sides have, the score of B less that of A is +10.0 points")
        .doesNotContain("class=\"verdict\"", "F1 of A");
  }

  @Test
  void whereTheRightAnswersAreKnownTheVerdictStandsFirst() {
    String page =
        content(
            Samples.comparison(
                INTENT,
                pair(
                    "text",
                    AnswerKind.LABEL,
                    expectedLabels("refund"),
                    answer(.6f, .4f),
                    answer(.1f, .9f))));

    assertThat(page)
        .contains("<p class=\"verdict\">Too close to tell", "1.000, exact McNemar test")
        .contains("A alone right <b>1</b>", "<td>Accuracy</td>", "F1 of A", "-100.0")
        .contains("data-chart=\"head-0-reliability\"")
        .containsPattern("A</span> <span class=\"chip right\">.*<bdi>refund</bdi>")
        .containsPattern("B</span> <span class=\"chip wrong\">.*<bdi>lost_card</bdi>");
  }

  @Test
  void spansOfOneSideAloneAreMarked() {
    Target target = new Target("entities", AnswerKind.SPANS, List.of("PER", "LOC"));

    String page =
        content(
            Samples.comparison(
                target,
                pair("Anna in Paris", Texts.spans("PER:0-4"), Texts.spans("PER:0-4", "LOC:8-13"))));

    assertThat(page)
        .contains("<dt>Kept</dt><dd>1</dd>", "<dt>Lost</dt><dd>0</dd>", "<dt>Gained</dt><dd>1</dd>")
        .containsPattern("<mark class=\"same\">Anna<")
        .containsPattern("<mark class=\"only\">Paris<");
  }

  @Test
  void aTextThatOneSideRejectsIsADifference() {
    Target target = new Target("entities", AnswerKind.SPANS, List.of("PER"));

    String page =
        content(
            Samples.comparison(
                target,
                pair("Anna", Texts.spans("PER:0-4"), new Answer.Rejected("text-too-long"))));

    assertThat(page).contains("rejected: text-too-long", "<mark class=\"only\">Anna<");
  }

  @Test
  void whatComesFromDataIsNeverMarkup() {
    String hostile = "</script><script>alert(1)</script>";
    List<String> labels = List.of(hostile, "good");

    String page =
        ComparisonPage.of(
            List.of(
                Samples.comparison(
                    new Target(hostile, AnswerKind.LABEL, labels),
                    pair(hostile, Texts.label(labels, hostile), Texts.label(labels, "good")))));

    assertThat(page).doesNotContain("<script>alert");
  }

  private static Answer answer(float refund, float lostCard) {
    return Texts.labels(AnswerKind.LABEL, LABELS, refund, lostCard);
  }

  private static String content(HeadComparison comparison) {
    String page = ComparisonPage.of(List.of(comparison));
    return page.substring(page.indexOf("<body>"), page.indexOf("<script"));
  }
}
