package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.jobs.tally.Tallies;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayLinesTest {
  private static final ReplayRange RANGE =
      new ReplayRange("in", List.of(new PartitionRange(0, 0, 100_000)), null, null);

  private final ReplayLines lines = new ReplayLines(RANGE, ReplayProgress.NONE);

  @Test
  void aLineIsShownNowAndThen() {
    assertThat(lines.next(progress(9_999, 100))).isEmpty();
    assertThat(lines.next(progress(10_000, 5_000)))
        .contains("5,000 of at most 100,000 records (5.0 %), 500 records/s, 5 rejected");
    assertThat(lines.next(progress(15_000, 7_000))).isEmpty();
    assertThat(lines.next(progress(20_000, 9_000))).isPresent();
  }

  @Test
  void theTimeThatIsLeftIsEstimatedAfterAMinute() {
    assertThat(lines.next(progress(60_000, 10_000)).orElseThrow()).endsWith(", 9 min left");
    assertThat(lines.next(progress(120_000, 99_000)).orElseThrow()).endsWith(", 1 s left");
  }

  @Test
  void theRateOfAResumedReplayIsThatOfItsOwnProcess() {
    ReplayLines resumed = new ReplayLines(RANGE, progress(500_000, 90_000));

    assertThat(resumed.next(progress(505_000, 90_500))).isEmpty();
    assertThat(resumed.next(progress(510_000, 91_000)).orElseThrow())
        .startsWith("91,000 of")
        .contains("100 records/s")
        .doesNotContain("left");
  }

  private static ReplayProgress progress(long millis, long read) {
    return new ReplayProgress(ReplayState.RUNNING, new Tallies(read, read, 5, 0), millis, false);
  }
}
