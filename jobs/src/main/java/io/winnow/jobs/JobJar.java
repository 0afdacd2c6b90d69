package io.winnow.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The jars that a cluster runs a job from, as the build leaves them. */
public enum JobJar {
  /** For clusters with the native libraries in Flink's {@code lib/}. */
  THIN("usrlib/winnow-jobs.jar"),
  /** With the native libraries, for clusters whose {@code lib/} is not ours. */
  WITH_NATIVES("winnow-jobs-with-natives.jar");

  private static final String HOME = "WINNOW_HOME";

  private final String file;

  JobJar(String file) {
    this.file = file;
  }

  /**
   * Returns the jar.
   *
   * @throws IllegalStateException if it is not there
   */
  public Path path() {
    String home = Optional.ofNullable(System.getenv(HOME)).orElse("");
    Path jar = Path.of(home, "deploy", "target", "flink").resolve(file).toAbsolutePath();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "Expected the job's jar at %s, found none; build it: mvn -DskipTests package"
              .formatted(jar));
    }
    return jar;
  }
}
