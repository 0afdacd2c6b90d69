package io.winnow.jobs.display;

import io.winnow.schemas.Classification;
import io.winnow.schemas.Embedding;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.ScoredLabel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi.Style;

/** What one enrichment says of a text as a whole, in a few words. */
final class Findings {
  private static final double SURE = 0.8;
  private static final double LIKELY = 0.5;

  private Findings() {}

  /** Returns the words; nothing for spans, which are shown in the text. */
  static Optional<String> of(Enrichment enrichment, Palette palette) {
    if (enrichment.getResult() instanceof Classification classification) {
      return Optional.of(best(classification.getLabels(), palette));
    }
    if (enrichment.getResult() instanceof Embedding embedding) {
      return Optional.of("    ◇ vector of " + embedding.getVector().size());
    }
    return Optional.empty();
  }

  private static String best(List<ScoredLabel> labels, Palette palette) {
    if (labels.isEmpty()) {
      return palette.paint("    – no label", Style.faint);
    }

    ScoredLabel best = labels.get(0);
    return score(best.getScore(), palette)
        + " "
        + palette.paint(VisibleText.of(best.getLabel()).plain(), Style.bold);
  }

  static String score(float score, Palette palette) {
    if (score < 0 || score > 1) {
      return String.format(Locale.ROOT, "%5.2f", score);
    }

    String percent = String.format(Locale.ROOT, "%3d %%", Math.round(score * 100));
    Style style = score >= SURE ? Style.fg_green : score >= LIKELY ? Style.fg_yellow : Style.faint;
    return palette.paint(percent, style);
  }
}
