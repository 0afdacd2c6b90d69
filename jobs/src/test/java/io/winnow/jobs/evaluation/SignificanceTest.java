package io.winnow.jobs.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers were computed by statsmodels 0.15.0, but for the bootstrap. */
class SignificanceTest {
  @ParameterizedTest
  @CsvSource({ // mcnemar(exact=True)
    "30, 46, 0.08464609267083598",
    "46, 30, 0.08464609267083598",
    "0, 0, 1",
    "5, 0, 0.0625",
    "1, 9, 0.021484375",
    "700, 800, 0.010559255466711506",
    "10, 10, 1",
    "0, 1, 1"
  })
  void mcNemarsTestIsExact(int onlyA, int onlyB, double expected) {
    assertThat(McNemar.exact(onlyA, onlyB)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void mcNemarsTestHoldsForManyTexts() {
    assertThat(McNemar.exact(100_000, 100_000)).isEqualTo(1);
    assertThat(McNemar.exact(0, 100_000)).isZero();
  }

  @ParameterizedTest
  @CsvSource({ // proportion_confint(method="wilson")
    "297, 300, 0.9710165066376601, 0.9965933815622847",
    "0, 10, 0, 0.27753279986288926",
    "10, 10, 0.7224672001371106, 1",
    "1, 3, 0.06149194472039626, 0.7923403991979523"
  })
  void aShareHasWilsonsInterval(int part, int whole, double low, double high) {
    Interval interval = Interval.ofShare(part, whole);

    assertThat(interval.low()).isCloseTo(low, within(1e-12));
    assertThat(interval.high()).isCloseTo(high, within(1e-12));
  }

  @Test
  void nothingIsKnownOfNoText() {
    assertThat(Interval.ofShare(0, 0)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void theBootstrapSurroundsTheDifferenceAndIsTheSameEachTime() {
    List<Counts> a = counts(600, 400);
    List<Counts> b = counts(700, 300);

    Interval interval = Bootstrap.f1Difference(a, b);

    // Half of its width is 1.96 deviations of a share of 100 of 1,000, about 0.0186.
    assertThat(interval.low()).isCloseTo(0.1 - 0.0186, within(0.003));
    assertThat(interval.high()).isCloseTo(0.1 + 0.0186, within(0.003));
    assertThat(Bootstrap.f1Difference(a, b)).isEqualTo(interval);
  }

  @Test
  void theBootstrapOfEqualSidesIsNothing() {
    assertThat(Bootstrap.f1Difference(counts(6, 4), counts(6, 4))).isEqualTo(new Interval(0, 0));
  }

  private static List<Counts> counts(int right, int wrong) {
    List<Counts> counts = new ArrayList<>();
    counts.addAll(Collections.nCopies(right, new Counts(1, 0, 0)));
    counts.addAll(Collections.nCopies(wrong, new Counts(0, 1, 1)));
    return counts;
  }
}
