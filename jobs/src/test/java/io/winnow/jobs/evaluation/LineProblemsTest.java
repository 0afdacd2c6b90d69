package io.winnow.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.GermanLocale;
import io.winnow.operators.config.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class LineProblemsTest {

  @Test
  @ExtendWith(GermanLocale.class)
  void numbersAreWrittenInTheSameWayInEachLocale() {
    LineProblems problems = new LineProblems("data.jsonl");
    for (int line = 1; line <= 1_235; line++) {
      problems.add(line, "found 'a'");
      problems.add(line, "found '" + line + "'");
    }

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(problems::throwIfAny)
        .withMessageContainingAll(
            "data.jsonl:1: found 'a' (and 1,234 more lines)", "data.jsonl: 1,216 more problems");
  }
}
