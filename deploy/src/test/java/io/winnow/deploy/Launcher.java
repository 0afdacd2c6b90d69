package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a script of {@code deploy/local}, or Maven, as a user does, in a process of its own. */
final class Launcher {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** What the build leaves for a Flink cluster. */
  static final Path FLINK = ROOT.resolve("deploy/target/flink");

  private static final long PATIENCE_SECONDS = 600; // a bench watched by strace takes three minutes
  private static final long END_SECONDS = 20;

  private final String script;
  private final Path folder;
  private final Map<String, String> environment;
  private final List<String> runner;

  private Launcher(
      String script, Path folder, Map<String, String> environment, List<String> runner) {
    this.script = script;
    this.folder = folder;
    this.environment = environment;
    this.runner = runner;
  }

  /**
   * Returns the launcher of the verbs.
   *
   * @param folder where what a process prints is kept
   */
  static Launcher winnow(Path folder) {
    return winnow(folder, "");
  }

  /** Returns the launcher of verbs whose JVM gets a further option. */
  static Launcher winnow(Path folder, String option) {
    String options = (JavaProcess.COMPILER + " " + option).strip();
    return new Launcher("winnow", folder, Map.of("JAVA_OPTS", options), List.of());
  }

  /**
   * Returns the launcher of a cluster.
   *
   * @param folder where what a process prints is kept
   */
  static Launcher cluster(Path folder) {
    return new Launcher("cluster", folder, Map.of(), List.of());
  }

  /**
   * Returns the launcher of Maven, which must be on the PATH as for those scripts.
   *
   * @param folder where what a process prints is kept
   */
  static Launcher maven(Path folder) {
    String maven = Tool.find("mvn").orElseThrow().file().toAbsolutePath().toString();
    return new Launcher(maven, folder, Map.of(), List.of());
  }

  /** Returns this launcher with more variables, under a command that runs another one. */
  Launcher with(Map<String, String> variables, List<String> command) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    return new Launcher(script, folder, all, command);
  }

  /** Runs a verb to its end. */
  Finished run(String input, String... arguments) throws IOException, InterruptedException {
    Path in = Files.writeString(folder.resolve("in"), input);
    Started started = start(in.toFile(), arguments);
    if (!started.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      started.process.destroyForcibly();
      throw new AssertionError(
          script + " " + String.join(" ", arguments) + " did not end: " + started.errors());
    }
    return new Finished(started.process.exitValue(), started.output(), started.errors());
  }

  Started start(String... arguments) throws IOException {
    return start(new File("/dev/null"), arguments);
  }

  private Started start(File input, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(runner);
    command.add(ROOT.resolve("deploy/local").resolve(script).toString());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectInput(input)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new Started(builder.start(), out, err);
  }

  /** Ends a process in order, or at once if it does not follow. */
  static void end(Process process) {
    process.destroy();
    process.onExit().completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
  }

  /** A process that runs. */
  record Started(Process process, Path out, Path err) implements AutoCloseable {
    String output() throws IOException {
      return Files.readString(out, UTF_8);
    }

    String errors() throws IOException {
      return Files.readString(err, UTF_8);
    }

    /** Returns what it said, once it has ended. */
    Optional<String> ended() {
      try {
        return process.isAlive() ? Optional.empty() : Optional.of("it ended: " + errors());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Kills it at once, as a failing machine does. */
    void kill() {
      process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
      end(process);
    }
  }

  /** What a process left. */
  record Finished(int status, String out, String err) {}
}
