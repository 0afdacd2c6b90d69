package io.winnow.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.evaluation.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextRowTest {
  @Test
  void aTextIsDividedAtItsSpans() {
    TextRow row =
        TextRow.of(
            "found",
            "😀 Anna in Paris",
            Map.of(new Finding("PER", 3, 7), Mark.RIGHT, new Finding("LOC", 11, 16), Mark.WRONG));

    assertThat(row.segments())
        .containsExactly(
            new Segment("😀 ", "", Mark.PLAIN),
            new Segment("Anna", "PER", Mark.RIGHT),
            new Segment(" in ", "", Mark.PLAIN),
            new Segment("Paris", "LOC", Mark.WRONG));
    assertThat(row.more()).isEmpty();
  }

  @Test
  void ofSpansThatOverlapTheFirstIsShownAndTheOthersAreCounted() {
    Map<Finding, Mark> spans = new LinkedHashMap<>();
    spans.put(new Finding("LOC", 14, 20), Mark.PLAIN);
    spans.put(new Finding("ORG", 0, 20), Mark.PLAIN);

    TextRow row = TextRow.of("expected", "University of Warsaw", spans);

    assertThat(row.segments())
        .containsExactly(new Segment("University of Warsaw", "ORG", Mark.PLAIN));
    assertThat(row.more()).isEqualTo("1 more span");
  }

  @Test
  void aLongTextIsCutBetweenCharactersWithWhatIsLeftOut() {
    String text = "a" + "😀".repeat(1_000);

    TextRow row = TextRow.of("found", text, Map.of(new Finding("PER", 1_501, 1_503), Mark.RIGHT));

    assertThat(row.segments()).containsExactly(new Segment("a" + "😀".repeat(499), "", Mark.PLAIN));
    assertThat(row.more()).isEqualTo("1,002 more characters, 1 more span");
  }
}
