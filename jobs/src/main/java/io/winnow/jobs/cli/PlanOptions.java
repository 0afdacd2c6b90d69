package io.winnow.jobs.cli;

import io.winnow.jobs.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What to plan for, and how to measure it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PlanOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec verb;

  @Option(names = "--rate", paramLabel = "R", description = "Plan for R events a second.")
  @Nullable Double rate;

  @Option(
      names = "--backfill",
      paramLabel = "FROM..TO",
      description = "Plan a replay of this range of the topic; bounds as for 'winnow replay'.")
  @Nullable String backfill;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "Subtasks of the replay; default: the fewest that an enrichment of the pipeline sets, or"
              + " where none does, one for each core of this machine.")
  @Nullable Integer parallelism;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Slots of a task manager, each with a core; default: ${DEFAULT-VALUE}.")
  int slots = 4;

  @Option(
      names = "--head-room",
      paramLabel = "PERCENT",
      description = "Part of the capacity to leave free; default: ${DEFAULT-VALUE}.")
  int headRoom = 30;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Records to look at, about; default: ${DEFAULT-VALUE}.")
  int sample = 2000;

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = "Take the texts from a file, one a line, instead of the topic.")
  @Nullable Path texts;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long to measure; default: ${DEFAULT-VALUE}.")
  int seconds = 30;

  void check() {
    require(
        rate == null || rate > 0,
        "Expected more than 0 events a second with --rate, found " + rate);
    require(
        parallelism == null || (parallelism >= 1 && backfill != null),
        "Expected at least 1 subtask with --parallelism, and --backfill with it");
    require(slots >= 1, "Expected at least 1 slot with --slots, found " + slots);
    require(
        headRoom >= 0 && headRoom < 100,
        "Expected 0 to 99 percent with --head-room, found " + headRoom);
    require(sample >= 1, "Expected at least 1 record with --sample, found " + sample);
    require(seconds >= 1, "Expected at least 1 second with --seconds, found " + seconds);
    require(
        texts == null || backfill == null,
        "Expected --backfill without --texts: its range is one of the topic");
  }

  /** Returns the subtasks of the replay: the enrichment with fewest of them holds up the others. */
  int parallelism(Pipeline pipeline) {
    if (parallelism != null) {
      return parallelism;
    }
    return pipeline.enrichments().stream()
        .map(enrichment -> Optional.ofNullable(enrichment.parallelism()))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  private void require(boolean fulfilled, String expected) {
    if (!fulfilled) {
      throw new ParameterException(verb.commandLine(), expected);
    }
  }
}
