package io.winnow.jobs.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/** The middle of some values. */
final class Median {
  private Median() {}

  static <T> double of(List<T> values, ToDoubleFunction<T> value) {
    return StatUtils.percentile(values.stream().mapToDouble(value).toArray(), 50);
  }
}
