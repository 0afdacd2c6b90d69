package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Measurement;
import io.winnow.jobs.bench.text.Workload;

/** Somebody who answers texts. */
interface Contender {

  /**
   * Answers the first texts of a workload, as fast as it can.
   *
   * @param texts how many
   */
  Measurement measure(Workload workload, int texts) throws Exception;
}
