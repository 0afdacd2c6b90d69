package io.winnow.jobs.display;

import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.jobs.tally.Tallies;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a replay is: a bar on a terminal, elsewhere a line now and then. */
public final class ReplayMeter implements AutoCloseable {
  private static final int UPDATE_MILLIS = 500;

  private final ReplayLines lines;
  private final PrintWriter err;
  private final @Nullable ProgressBar bar;

  private ReplayMeter(ReplayLines lines, PrintWriter err, @Nullable ProgressBar bar) {
    this.lines = lines;
    this.err = err;
    this.bar = bar;
  }

  /**
   * Shows the first state.
   *
   * @param before what processes before this one did
   */
  public static ReplayMeter of(ReplayRange range, ReplayProgress before, PrintWriter err) {
    ReplayLines lines = new ReplayLines(range, before);
    if (!Terminal.watched()) {
      return new ReplayMeter(lines, err, null);
    }
    return new ReplayMeter(
        lines,
        err,
        new ProgressBarBuilder()
            .setTaskName("Replaying")
            .setInitialMax(range.offsets())
            .startsFrom(before.tallies().read(), Duration.ofMillis(before.millis()))
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .clearDisplayOnFinish()
            .build());
  }

  public void show(ReplayProgress progress) {
    if (bar == null) {
      Optional<String> line = lines.next(progress);
      line.ifPresent(err::println);
    } else {
      Tallies tallies = progress.tallies();
      bar.stepTo(tallies.read());
      bar.setExtraMessage(" " + Figures.count(tallies.rejected()) + " rejected");
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
