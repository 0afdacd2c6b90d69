package io.winnow.jobs.display;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * What the demo did.
 *
 * @param published events that went in
 * @param enriched enriched events seen
 * @param deadLetters dead letters seen, by the code of their reason
 * @param tokens tokens that models read of the enriched events
 * @param wall time from the first event published to the last record seen
 * @param p50 latency that half of the enriched events stayed within
 * @param p99 latency that 99 of 100 enriched events stayed within
 */
public record Summary(
    long published,
    long enriched,
    Map<String, Long> deadLetters,
    long tokens,
    Duration wall,
    Duration p50,
    Duration p99) {
  private static final Comparator<Map.Entry<String, Long>> MOST_FIRST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());
  private static final String NOTE =
      """
        Latency is the time from a record's Kafka timestamp until a read-committed consumer sees its
        enriched record. It includes the wait for the commit of the transaction that holds it.
      """;

  public Summary {
    deadLetters = Map.copyOf(deadLetters);
  }

  /** Returns the summary as lines for people, each with its line end. */
  public String render(Palette palette) {
    long rejected = deadLetters.values().stream().mapToLong(Long::longValue).sum();
    long missing = published - enriched - rejected;
    StringBuilder lines = new StringBuilder();
    lines.append(palette.paint("Summary", Style.bold)).append('\n');
    row(lines, palette, "events in", count(published), "in " + seconds(wall));
    row(
        lines,
        palette,
        "enriched",
        count(enriched),
        "%s events/s, %s tokens/s".formatted(perSecond(enriched), perSecond(tokens)));
    row(lines, palette, "dead letters", count(rejected), reasons());
    if (missing > 0) {
      row(lines, palette, "not seen", count(missing), "still on their way when the demo ended");
    }
    if (enriched > 0) {
      row(lines, palette, "latency p50", count(p50.toMillis()), "ms");
      row(lines, palette, "latency p99", count(p99.toMillis()), "ms");
      lines.append(palette.paint(NOTE.stripTrailing(), Style.faint)).append('\n');
    }
    return lines.toString();
  }

  private static void row(
      StringBuilder lines, Palette palette, String name, String number, String words) {
    lines
        .append("  %-12s ".formatted(name))
        .append(palette.paint("%9s".formatted(number), Style.bold))
        .append(words.isEmpty() ? "" : "  " + palette.paint(words, Style.faint))
        .append('\n');
  }

  private String reasons() {
    return deadLetters.entrySet().stream()
        .sorted(MOST_FIRST)
        .map(entry -> entry.getValue() + " " + VisibleText.of(entry.getKey()).plain())
        .collect(Collectors.joining(", "));
  }

  private String perSecond(long number) {
    double seconds = Math.max(1, wall.toMillis()) / 1000.0;
    double rate = number / seconds;
    return String.format(Locale.ROOT, rate < 100 ? "%.1f" : "%,.0f", rate);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%,.1f s", duration.toMillis() / 1000.0);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
