package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.ScoreShift;
import io.winnow.jobs.evaluation.SpanErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A whole as a bar of its parts, each with its number. */
record ShareBar(List<Part> parts) {

  /** What became of the spans that were expected. */
  static ShareBar of(SpanErrors errors) {
    int all = errors.exact() + errors.otherLabel() + errors.otherEnds() + errors.missed();
    return new ShareBar(
        List.of(
            Part.of("exact", "Exact", errors.exact(), all),
            Part.of("other-label", "Other label", errors.otherLabel(), all),
            Part.of("other-ends", "Other ends", errors.otherEnds(), all),
            Part.of("missing", "Missed", errors.missed(), all)));
  }

  /** Which side has the texts right whose right answer is known. */
  static ShareBar of(Contest contest) {
    return new ShareBar(
        List.of(
            Part.of("both", "Both right", contest.both(), contest.texts()),
            Part.of("only-a", "A alone right", contest.onlyA(), contest.texts()),
            Part.of("only-b", "B alone right", contest.onlyB(), contest.texts()),
            Part.of("neither", "Neither right", contest.neither(), contest.texts())));
  }

  /** How much scores differ from A to B. */
  static ShareBar of(ScoreShift shift) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < shift.counts().size(); i++) {
      parts.add(Part.of("shift-" + i, range(i), shift.counts().get(i), shift.count()));
    }
    return new ShareBar(parts);
  }

  /** Returns a range of differences in percentage points. */
  private static String range(int bin) {
    List<Double> limits = ScoreShift.LIMITS;
    if (bin == 0) {
      return "Up to " + points(limits.get(0)) + " point";
    }
    return bin < limits.size()
        ? "To " + points(limits.get(bin)) + " points"
        : "More than " + points(limits.get(bin - 1)) + " points";
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%.0f", share * 100);
  }

  /**
   * A part.
   *
   * @param kind its class in the style sheet
   * @param width of it in the bar
   */
  record Part(String kind, String name, String count, String share, String width) {
    static Part of(String kind, String name, long count, long all) {
      double share = all == 0 ? 0 : (double) count / all;
      return new Part(kind, name, Figures.count(count), Figures.percent(share), Css.percent(share));
    }
  }
}
