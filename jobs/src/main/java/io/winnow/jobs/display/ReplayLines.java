package io.winnow.jobs.display;

import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.jobs.tally.Tallies;
import java.time.Duration;
import java.util.Optional;

/** Lines about a replay: one now and then, with an estimate once it has run for a minute. */
final class ReplayLines {
  private static final long EVERY_MILLIS = Duration.ofSeconds(10).toMillis();
  private static final long ESTIMATED_AFTER_MILLIS = Duration.ofMinutes(1).toMillis();

  private final ReplayRange range;
  private final ReplayProgress before;
  private long dueMillis;

  ReplayLines(ReplayRange range, ReplayProgress before) {
    this.range = range;
    this.before = before;
    this.dueMillis = before.millis() + EVERY_MILLIS;
  }

  /** Returns the next line; empty where none is due. */
  Optional<String> next(ReplayProgress progress) {
    if (progress.millis() < dueMillis) {
      return Optional.empty();
    }
    this.dueMillis = progress.millis() + EVERY_MILLIS;
    Tallies tallies = progress.tallies();
    long millis = progress.millis() - before.millis();
    double perSecond = (tallies.read() - before.tallies().read()) * 1000.0 / millis;
    String line =
        "%s of at most %s records (%s), %s records/s, %s rejected"
            .formatted(
                Figures.count(tallies.read()),
                Figures.count(range.offsets()),
                Figures.percent(progress.share(range)),
                Figures.rate(Math.max(0, perSecond)),
                Figures.count(tallies.rejected()));
    return Optional.of(
        millis >= ESTIMATED_AFTER_MILLIS && perSecond > 0
            ? line + ", " + left(perSecond, range.offsets() - tallies.read())
            : line);
  }

  private static String left(double perSecond, long records) {
    return left(Duration.ofSeconds((long) Math.max(0, records / perSecond)));
  }

  /** Returns a time in no more digits than an estimate is worth. */
  static String left(Duration time) {
    if (time.toHours() > 0) {
      return "%d h %d min left".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0 ? time.toMinutes() + " min left" : time.toSeconds() + " s left";
  }
}
