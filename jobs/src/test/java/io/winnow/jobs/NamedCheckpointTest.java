package io.winnow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.replay.ClusterJob;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedCheckpointTest {
  private static final String JOB = "00000000000000010000000000000002";
  private static final String EARLIER = "00000000000000010000000000000001";

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void theNewestCompleteCheckpointIsTaken() throws Exception {
    checkpoint(JOB, 3);
    String newest = checkpoint(JOB, 12);
    Files.createDirectories(folder.resolve(JOB).resolve("chk-13")); // never completed

    assertThat(named(newest, null)).isEqualTo(newest);
    assertThat(named(newest + "/", newest)).isEqualTo(newest);
    assertThat(warnings).isEmpty();
  }

  @Test
  void anOlderOneIsRefused() throws Exception {
    String older = checkpoint(JOB, 3);
    checkpoint(JOB, 12);

    assertRefused(older, null, "the newest complete one there is chk-12");
  }

  @Test
  void oneThatIsOlderThanWhatTheJobWasSeenToCompleteIsRefused() throws Exception {
    String older = checkpoint(JOB, 3);

    assertRefused(older, "s3://c/" + JOB + "/chk-4", "s3://c/" + JOB + "/chk-4 is newer");
  }

  @Test
  void theOneThatTheJobWentOnFromIsTakenWhereItCompletedNone() throws Exception {
    String restored = checkpoint(EARLIER, 7);

    assertThat(named(restored, restored)).isEqualTo(restored);
    checkpoint(JOB, 8);
    assertRefused(restored, restored, "the newest complete one there is chk-8");
  }

  @Test
  void oneOfAnotherJobIsRefused() throws Exception {
    assertRefused(checkpoint(EARLIER, 7), null, "one of the job " + JOB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "chk-3", JOB + "/chk-3", "/c/chk-3", "/c/" + JOB, "s3://c/savepoint-1"})
  void whatIsNoCheckpointIsRefused(String path) {
    assertRefused(path, null, "ends with " + JOB + "/chk-NUMBER");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:/not/here/", "nowhere://c/"})
  void whatNobodyCanSeeFromHereIsTakenWithAWarning(String root) throws Exception {
    String path = root + JOB + "/chk-3";

    assertThat(named(path, null)).isEqualTo(path);
    assertThat(warnings).singleElement().asString().contains("cannot be seen from here");
  }

  private void assertRefused(String path, @Nullable String known, String words) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> named(path, known))
        .withMessageStartingWith("--checkpoint: expected ")
        .withMessageContaining(words);
  }

  private String named(String path, @Nullable String known) throws ConfigurationException {
    ClusterJob job = new ClusterJob("localhost:8081", JOB, known, false, 0, false);
    return NamedCheckpoint.checked(path, job, warnings::add).toString();
  }

  private String checkpoint(String job, int number) throws IOException {
    Path checkpoint = Files.createDirectories(folder.resolve(job).resolve("chk-" + number));
    Files.writeString(checkpoint.resolve("_metadata"), "");
    return checkpoint.toString();
  }
}
