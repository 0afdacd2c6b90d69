package io.winnow.jobs.display;

import static io.winnow.jobs.evaluation.Texts.expectedLabels;
import static io.winnow.jobs.evaluation.Texts.expectedSpans;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.AnswerPair;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.Evaluation;
import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.Judgement;
import io.winnow.jobs.evaluation.ModelIdentity;
import io.winnow.jobs.evaluation.Speed;
import io.winnow.jobs.evaluation.Target;
import io.winnow.jobs.evaluation.Texts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationPrinterTest {
  private static final ModelIdentity MODEL = new ModelIdentity("support", "0.2.0", "0a1b2c");
  private static final Speed SPEED = new Speed(400, 5_000, 1_000_000_000L);
  private static final Target ENTITIES =
      new Target("entities", AnswerKind.SPANS, List.of("PER", "LOC"));

  @Test
  void spansAreShownWithWhatBecameOfThem() {
    String shown =
        print(
            ENTITIES,
            Texts.judgement(
                expectedSpans("PER:0-4", "LOC:8-13"), Texts.spans("PER:0-4", "PER:8-13")));

    assertThat(shown.lines())
        .containsExactly(
            "support 0.2.0, head entities, 1 text of data.jsonl",
            "  label  precision   recall      F1  support",
            "  PER       50.0 %  100.0 %  66.7 %        1",
            "  LOC        0.0 %    0.0 %   0.0 %        1",
            "",
            "  span F1             50.0 %  same label and same ends",
            "  macro F1            33.3 %  mean of the labels",
            "  precision           50.0 %",
            "  recall              50.0 %",
            "  spans                    2  1 exact, 1 other label, 0 other ends, 0 missed; 0 invented",
            "  skipped                  3  lines about other heads",
            "  speed                5,000  tokens/s, 400 texts/s on one thread",
            "  fingerprint                 0a1b2c");
  }

  @Test
  void aLabelCannotCommandTheTerminal() {
    String hostile = "\u001b[31mred\n";
    Target target = new Target(hostile, AnswerKind.LABEL, List.of(hostile, "oos"));

    String shown =
        print(
            target,
            Texts.judgement(expectedLabels(hostile), Texts.label(target.labels(), hostile)),
            Texts.judgement(expectedLabels("oos"), new Answer.Rejected("empty-text")));

    assertThat(shown)
        .doesNotContain("\u001b")
        .contains("␛[31mred⏎")
        .containsPattern("oos +0\\.0 % +found of 1 such text; 0\\.0 % of the 1 other are sent")
        .containsPattern("rejected +1 +counted as wrong: 1 empty-text");
  }

  @Test
  void aComparisonShowsWhatChanged() {
    StringWriter shown = new StringWriter();
    AnswerPair pair =
        new AnswerPair(
            "line 1",
            "Anna in Paris",
            Optional.empty(),
            Texts.spans("PER:0-4", "PER:8-13"),
            Texts.spans("PER:0-4", "LOC:8-13"));

    new ComparisonPrinter(new PrintWriter(shown), Palette.PLAIN, 100)
        .print(
            new HeadComparison(
                MODEL,
                MODEL,
                "data.jsonl",
                0,
                Comparison.of(ENTITIES, List.of(pair), Optional.empty(), 10),
                SPEED,
                SPEED));

    assertThat(shown.toString().lines())
        .containsExactly(
            "head entities, 1 text of data.jsonl",
            "  A  support 0.2.0  0a1b2c",
            "  B  support 0.2.0  0a1b2c",
            "",
            "  agreement          0.0 %  0 of 1 text have the same answer",
            "  kept                   1  in A and in B",
            "  lost                   1  in A only",
            "  gained                 1  in B only",
            "",
            "  A -> B      times",
            "  PER -> LOC      1",
            "",
            "  score shift         +0.0  points from A to B in the mean, 0.0 up or down, of 1 finding of both",
            "",
            "  some different answers",
            "  Anna in Paris",
            "    A  PER 'Anna' 90.0 %, PER 'Paris' 90.0 %",
            "    B  PER 'Anna' 90.0 %, LOC 'Paris' 90.0 %",
            "",
            "  speed of A         5,000  tokens/s",
            "  speed of B         5,000  tokens/s");
  }

  private static String print(Target target, Judgement... judgements) {
    StringWriter shown = new StringWriter();
    Evaluation evaluation =
        new Evaluation(
            MODEL, "data.jsonl", 3, Texts.scores(target, List.of(judgements)), List.of(), SPEED);
    new EvaluationPrinter(new PrintWriter(shown), Palette.PLAIN).print(evaluation);
    return shown.toString();
  }
}
