package io.winnow.jobs.cli;

import io.winnow.jobs.replay.Replays;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where replays are kept. */
final class ReplaysArgument {
  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description =
          "Where plans, progress and checkpoints of replays are kept; default: ~/.winnow/replays.")
  @Nullable Path folder;

  Replays replays() {
    return new Replays(
        folder == null ? Path.of(System.getProperty("user.home"), ".winnow", "replays") : folder);
  }
}
