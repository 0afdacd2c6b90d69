package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.SpanErrors;
import java.util.List;

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

  /**
   * A part.
   *
   * @param kind its class in the style sheet
   * @param width of it in the bar
   */
  record Part(String kind, String name, String count, String share, String width) {
    static Part of(String kind, String name, int count, int all) {
      double share = all == 0 ? 0 : (double) count / all;
      return new Part(kind, name, Figures.count(count), Figures.percent(share), Css.percent(share));
    }
  }
}
