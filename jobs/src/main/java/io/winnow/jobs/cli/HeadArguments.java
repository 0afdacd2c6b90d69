package io.winnow.jobs.cli;

import io.winnow.operators.model.Aggregation;
import io.winnow.operators.model.HeadOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that change what a bundle says of its heads. */
final class HeadArguments {
  @Option(names = "--head", paramLabel = "NAME", description = "Run this head only; repeatable.")
  List<String> heads = List.of();

  @Option(names = "--top-k", paramLabel = "N", description = "Labels to report at the most.")
  @Nullable Integer topK;

  @Option(names = "--min-score", paramLabel = "S", description = "Lowest score to report, 0 to 1.")
  @Nullable Double minScore;

  @Option(
      names = "--aggregation",
      paramLabel = "STRATEGY",
      description = "How tokens become spans: ${COMPLETION-CANDIDATES}.")
  @Nullable Aggregation aggregation;

  HeadOptions options(CommandLine command) {
    try {
      return new HeadOptions(heads, topK, minScore, aggregation);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }
}
