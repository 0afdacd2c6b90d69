package io.winnow.operators.model;

import io.winnow.operators.model.BundleSettings.HeadSettings;
import java.nio.file.Path;
import java.util.List;

/** Finds settings of a head that do nothing, where their writer expects something. */
record HeadSettingsCheck(Path file, HeadSettings head, List<String> problems) {

  /**
   * Notes a problem for each of them.
   *
   * @param type how logits of a text are read
   * @param labels labels of the head
   */
  void check(ProblemType type, List<String> labels) {
    String task = head.task().code();
    boolean isTokens = head.task() == Task.TOKEN_CLASSIFICATION;
    boolean isRegression = !isTokens && type == ProblemType.REGRESSION;
    check("top-k", isTokens && head.topK().isPresent(), task);
    check("problem-type", isTokens && head.problemType().isPresent(), task);
    check("aggregation", !isTokens && head.aggregation().isPresent(), task);
    check("min-score", isRegression && head.minScore().isPresent(), "regression");
    check("thresholds", isRegression && !head.thresholds().isEmpty(), "regression");
    List<String> reported = isTokens ? labelsOfSpans(labels) : labels;
    head.thresholds().keySet().stream()
        .filter(label -> !reported.contains(label))
        .forEach(label -> problems.add(unknown(label, reported)));
  }

  private void check(String key, boolean isUseless, String work) {
    if (isUseless) {
      problems.add(
          "%s: head %s has %s, which has no effect on %s; remove it"
              .formatted(file, head.name(), key, work));
    }
  }

  private static List<String> labelsOfSpans(List<String> labels) {
    return labels.stream().filter(l -> !l.equals("O")).map(Head::withoutPrefix).toList();
  }

  private String unknown(String label, List<String> reported) {
    String instead = Head.withoutPrefix(label);
    return "%s: head %s has a threshold for %s, which is none of the labels it reports%s"
        .formatted(
            file, head.name(), label, reported.contains(instead) ? "; name it " + instead : "");
  }
}
