package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.bench.BenchSamples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class BenchPrinterTest {
  @Test
  void peopleGetATableForEachWorkload() {
    StringWriter out = new StringWriter();

    new BenchPrinter(new PrintWriter(out), Palette.of(Ansi.OFF)).print(BenchSamples.results());

    assertThat(out.toString().lines())
        .contains(
            "support 0.2.0 on 2 cores, medians of 3 rounds",
            "  ONNX Runtime 1.28.0 on amd64",
            "  log-normal  events/s  least to most  tokens/s  of bare     p50      p99  CPU s/M tokens",
            "  bare             400     380 to 420    12,000     1.00  2.5 ms  12.3 ms             167",
            "  operator         300     210 to 304     9,000     0.75  2.5 ms  12.3 ms             222")
        .anySatisfy(line -> assertThat(line).startsWith("  operator           the operator in"));
  }

  @Test
  void aRatioThatIsUnknownIsADash() {
    assertThat(Figures.ratio(OptionalDouble.empty())).isEqualTo("–");
    assertThat(Figures.ratio(OptionalDouble.of(0.974))).isEqualTo("0.97");
  }

  @Test
  void timesHaveNoMoreDigitsThanTheyAreWorth() {
    assertThat(Figures.millis(2.44)).isEqualTo("2.4 ms");
    assertThat(Figures.millis(1_234.5)).isEqualTo("1,235 ms");
  }
}
