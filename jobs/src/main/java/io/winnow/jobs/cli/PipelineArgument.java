package io.winnow.jobs.cli;

import io.winnow.jobs.BundleCheck;
import io.winnow.jobs.kafka.ClientOptions;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.UnreachableException;
import io.winnow.operators.config.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The pipeline file of a verb. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PipelineArgument {
  @Spec(Spec.Target.MIXEE)
  CommandSpec verb;

  @Parameters(paramLabel = "PIPELINE", description = "The pipeline file.")
  Path file;

  /** Returns the argument of a verb that may do without it. */
  static PipelineArgument of(CommandSpec verb, Path file) {
    PipelineArgument argument = new PipelineArgument();
    argument.verb = verb;
    argument.file = file;
    return argument;
  }

  /** Loads the file and checks it without its bundles. */
  Pipeline loaded() throws ConfigurationException {
    Pipeline pipeline = Pipeline.load(file);
    List<String> problems = ClientOptions.problems(pipeline);
    if (problems.isEmpty()) {
      return pipeline;
    }
    throw new ConfigurationException(problems);
  }

  /**
   * Loads the file and checks it with its bundles.
   *
   * @throws UnreachableException if nothing is wrong but that a file system does not give a bundle
   */
  Pipeline checked() throws ConfigurationException {
    Pipeline pipeline = Pipeline.load(file);
    List<String> problems = new ArrayList<>(ClientOptions.problems(pipeline));
    try {
      Pipeline opened = BundleCheck.check(pipeline, FailureReport.warnings(verb));
      if (problems.isEmpty()) {
        return opened;
      }
    } catch (ConfigurationException e) {
      if (problems.isEmpty()) {
        throw e;
      }
      problems.addAll(e.problems());
    }
    throw new ConfigurationException(problems);
  }
}
