package io.winnow.jobs.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far scores are from how often they are right: the expected calibration error of Guo et al.,
 * "On Calibration of Modern Neural Networks" (ICML 2017), equation 3, over {@value #BINS} bins of
 * equal width, each with its upper end.
 *
 * <p>Of a single label, each text counts with its highest score and whether that label is right. Of
 * several labels, each label of each text counts with its score and whether it is expected.
 *
 * @param bins from the lowest scores to the highest
 */
public record Calibration(List<Bin> bins) {
  public static final int BINS = 15;

  public Calibration {
    bins = List.copyOf(bins);
  }

  /** Returns the calibration of answers with scores; empty where there are none. */
  static Optional<Calibration> of(Target target, List<Judgement> judgements) {
    double[] scores = new double[BINS];
    int[] counts = new int[BINS];
    int[] right = new int[BINS];
    for (Judgement judgement : judgements) {
      if (judgement.answer() instanceof Answer.Labels answer) {
        Distribution told = answer.scores();
        int from = target.kind() == AnswerKind.LABEL ? Math.max(0, told.highest()) : 0;
        int to = target.kind() == AnswerKind.LABEL ? told.highest() : told.labels().size() - 1;
        for (int i = from; i <= to; i++) {
          int bin = bin(told.scores()[i]);
          scores[bin] += told.scores()[i];
          counts[bin]++;
          right[bin] += judgement.expected().contains(Finding.ofText(told.labels().get(i))) ? 1 : 0;
        }
      }
    }
    List<Bin> bins = new ArrayList<>(BINS);
    for (int bin = 0; bin < BINS; bin++) {
      bins.add(
          new Bin(
              counts[bin],
              Counts.ratio(scores[bin], counts[bin]),
              Counts.ratio(right[bin], counts[bin])));
    }
    Calibration calibration = new Calibration(bins);
    return calibration.count() == 0 ? Optional.empty() : Optional.of(calibration);
  }

  private static int bin(float score) {
    int bin = (int) Math.ceil((double) score * BINS) - 1;
    return Math.max(0, Math.min(BINS - 1, bin));
  }

  /** Returns the mean distance of score and share of right ones, weighted by the bins' counts. */
  public double error() {
    double sum = 0;
    for (Bin bin : bins) {
      sum += bin.count() * Math.abs(bin.right() - bin.score());
    }
    return sum / count();
  }

  public int count() {
    return bins.stream().mapToInt(Bin::count).sum();
  }

  /**
   * Answers of about the same score.
   *
   * @param score their mean score
   * @param right share of them that is right
   */
  public record Bin(int count, double score, double right) {}
}
