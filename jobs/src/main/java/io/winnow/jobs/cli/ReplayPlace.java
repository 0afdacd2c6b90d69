package io.winnow.jobs.cli;

import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayProgress;
import java.io.IOException;
import java.util.Optional;

/** Where a replay runs. */
sealed interface ReplayPlace permits ReplayExecution, ClusterReplay {
  /** Returns how many subtasks an enrichment has where nobody says how many. */
  int defaultParallelism();

  /** Asks the place what is to be known before a replay is kept that runs there. */
  default void check() throws IOException, InterruptedException {}

  /** Runs a new replay to its end; empty where it goes on without this process. */
  Optional<ReplayProgress> run(ReplayWork work, ReplayFolder folder) throws Exception;

  /** Goes on with a replay, if it is still the same one. */
  Optional<ReplayProgress> resume(ReplayFolder folder) throws Exception;
}
