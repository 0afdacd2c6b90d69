package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Submits pipelines to a cluster, and stops them, as a user does. */
final class Submission {
  private static final Pattern JOB = Pattern.compile("\\b[0-9a-f]{32}\\b");
  private static final Pattern SAVEPOINT = Pattern.compile("Path: (\\S+)");

  private final Path folder;

  /**
   * Creates it.
   *
   * @param folder where what the commands print is kept
   */
  Submission(Path folder) {
    this.folder = folder;
  }

  /** Runs a pipeline and returns the job's id. */
  String run(ClusterProcesses cluster, Path pipeline, String... options) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", pipeline.toString(), "--cluster", cluster.rest()));
    arguments.addAll(List.of(options));
    Launcher.Finished run = Launcher.winnow(folder).run("", arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("http://" + cluster.rest());
    return job(run);
  }

  /** Returns the id that a command printed. */
  static String job(Launcher.Finished submitted) {
    return found(JOB, submitted);
  }

  /** Stops a job with a savepoint, and returns its path. */
  String stop(ClusterProcesses cluster, String job) throws Exception {
    String target = folder.resolve("savepoints").toUri().toString();
    Launcher.Finished stop = cluster.script("flink", "stop", "--savepointPath", target, job);
    assertThat(stop.status()).as(stop.err()).isZero();
    cluster.awaitFreeSlots();
    return found(SAVEPOINT, stop);
  }

  private static String found(Pattern pattern, Launcher.Finished finished) {
    Matcher matcher = pattern.matcher(finished.out());
    assertThat(matcher.find()).as(finished.out() + finished.err()).isTrue();
    return matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
  }
}
