package io.winnow.jobs.bench;

import java.util.List;

/**
 * What became of a workload.
 *
 * @param texts texts of a round, of the fastest contender
 * @param meanTokens tokens of a text in the mean
 * @param results one for each contender that answered
 * @param failures why the others did not
 */
public record WorkloadResults(
    WorkloadKind kind, int texts, double meanTokens, List<Result> results, List<String> failures) {

  public WorkloadResults {
    results = List.copyOf(results);
    failures = List.copyOf(failures);
  }
}
