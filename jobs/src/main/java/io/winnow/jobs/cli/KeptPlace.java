package io.winnow.jobs.cli;

import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayId;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.Replays;
import io.winnow.jobs.stale.StaleCounts;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** A place whose replays have a folder on this machine, so that {@code --resume} goes on there. */
sealed interface KeptPlace extends ReplayPlace permits ReplayExecution, ClusterReplay {
  @Override
  default void check(ReplayOptions options) throws IOException, InterruptedException {}

  @Override
  default <T> T answer(ApplicationMode.Question<T> question) throws Exception {
    return question.ask();
  }

  @Override
  default String id(String pipeline, ReplayOptions options) {
    return ReplayId.of(Instant.now(), new SecureRandom());
  }

  @Override
  default void start(ReplayWork work, ReplayPlan plan, Replays replays, ReplayOutput output)
      throws Exception {
    StaleCounts stale = work.staleCounts();
    if (stale != null && stale.stale() == 0) {
      output.nothingToDo(plan, stale);
      return;
    }
    try (ReplayFolder folder = replays.create(plan)) {
      output.show(folder, run(work, folder));
    }
  }

  /** Runs a new replay to its end; empty where it goes on without this process. */
  Optional<ReplayProgress> run(ReplayWork work, ReplayFolder folder) throws Exception;

  /** Goes on with a replay, if it is still the same one. */
  Optional<ReplayProgress> resume(ReplayFolder folder) throws Exception;
}
