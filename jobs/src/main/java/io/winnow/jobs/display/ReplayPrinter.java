package io.winnow.jobs.display;

import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.jobs.replay.Replays;
import io.winnow.jobs.stale.StaleCounts;
import io.winnow.jobs.tally.Tallies;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.Style;

/** Shows replays on a terminal. */
public final class ReplayPrinter {
  private static final int PARTITIONS_SHOWN = 20;
  private static final int WIDEST = 60;

  private final PrintWriter out;
  private final Palette palette;

  public ReplayPrinter(PrintWriter out, Palette palette) {
    this.out = out;
    this.palette = palette;
  }

  /**
   * Prints what a replay is going to do.
   *
   * @param output topic of the enriched events
   * @param deadLetters topic of the dead letters
   * @param stale what was found of the range; null where all of it is replayed
   */
  public void print(
      ReplayPlan plan, String output, String deadLetters, @Nullable StaleCounts stale) {
    ReplayRange range = plan.range();
    title("Replay " + plan.id() + " of " + range.topic());
    row("range", plan.options().from() + " to " + plan.options().to());
    row(
        "records",
        "at most %s in %s"
            .formatted(
                Figures.count(range.offsets()),
                Figures.count(range.partitions().size(), "partition")));
    if (stale != null) {
      row(
          "stale",
          "%s of %s"
              .formatted(Figures.count(stale.stale()), Figures.count(stale.records(), "record")));
    }
    row("times", time(range.first()) + " to " + time(range.last()));
    row("output", output + ", dead letters: " + deadLetters);
    row("models", String.join(", ", models(plan)));
    TextTable table =
        new TextTable(WIDEST).row("partition", "from offset", "to offset", "records at most");
    for (PartitionRange partition :
        range.partitions().subList(0, Math.min(PARTITIONS_SHOWN, range.partitions().size()))) {
      table.row(
          Integer.toString(partition.partition()),
          Figures.count(partition.from()),
          Figures.count(partition.to()),
          Figures.count(partition.offsets()));
    }
    out.print(table.render(palette));
    int more = range.partitions().size() - PARTITIONS_SHOWN;
    if (more > 0) {
      out.println("  and " + Figures.count(more, "more partition"));
    }
    out.flush();
  }

  private static List<String> models(ReplayPlan plan) {
    Map<String, String> sorted = new TreeMap<>(plan.fingerprints());
    return sorted.entrySet().stream()
        .map(model -> model.getKey() + " (" + model.getValue() + ")")
        .toList();
  }

  private static String time(@Nullable String time) {
    return time == null ? "unknown" : time;
  }

  /** Prints what a replay did. */
  public void print(ReplayPlan plan, ReplayProgress progress) {
    Tallies tallies = progress.tallies();
    title("Summary");
    row("read", Figures.count(tallies.read()));
    row("enriched", Figures.count(tallies.enriched()));
    row("rejected", Figures.count(tallies.rejected()));
    skipped(plan, progress);
    row("time", time(progress));
    out.flush();
  }

  private void skipped(ReplayPlan plan, ReplayProgress progress) {
    if (plan.options().onlyStale()) {
      row("skipped", Figures.count(progress.skipped(plan)));
    }
  }

  /** Prints where the job of a replay is to be seen. */
  public void print(String id, ClusterJob job, URI ui) {
    title("Replay " + id);
    row("job", job.id());
    row("web UI", ui.toString());
    row("progress", "winnow progress " + id);
    out.flush();
  }

  /** Prints how far a replay is. */
  public void print(Replays.Entry replay) {
    ReplayRange range = replay.plan().range();
    ReplayProgress progress = replay.progress();
    Tallies tallies = progress.tallies();
    ClusterJob job = replay.job();
    title("Replay " + replay.plan().id() + " of " + range.topic());
    row("state", progress.state().word());
    if (job != null) {
      row("job", job.id() + " on " + job.cluster());
    }
    row(
        "read",
        "%s of at most %s records (%s)"
            .formatted(
                Figures.count(tallies.read()),
                Figures.count(range.offsets()),
                Figures.percent(progress.share(range))));
    row("enriched", Figures.count(tallies.enriched()));
    row("rejected", Figures.count(tallies.rejected()));
    skipped(replay.plan(), progress);
    row(
        "time",
        time(progress)
            + progress.left(range).map(left -> ", " + ReplayLines.left(left)).orElse(""));
    out.flush();
  }

  private static String time(ReplayProgress progress) {
    return "%s, %s records/s, %s tokens/s"
        .formatted(
            String.format(Locale.ROOT, "%,.1f s", Math.max(1, progress.millis()) / 1000.0),
            Figures.rate(progress.recordsPerSecond()),
            Figures.rate(progress.tokensPerSecond()));
  }

  /** Prints a line for each replay. */
  public void print(List<Replays.Entry> replays) {
    TextTable table =
        new TextTable(WIDEST)
            .row(
                "replay",
                "pipeline",
                "topic",
                "state",
                "done",
                "read",
                "rejected",
                "time",
                "cluster");
    for (Replays.Entry replay : replays) {
      ReplayProgress progress = replay.progress();
      ClusterJob job = replay.job();
      table.row(
          replay.plan().id(),
          replay.plan().pipeline(),
          replay.plan().range().topic(),
          progress.state().word(),
          Figures.percent(progress.share(replay.plan().range())),
          Figures.count(progress.tallies().read()),
          Figures.count(progress.tallies().rejected()),
          Duration.ofMillis(progress.millis()).toSeconds() + " s",
          job == null ? "" : job.cluster());
    }
    out.print(table.render(palette));
    out.flush();
  }

  private void title(String text) {
    out.println(palette.paint(text, Style.bold));
  }

  private void row(String name, String words) {
    out.println("  %-9s %s".formatted(name, VisibleText.of(words).plain()));
  }
}
