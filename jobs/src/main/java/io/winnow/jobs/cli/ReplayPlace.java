package io.winnow.jobs.cli;

import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.Replays;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;

/** Where a replay runs. */
sealed interface ReplayPlace permits KeptPlace, HostedReplay {
  /** Returns how many subtasks an enrichment has where nobody says how many. */
  int defaultParallelism();

  /**
   * Looks, before anything is planned, whether what is asked can be done there.
   *
   * @throws ConfigurationException with all that cannot
   */
  void check(ReplayOptions options)
      throws ConfigurationException, IOException, InterruptedException;

  /** Asks something: until there is an answer where a failure would cost a job, else once. */
  <T> T answer(ApplicationMode.Question<T> question) throws Exception;

  /** Returns the id of a new replay. */
  String id(String pipeline, ReplayOptions options);

  /**
   * Starts a new replay, and shows what it did or where it goes on without this process.
   *
   * @param replays those of this machine
   */
  void start(ReplayWork work, ReplayPlan plan, Replays replays, ReplayOutput output)
      throws Exception;
}
