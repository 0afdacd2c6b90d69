package io.winnow.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {
  @Test
  void theMedianOfTheRoundsIsTold() {
    Result operator = BenchSamples.results().workloads().get(0).results().get(1);

    assertThat(operator.eventsPerSecond()).isEqualTo(300);
    assertThat(operator.leastEventsPerSecond()).isEqualTo(210);
    assertThat(operator.mostEventsPerSecond()).isEqualTo(304);
    assertThat(operator.tokensPerSecond()).isEqualTo(9_000);
    assertThat(operator.ratioToBare()).hasValue(0.75);
    assertThat(operator.p99Millis()).isEqualTo(12.25);
    assertThat(operator.cpuSecondsPerMillionTokens()).isCloseTo(2e6 / 9_000, within(1e-9));
  }

  @Test
  void ofAnEvenNumberOfRoundsItIsTheMiddleOfTwo() {
    assertThat(BenchSamples.alone().eventsPerSecond()).isEqualTo(105);
  }

  @Test
  void withoutTheBareRuntimeThereIsNoRatio() {
    assertThat(BenchSamples.alone().ratioToBare()).isEmpty();
  }

  @Test
  void aResultHasARound() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Result(ContenderKind.BARE, WorkloadKind.SHORT, List.of(), List.of()));
  }
}
