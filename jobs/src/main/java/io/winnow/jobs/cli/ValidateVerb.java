package io.winnow.jobs.cli;

import io.winnow.jobs.pipeline.Pipeline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds every problem of a pipeline without starting a job. */
@Command(
    name = "validate",
    description = "Finds every problem of a pipeline file and its bundles, without starting a job.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: winnow validate pipeline.yaml --topics"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ValidateVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin PipelineArgument argument;

  @Option(
      names = "--topics",
      description = "Ask the broker for the topics, and the schema registry, too.")
  boolean topics;

  @Override
  public Integer call() throws Exception {
    Pipeline pipeline = argument.checked();
    if (topics) {
      OnlineCheck.of(pipeline, RunVerb.BROKER_PATIENCE);
    }
    spec.commandLine().getOut().printf("%s is valid: %s%n", argument.file, pipeline);
    return 0;
  }
}
