package io.winnow.jobs.report;

import io.winnow.jobs.diff.HeadDiff;
import io.winnow.jobs.diff.HeadName;
import io.winnow.jobs.diff.SideCounts;
import io.winnow.jobs.diff.TopicDiff;
import io.winnow.jobs.diff.Unmatched;
import io.winnow.jobs.evaluation.AnswerPair;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.ModelIdentity;
import io.winnow.jobs.evaluation.Speed;
import io.winnow.jobs.evaluation.Target;
import io.winnow.jobs.format.UnreadableCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Comparisons of topics to show. */
public final class DiffSamples {
  private DiffSamples() {}

  /** Two topics of which one has a bit of everything, and these pairs of one head. */
  public static TopicDiff diff(Target target, AnswerPair... pairs) {
    HeadComparison comparison =
        new HeadComparison(
            new ModelIdentity("support", "0.1.0", "9f8e7d"),
            new ModelIdentity("support", "0.2.0", "0a1b2c"),
            "messages",
            0,
            Comparison.of(target, List.of(pairs), Optional.empty(), 10),
            Speed.NONE,
            Speed.NONE);
    return new TopicDiff(
        new SideCounts("messages.enriched", 1_204, 2, 0, 0, UnreadableCounts.NONE),
        new SideCounts(
            "messages.candidate",
            1_210,
            1,
            3,
            4,
            new UnreadableCounts(
                Map.of("tombstone", 5L),
                Map.of("tombstone", "partition 0, offset 7: Expected a value"))),
        1_202,
        List.of(new HeadDiff(new HeadName("support", "intent"), comparison, 0, 12)),
        List.of(new Unmatched(new HeadName("language", "default"), 0, 1_202, 0)));
  }
}
