package io.winnow.jobs.cli;

import io.winnow.jobs.BundleCheck;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The pipeline file of a verb. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class PipelineArgument {
  @Parameters(paramLabel = "PIPELINE", description = "The pipeline file.")
  Path file;

  /** Loads the file and checks it with its bundles. */
  Pipeline checked() throws ConfigurationException {
    Pipeline pipeline = Pipeline.load(file);
    BundleCheck.check(pipeline);
    return pipeline;
  }
}
