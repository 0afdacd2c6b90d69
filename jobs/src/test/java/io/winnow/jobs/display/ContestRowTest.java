package io.winnow.jobs.display;

import static io.winnow.jobs.evaluation.Texts.expectedLabels;
import static io.winnow.jobs.evaluation.Texts.judgement;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.Interval;
import io.winnow.jobs.evaluation.Judgement;
import io.winnow.jobs.evaluation.Scores;
import io.winnow.jobs.evaluation.Target;
import io.winnow.jobs.evaluation.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestRowTest {
  private static final List<String> LABELS = List.of("pay", "oos");
  private static final Target INTENT = new Target("intent", AnswerKind.LABEL, LABELS);

  @Test
  void aRejectingLabelIsMeasuredWhereItIsExpected() {
    assertThat(rows(answer("oos", "oos"), answer("oos", "pay")))
        .contains(new ContestRow("Recall of oos", "100.0 %", "0.0 %", "-100.0"))
        .noneMatch(row -> row.name().startsWith("Others"));
  }

  @Test
  void ofTextsThatItIsNotExpectedOfItIsTheShareLost() {
    assertThat(rows(answer("pay", "pay"), answer("pay", "oos")))
        .contains(new ContestRow("Others sent to oos", "0.0 %", "100.0 %", "+100.0"))
        .noneMatch(row -> row.name().startsWith("Recall"));
  }

  private static List<ContestRow> rows(Judgement a, Judgement b) {
    Contest contest = new Contest(scores(a), scores(b), 0, 1, 0, 0, 1, new Interval(-1, 1));
    return ContestRow.of(contest);
  }

  private static Scores scores(Judgement judgement) {
    return Texts.scores(INTENT, List.of(judgement));
  }

  private static Judgement answer(String expected, String given) {
    return judgement(expectedLabels(expected), Texts.label(LABELS, given));
  }
}
