package io.winnow.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;

/** Where a job in this process keeps its checkpoints, so that the next start goes on from there. */
public final class LocalState {
  private static final int DEPTH = 3; // job id, chk-N, _metadata

  private LocalState() {}

  /**
   * Returns the settings that keep checkpoints in a folder and resume from the newest one there.
   *
   * @throws IOException if the folder cannot be read or made
   */
  public static Configuration configuration(Path folder) throws IOException {
    Files.createDirectories(folder);
    Configuration configuration = new Configuration();
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toAbsolutePath().toUri().toString());
    // Each start would leave the checkpoint that it went on from.
    configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
    newest(folder)
        .ifPresent(
            checkpoint ->
                configuration.set(
                    StateRecoveryOptions.SAVEPOINT_PATH,
                    checkpoint.toAbsolutePath().toUri().toString()));
    return configuration;
  }

  /** Returns the folder of the newest completed checkpoint. */
  static Optional<Path> newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(Comparator.comparing(LocalState::written))
          .map(Path::getParent);
    }
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
