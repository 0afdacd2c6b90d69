package io.winnow.jobs.cli;

import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The page that a verb writes, if it is asked to. */
final class ReportArgument {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write an HTML page with charts and examples, which needs nothing but itself.")
  @Nullable Path file;

  /** Finds out before a long run that the page cannot be written. */
  void check() throws ConfigurationException {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
      throw new ConfigurationException(
          "Expected a file in a folder that exists with --report, found " + file);
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new ConfigurationException(
          "Expected a file that may be written with --report, found no permission for " + file);
    }
  }

  void write(String page) throws IOException {
    if (file != null) {
      Files.writeString(file, page);
    }
  }

  boolean isAsked() {
    return file != null;
  }
}
