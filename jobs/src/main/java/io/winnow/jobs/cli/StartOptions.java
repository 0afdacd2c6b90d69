package io.winnow.jobs.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a job starts, wherever it runs. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StartOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec verb;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "Subtasks of each enrichment that sets none in the pipeline; default: the cores of this"
              + " machine, on a cluster 1, or what 'flink run' says.")
  @Nullable Integer parallelism;

  @Option(
      names = "--from",
      paramLabel = "SAVEPOINT",
      description = "Go on from a savepoint or a retained checkpoint: its folder, or a URI of it.")
  @Nullable String from;

  void check() {
    if (parallelism != null && parallelism < 1) {
      throw new ParameterException(
          verb.commandLine(), "Expected at least 1 with --parallelism, found " + parallelism);
    }
  }

  /** Applies what was given; the environment's own settings hold for the rest. */
  void configure(StreamExecutionEnvironment environment) {
    if (parallelism != null) {
      environment.setParallelism(parallelism);
    }
    from()
        .ifPresent(
            uri -> {
              Configuration configuration = new Configuration();
              configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, uri);
              if (environment instanceof LocalStreamEnvironment) { // it stays the user's own
                configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
              }
              environment.configure(configuration);
            });
  }

  /** A cluster's working directory is not this one. */
  private Optional<String> from() {
    return Optional.ofNullable(from)
        .map(
            path ->
                path.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
                    ? path
                    : Path.of(path).toAbsolutePath().normalize().toUri().toString());
  }
}
