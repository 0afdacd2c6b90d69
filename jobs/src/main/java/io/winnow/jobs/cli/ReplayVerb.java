package io.winnow.jobs.cli;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayState;
import io.winnow.jobs.replay.Yielding;
import io.winnow.jobs.stale.StaleCounts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Enriches a range of a topic once more, beside the live job, and ends. */
@Command(
    name = "replay",
    description = "Enriches a range of the pipeline's topic once more, and ends.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A bound is earliest, now, a date (2026-01-31), a date-time with its zone",
      "(2026-01-31T12:00:00Z), a time before now (-7d, -12h, -30m), or @FILE with a JSON",
      "object of an offset for each partition ({\"0\": 1200, \"1\": 1187}).",
      "Ctrl-C stops a replay; --resume goes on with it, and nothing is lost or doubled.",
      "With --cluster it runs there, and Ctrl-C stops watching only.",
      "",
      "Examples:",
      "  winnow replay pipeline.yaml --from -7d --to now --dry-run",
      "  winnow replay pipeline.yaml --from 2026-01-01 --to 2026-02-01 \\",
      "      --to-topic messages.january --create-topic",
      "  winnow replay pipeline.yaml --only-stale --from earliest --to now",
      "  winnow replay --resume 20260131-120000-k3f9",
      "  winnow replay pipeline.yaml --from -7d --to now \\",
      "      --cluster localhost:8081 --detach"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReplayVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "PIPELINE", description = "The pipeline file.")
  @Nullable Path file;

  @Option(names = "--from", paramLabel = "BOUND", description = "Where the range starts.")
  @Nullable String from;

  @Option(names = "--to", paramLabel = "BOUND", description = "Where it ends; not part of it.")
  @Nullable String to;

  @Option(
      names = "--to-topic",
      paramLabel = "TOPIC",
      description = "Topic of the enriched events; default: the pipeline's.")
  @Nullable String toTopic;

  @Option(
      names = "--create-topic",
      description = "Create it where it is missing, with as many partitions as the source has.")
  boolean createTopic;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Subtasks of each enrichment; default: the pipeline's.")
  @Nullable Integer parallelism;

  @Option(
      names = "--max-rate",
      paramLabel = "N",
      description = "Read at most N records per second, all subtasks together.")
  @Nullable Double maxRate;

  @Option(
      names = "--yield-to",
      paramLabel = "GROUP",
      description =
          "Wait while this consumer group, the live job's, is more behind than --max-lag.")
  @Nullable String yieldTo;

  @Option(
      names = "--max-lag",
      paramLabel = "N",
      description = "Records that it may be behind, of all partitions together.")
  @Nullable Long maxLag;

  @Option(
      names = "--only-stale",
      description =
          "Read the pipeline's enriched topic, and enrich again what does not carry the fingerprints"
              + " of the present models.")
  boolean onlyStale;

  @Option(names = "--dry-run", description = "Show the plan, and do nothing.")
  boolean dryRun;

  @Option(
      names = "--resume",
      paramLabel = "ID",
      description = "Go on with a replay that was stopped, killed or failed.")
  @Nullable String resume;

  @Mixin ReplaysArgument argument;

  @Mixin PlaceOptions place;

  @Option(
      names = "--json",
      description = "Print the summary, or with --dry-run the plan, as one JSON object.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    checkUsage();
    if (resume != null) {
      resume(resume);
    } else {
      start(Objects.requireNonNull(file));
    }
    return 0;
  }

  private void checkUsage() {
    if (resume != null) {
      boolean more = file != null || from != null || to != null || toTopic != null || createTopic;
      require(
          !more
              && !place.cluster.isGiven()
              && !place.cluster.shipNatives
              && parallelism == null
              && maxRate == null
              && yieldTo == null
              && maxLag == null
              && !onlyStale
              && !dryRun,
          "Expected --resume without PIPELINE and options of a new replay: it goes on as it was"
              + " started");
      return;
    }
    require(
        file != null && from != null && to != null,
        "Expected PIPELINE, --from and --to, or --resume");
    require(
        parallelism == null || parallelism >= 1,
        "Expected at least 1 subtask with --parallelism, found " + parallelism);
    require(
        maxRate == null || (maxRate > 0 && maxRate <= Integer.MAX_VALUE),
        "Expected more than 0 records per second with --max-rate, found " + maxRate);
    require((yieldTo == null) == (maxLag == null), "Expected --yield-to and --max-lag together");
    require(
        maxLag == null || maxLag >= 0,
        "Expected at least 0 records with --max-lag, found " + maxLag);
    require(!createTopic || toTopic != null, "Expected --to-topic with --create-topic");
    place.check(spec);
  }

  private void require(boolean fulfilled, String expected) {
    if (!fulfilled) {
      throw new ParameterException(spec.commandLine(), expected);
    }
  }

  private void start(Path pipelineFile) throws Exception {
    ReplayOptions options =
        new ReplayOptions(
            Objects.requireNonNull(from),
            Objects.requireNonNull(to),
            toTopic,
            parallelism,
            maxRate,
            yieldTo == null || maxLag == null ? null : new Yielding(yieldTo, maxLag),
            onlyStale);
    ReplayPlace where = place.place(spec);
    where.check(options);
    Pipeline checked = where.answer(PipelineArgument.of(spec, pipelineFile)::checked);
    ReplayPlanner planner = new ReplayPlanner(pipelineFile, options, Instant.now(), where);
    ReplayPlanner.Planned planned = where.answer(() -> planner.plan(checked, creation()));
    planned.warnings().stream()
        .map(planned.pipeline().secrets()::hide)
        .forEach(FailureReport.warnings(spec));
    ReplayWork work = where.answer(() -> ReplayWork.of(planned, spec));
    StaleCounts stale = work.staleCounts();
    if (dryRun) {
      output().result(planned, stale);
      return;
    }
    output().announce(planned, stale);
    where.start(work, planned.plan(), argument.replays(), output());
  }

  private TopicCreation creation() {
    if (!createTopic) {
      return TopicCreation.NONE;
    }
    return dryRun ? TopicCreation.LATER : TopicCreation.NOW;
  }

  private void resume(String id) throws Exception {
    try (ReplayFolder folder = argument.replays().open(id)) {
      boolean finished = folder.progress().state() == ReplayState.FINISHED;
      output()
          .show(
              folder,
              finished
                  ? Optional.of(ReplayEnd.told(folder, spec))
                  : place.place(spec, folder).resume(folder));
    }
  }

  private ReplayOutput output() {
    return new ReplayOutput(spec, json);
  }
}
