package io.winnow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStateTest {
  @TempDir Path folder;

  @Test
  void aFirstStartMakesTheFolderAndResumesFromNothing() throws Exception {
    Path state = folder.resolve("a/b");

    Configuration configuration = LocalState.configuration(state);

    assertThat(state).isEmptyDirectory();
    assertThat(configuration.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEqualTo(state.toUri().toString());
    assertThat(configuration.contains(StateRecoveryOptions.SAVEPOINT_PATH)).isFalse();
  }

  @Test
  void aLaterStartResumesFromTheNewestCheckpointOfAnyJob() throws Exception {
    checkpoint("job-b", 9, 1_000);
    Path newest = checkpoint("job-a", 2, 3_000);
    checkpoint("job-c", 10, 2_000);

    assertThat(LocalState.newest(folder)).contains(newest);
    assertThat(LocalState.configuration(folder).get(StateRecoveryOptions.SAVEPOINT_PATH))
        .isEqualTo(newest.toUri().toString());
  }

  @Test
  void theCheckpointThatAStartGoesOnFromIsNotLeftBehind() throws Exception {
    assertThat(LocalState.configuration(folder).get(StateRecoveryOptions.RESTORE_MODE))
        .isEqualTo(RecoveryClaimMode.CLAIM);
  }

  @Test
  void aCheckpointThatWasNotCompletedIsNone() throws Exception {
    Path complete = checkpoint("job", 4, 1_000);
    Files.createDirectories(folder.resolve("job/chk-5"));
    Files.writeString(folder.resolve("job/chk-5/state"), "half");
    Files.createDirectories(folder.resolve("job/shared"));

    assertThat(LocalState.newest(folder)).contains(complete);
  }

  private Path checkpoint(String job, int number, long writtenMillis) throws IOException {
    Path checkpoint = Files.createDirectories(folder.resolve(job + "/chk-" + number));
    Path metadata = Files.writeString(checkpoint.resolve("_metadata"), "whole");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenMillis));
    return checkpoint;
  }
}
