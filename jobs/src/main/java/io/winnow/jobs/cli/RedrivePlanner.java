package io.winnow.jobs.cli;

import io.winnow.jobs.kafka.MarksTopic;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.redrive.Marks;
import io.winnow.jobs.redrive.RedriveOptions;
import io.winnow.jobs.redrive.RedrivePlan;
import io.winnow.jobs.redrive.RedriveRun;
import io.winnow.jobs.redrive.RedriveSelection;
import io.winnow.jobs.replay.Bounds;
import io.winnow.jobs.replay.ReplayId;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds out which dead letters go back. */
record RedrivePlanner(
    LetterTopic letters, MarksTopic marksTopic, RedriveOptions options, Bounds bounds) {

  /** A redrive, the dead letters that it sends back, and both for people. */
  record Planned(RedriveRun run, RedriveSelection selection, RedrivePlan plan) {}

  /** Goes on with a redrive that was asked for the same and did not end, or plans a new one. */
  Planned plan(Consumer<String> warnings)
      throws ConfigurationException, IOException, InterruptedException {
    Pipeline pipeline = letters.pipeline();
    Marks marks = marksTopic.read(warnings);
    Optional<RedriveRun> before = marks.unfinished(pipeline.name(), options);
    RedriveRun run = before.isPresent() ? before.get() : newRun();
    RedriveSelection selection =
        new RedriveSelection(pipeline.name(), pipeline.source().topic(), options, marks);
    letters.read(run.ranges(), selection::add);
    RedrivePlan plan =
        new RedrivePlan(
            run.id(),
            pipeline.name(),
            letters.shown(),
            before.isPresent(),
            selection.counts(),
            selection.size(),
            selection.byReason());
    return new Planned(run, selection, plan);
  }

  private RedriveRun newRun() throws ConfigurationException, IOException, InterruptedException {
    String id = ReplayId.of(Instant.now(), new SecureRandom());
    return new RedriveRun(id, options, letters.ranges(bounds), false);
  }
}
