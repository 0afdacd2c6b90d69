package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Measurement;
import io.winnow.jobs.bench.text.Workload;

/** Somebody who answers texts. */
interface Contender extends AutoCloseable {

  /**
   * Answers the next texts of a workload, as fast as it can.
   *
   * @param texts how many
   */
  Measurement measure(Workload workload, int texts) throws Exception;

  /** Ends what goes on between rounds. */
  @Override
  default void close() {}
}
