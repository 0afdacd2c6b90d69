package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void numbersReadAsPeopleReadThem() {
    assertThat(Figures.percent(0.9219)).isEqualTo("92.2 %");
    assertThat(Figures.points(0.0081)).isEqualTo("+0.8");
    assertThat(Figures.points(-0.0081)).isEqualTo("-0.8");
    assertThat(Figures.points(-0.0001)).isEqualTo("+0.0");
    assertThat(Figures.count(14_200)).isEqualTo("14,200");
    assertThat(Figures.count(1, "text")).isEqualTo("1 text");
    assertThat(Figures.count(2_000, "text")).isEqualTo("2,000 texts");
    assertThat(Figures.rate(7.26)).isEqualTo("7.3");
    assertThat(Figures.rate(14_200.4)).isEqualTo("14,200");
    assertThat(Figures.pValue(0.0314)).isEqualTo("p = 0.031");
    assertThat(Figures.pValue(0.0001)).isEqualTo("p < 0.001");
  }
}
