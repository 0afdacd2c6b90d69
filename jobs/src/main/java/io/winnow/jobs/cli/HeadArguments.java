package io.winnow.jobs.cli;

import io.winnow.operators.model.Aggregation;
import io.winnow.operators.model.HeadOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that change what a bundle says of its heads. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HeadArguments {
  @Spec(Spec.Target.MIXEE)
  CommandSpec verb;

  @Option(names = "--head", paramLabel = "NAME", description = "Run this head only; repeatable.")
  List<String> heads = List.of();

  @Option(names = "--top-k", paramLabel = "N", description = "Labels to report at the most.")
  @Nullable Integer topK;

  @Option(names = "--min-score", paramLabel = "S", description = "Lowest score to report, 0 to 1.")
  @Nullable Double minScore;

  @Option(
      names = "--aggregation",
      paramLabel = "STRATEGY",
      converter = AggregationWord.class,
      completionCandidates = AggregationWord.class,
      description = "How tokens become spans: ${COMPLETION-CANDIDATES}.")
  @Nullable Aggregation aggregation;

  HeadOptions options() {
    if (topK != null && topK < 1) {
      throw wrong("a whole number of at least 1 with --top-k", topK);
    }
    if (minScore != null && !(minScore >= 0 && minScore <= 1)) { // NaN is neither
      throw wrong("a number from 0 to 1 with --min-score", minScore);
    }
    return new HeadOptions(heads, topK, minScore, aggregation);
  }

  private ParameterException wrong(String expected, Number found) {
    return new ParameterException(
        verb.commandLine(), "Expected %s, found %s".formatted(expected, found));
  }
}
