package io.winnow.jobs.report;

import static io.winnow.jobs.evaluation.Texts.expectedLabels;
import static io.winnow.jobs.evaluation.Texts.expectedSpans;
import static io.winnow.jobs.report.Samples.judgement;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Evaluation;
import io.winnow.jobs.evaluation.Judgement;
import io.winnow.jobs.evaluation.ModelIdentity;
import io.winnow.jobs.evaluation.Target;
import io.winnow.jobs.evaluation.Texts;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationPageTest {
  private static final Pattern SCRIPT =
      Pattern.compile(
          "<script(?: type=\"([^\"]*)\" id=\"charts\")?>(.*?)</script>", Pattern.DOTALL);
  private static final Target FEW = Samples.labels(3);

  @Test
  void theTopTellsTheModelTheDataAndTheNumbers() {
    String page = content(page(labelled("A text", "label 0", "label 0")));

    assertThat(page)
        .contains("<h1>support 0.2.0</h1>", "0a1b2c", "data.jsonl", "<h2>intent</h2>")
        .contains("<dt>Machine</dt><dd>ONNX Runtime ")
        .contains("<dt>Accuracy</dt><dd>100.0 %</dd>", "<dt>Macro F1</dt><dd>100.0 %</dd>")
        .contains("<dt>Calibration error</dt><dd>0.0 %</dd>")
        .contains("<dt>Speed</dt><dd>5,000</dd>", "400 texts/s");
  }

  @Test
  void fewLabelsHaveAMatrixAndManyTheirMostConfusedPairs() {
    String few = content(page(labelled("A text", "label 0", "label 1")));
    Target many = Samples.labels(78);
    String pairs =
        content(
            EvaluationPage.of(
                List.of(Samples.evaluation(many, all(many).toArray(Judgement[]::new)))));

    assertThat(few)
        .contains("<table class=\"matrix\">", "label 0 → label 1: 1, 100.0 % of the row")
        .doesNotContain("Most confused labels");
    assertThat(pairs)
        .doesNotContain("<table class=\"matrix\">")
        .contains("Most confused labels", "<td>label 1</td><td>label 0</td>");
  }

  @Test
  void scoresHaveADiagramWithItsNumbers() {
    String page = page(labelled("A text", "label 0", "label 1"));

    assertThat(content(page)).contains("data-chart=\"head-0-reliability\"", "93.3 % to 100.0 %");
    assertThat(page).contains("\"head-0-reliability\":[{\"name\":\"\",\"bins\":[{\"count\":0,");
  }

  @Test
  void aWrongLabelIsShownWithWhatWasExpected() {
    String page = content(page(labelled("My card is gone", "label 0", "label 1")));

    assertThat(page)
        .contains("1 of 1, the gravest first")
        .contains("<bdi dir=\"auto\">My card is gone</bdi>", "line 7")
        .containsPattern(
            "expected</span> <span class=\"chip missed\">.*<bdi>label 0</bdi> <small>0.0 %</small>")
        .containsPattern(
            "found</span> <span class=\"chip wrong\">.*<bdi>label 1</bdi> <small>100.0 %</small>");
  }

  @Test
  void spansAreShownInTheirText() {
    Target target = new Target("entities", AnswerKind.SPANS, List.of("PER", "LOC"));

    String page =
        content(
            page(
                Samples.evaluation(
                    target,
                    judgement(
                        "Anna in Paris",
                        expectedSpans("PER:0-4", "LOC:8-13"),
                        Texts.spans("PER:0-4", "PER:8-13")))));

    assertThat(page)
        .contains("<dt>Span F1</dt><dd>50.0 %</dd>", "What became of the expected spans")
        .doesNotContain("Accuracy", "Can the scores be trusted?")
        .containsPattern("<mark class=\"right\">Anna<.*<bdi>PER</bdi>.*</mark> in ")
        .containsPattern("<mark class=\"missed\">Paris<.*<bdi>LOC</bdi>")
        .containsPattern("<mark class=\"wrong\">Paris<.*<bdi>PER</bdi>");
  }

  @Test
  void aRejectedTextIsShownWithItsReason() {
    String page =
        content(
            page(
                Samples.evaluation(
                    FEW,
                    judgement(" ", expectedLabels("label 0"), new Answer.Rejected("empty-text")))));

    assertThat(page)
        .contains("<dt>Rejected</dt><dd>1</dd>", "rejected: empty-text")
        .doesNotContain("Can the scores be trusted?");
  }

  @Test
  void severalHeadsHaveContentsAndSectionsOfTheirOwn() {
    Evaluation one = labelled("A text", "label 0", "label 1");
    Evaluation other =
        Samples.evaluation(
            new Target("entities", AnswerKind.SPANS, List.of("PER")),
            judgement("Anna", expectedSpans("PER:0-4"), Texts.spans()));

    String page = content(EvaluationPage.of(List.of(one, other)));

    assertThat(page)
        .contains("<a href=\"#head-0\">intent</a>", "<a href=\"#head-1\">entities</a>")
        .contains("id=\"head-0\"", "id=\"head-1\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "' onmouseover='alert(1)",
        "</title></style><script>alert(1)</script>",
        "{{title}} {{{style}}} &lt;b&gt;"
      })
  void whatComesFromDataIsNeverMarkup(String hostile) {
    Target target = new Target(hostile, AnswerKind.LABEL, List.of(hostile, "good"));
    Evaluation labels =
        Samples.evaluation(
            target,
            judgement(hostile, expectedLabels("good"), Texts.label(target.labels(), hostile)));
    Target tags = new Target("entities", AnswerKind.SPANS, List.of("PER"));
    Evaluation spans =
        Samples.evaluation(
            tags, judgement(hostile, expectedSpans("PER:0-4"), Texts.spans("PER:0-5")));
    Evaluation named =
        new Evaluation(
            new ModelIdentity(hostile, hostile, hostile),
            hostile,
            0,
            labels.scores(),
            labels.mistakes(),
            labels.speed());

    String page = EvaluationPage.of(List.of(named, spans));

    assertThat(withoutScripts(page))
        .doesNotContain("<script", "<img", " onmouseover=\"", " onmouseover='");
    assertThat(SCRIPT.matcher(page).results()).hasSize(3);
    assertThat(page.split("<title>", -1)).hasSize(2);
    assertThat(page.split("</style>", -1)).hasSize(2);
  }

  @Test
  void thePageAsksNobodyForAnything() {
    String page = page(labelled("See https://example.com", "label 0", "label 1"));

    assertThat(withoutScripts(page))
        .contains("default-src 'none'")
        .doesNotContain("src=\"", "<link", "@import", "url(");
    assertThat(page).startsWith("<!doctype html>").endsWith("</html>\n");
  }

  @Test
  void thePolicyKnowsThePagesOwnScriptsByTheirDigests() throws Exception {
    String page = page(labelled("A text", "label 0", "label 1"));

    List<MatchResult> scripts = SCRIPT.matcher(page).results().toList();
    assertThat(scripts).hasSize(3);
    assertThat(scripts.get(0).group(1)).isEqualTo("application/json");
    for (MatchResult script : scripts.subList(1, 3)) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.group(2).getBytes(UTF_8));
      assertThat(page).contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
  }

  private static List<Judgement> all(Target target) {
    return target.labels().stream()
        .map(
            label ->
                judgement(
                    "A text",
                    expectedLabels(label),
                    Texts.label(target.labels(), target.labels().get(0))))
        .toList();
  }

  private static Evaluation labelled(String text, String expected, String found) {
    return Samples.evaluation(
        FEW,
        judgement(text, Set.copyOf(expectedLabels(expected)), Texts.label(FEW.labels(), found)));
  }

  private static String page(Evaluation evaluation) {
    return EvaluationPage.of(List.of(evaluation));
  }

  private static String content(String page) {
    return page.substring(page.indexOf("<body>"), page.indexOf("<script"));
  }

  private static String withoutScripts(String page) {
    return SCRIPT.matcher(page).replaceAll("");
  }
}
