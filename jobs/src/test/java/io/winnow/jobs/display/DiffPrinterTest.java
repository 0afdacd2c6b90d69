package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.GermanLocale;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.AnswerPair;
import io.winnow.jobs.evaluation.Target;
import io.winnow.jobs.evaluation.Texts;
import io.winnow.jobs.report.DiffSamples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class DiffPrinterTest {
  private static final List<String> LABELS = List.of("refund", "lost_card");

  @Test
  void theTopicsComeFirstAndThenEachHead() {
    String shown = print("support/intent", "Where is my card?");

    assertThat(shown.lines())
        .containsExactly(
            "  A  messages.enriched",
            "  B  messages.candidate",
            "  in both        1,202 records",
            "  only in A      2 of 1,204 records",
            "  only in B      1 of 1,210 records; 3 doubled; 4 too late for their partner; 5 unreadable: tombstone",
            "  not compared   language/default, in B alone of 1,202 records",
            "",
            "head support/intent, 1 text of messages",
            "  A  support 0.1.0  9f8e7d",
            "  B  support 0.2.0  0a1b2c",
            "",
            "  agreement          0.0 %  0 of 1 text have the same answer",
            "",
            "  A -> B               times",
            "  refund -> lost_card      1",
            "",
            "  largest differences of a score",
            "  100.0 % -> 0.0 %  refund  Where is my card?",
            "",
            "  some different answers",
            "  Where is my card?",
            "    A  refund 100.0 %",
            "    B  lost_card 100.0 %",
            "  model of B     not the same for all, 12 answers of other models");
  }

  @Test
  @ExtendWith(GermanLocale.class)
  void numbersAreWrittenInTheSameWayInEachLocale() {
    List<String> labels = IntStream.range(0, 40).mapToObj(label -> "label " + label).toList();
    List<AnswerPair> pairs = new ArrayList<>();
    for (String a : labels) {
      for (String b : labels) {
        pairs.add(pair(labels, "Hello", a, b));
      }
    }

    String shown =
        print(new Target("intent", AnswerKind.LABEL, labels), pairs.toArray(AnswerPair[]::new));

    assertThat(shown).contains("  and 1,545 more pairs"); // of 40 * 39, without the first 15
  }

  @Test
  void aTextCannotCommandTheTerminal() {
    assertThat(print("\u001b[31m", "\u001b[2J")).doesNotContain("\u001b");
  }

  private static String print(String head, String text) {
    return print(
        new Target(head, AnswerKind.LABEL, LABELS), pair(LABELS, text, "refund", "lost_card"));
  }

  private static AnswerPair pair(List<String> labels, String text, String a, String b) {
    return new AnswerPair(
        "messages, partition 0, offset 3",
        text,
        Optional.empty(),
        Texts.label(labels, a),
        Texts.label(labels, b));
  }

  private static String print(Target target, AnswerPair... pairs) {
    StringWriter shown = new StringWriter();
    new DiffPrinter(new PrintWriter(shown), Palette.PLAIN, 100)
        .print(DiffSamples.diff(target, pairs));
    return shown.toString();
  }
}
