package io.winnow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A cluster of {@code deploy/local/cluster}, whose processes may be killed and started again. */
final class ClusterProcesses implements AutoCloseable {
  static final String BROKER = "broker";
  static final String JOB_MANAGER = "jobmanager";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of a histogram of the heap's classes: how many loaders of jobs' classes live. */
  private static final Pattern JOB_CLASS_LOADERS =
      Pattern.compile("(\\d+) +\\d+ +org\\.apache\\.flink\\.util\\.ChildFirstClassLoader\\s");

  private final Launcher launcher;
  private final Path folder;
  private final int slots;
  private final Properties properties = new Properties();
  private final HttpClient http = HttpClient.newHttpClient();

  private ClusterProcesses(Launcher launcher, Path folder, int slots) {
    this.launcher = launcher;
    this.folder = folder.resolve("cluster");
    this.slots = slots;
  }

  /**
   * Starts a cluster on free ports.
   *
   * @param folder where it keeps its state, and what the script says
   * @param settings options of Flink as {@code KEY=VALUE}
   */
  static ClusterProcesses up(Path folder, int taskManagers, int slots, String... settings)
      throws IOException, InterruptedException {
    return up(Launcher.cluster(folder), folder, taskManagers, slots, settings);
  }

  /** Starts a cluster with a launcher of its own. */
  static ClusterProcesses up(
      Launcher launcher, Path folder, int taskManagers, int slots, String... settings)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--port", "0", "--kafka-port", "0"));
    options.addAll(List.of("--task-managers", "" + taskManagers, "--slots", "" + slots));
    for (String process : List.of("jobmanager", "taskmanager")) { // unless the settings say more
      options.addAll(List.of("-D", "env.java.opts.%s=%s".formatted(process, JavaProcess.COMPILER)));
    }
    for (String setting : settings) {
      options.addAll(List.of("-D", setting));
    }
    ClusterProcesses cluster = new ClusterProcesses(launcher, folder, taskManagers * slots);
    Launcher.Finished up = cluster.script("up", options.toArray(String[]::new));
    if (up.status() != 0) {
      throw new AssertionError("cluster up ended with " + up.status() + ": " + up.err());
    }
    try (Reader reader = Files.newBufferedReader(cluster.folder.resolve("cluster.properties"))) {
      cluster.properties.load(reader);
    }
    return cluster;
  }

  /** Runs a verb of the script on this cluster. */
  Launcher.Finished script(String verb, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(verb, "--folder", folder.toString()));
    all.addAll(List.of(arguments));
    return launcher.run("", all.toArray(String[]::new));
  }

  static String taskManager(int number) {
    return "taskmanager-" + number;
  }

  /** Returns the names of all processes, dead ones too. */
  List<String> names() {
    return Arrays.asList(properties.getProperty("processes").split(" ", -1));
  }

  /** Returns the broker's address. */
  String servers() {
    return properties.getProperty("kafka");
  }

  /** Returns the address of Flink's REST endpoint. */
  String rest() {
    return properties.getProperty("rest");
  }

  Path log(String name) {
    return folder.resolve("log").resolve(name + ".log");
  }

  long pid(String name) throws IOException {
    return Long.parseLong(Files.readString(folder.resolve(name + ".pid")).strip());
  }

  /** Ends a process with SIGKILL, and returns once it is gone. */
  void kill(String name) throws IOException {
    long pid = pid(name);
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    Awaitility.await().atMost(PATIENCE).until(() -> !isAlive(pid));
  }

  /** Starts a process again that has died. */
  void start(String name) throws IOException, InterruptedException {
    Launcher.Finished start = script("start", name);
    if (start.status() != 0) {
      throw new AssertionError(name + " does not start: " + start.err());
    }
  }

  /** Ends a process with SIGKILL and starts it again. */
  void restart(String name) throws IOException, InterruptedException {
    kill(name);
    start(name);
  }

  /** Changes the lines of arguments that a process starts with the next time. */
  void edit(String name, UnaryOperator<String> arguments) throws IOException {
    Path file = folder.resolve(name + ".args");
    Files.writeString(file, arguments.apply(Files.readString(file)));
  }

  boolean isAlive(String name) throws IOException {
    return isAlive(pid(name));
  }

  /** Returns that a process is dead, if so. */
  Optional<String> death(String name) {
    try {
      return isAlive(name) ? Optional.empty() : Optional.of(name + " is dead");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process that nobody waited for is listed on, without a command. */
  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid)
        .filter(process -> process.isAlive() && process.info().command().isPresent())
        .isPresent();
  }

  /** Returns how much memory of the machine a process holds. */
  long residentBytes(String name) throws IOException, InterruptedException {
    return Long.parseLong(new Tool(Path.of("ps")).run("-o", "rss=", "-p", "" + pid(name)).strip())
        << 10;
  }

  /** Returns how much of a kind of memory Flink's configuration gives a task manager. */
  long configuredBytes(String taskManager, String kind) throws IOException, InterruptedException {
    return get("/taskmanagers/" + taskManager).path("memoryConfiguration").path(kind).asLong();
  }

  /** Collects a process's garbage, and returns how many jobs' classes are still loaded. */
  int jobClassLoaders(String name) throws IOException, InterruptedException {
    Matcher matcher = JOB_CLASS_LOADERS.matcher(jcmd(name, "GC.class_histogram"));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** Has a process let go of all that it needs no more. */
  void collectGarbage(String name) throws IOException, InterruptedException {
    jcmd(name, "GC.run");
  }

  private String jcmd(String name, String command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    return new Tool(jcmd).run("" + pid(name), command);
  }

  /** Asks the job manager. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(http.send(request(path).build(), BodyHandlers.ofString()).body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + rest() + path))
        .timeout(Duration.ofSeconds(30));
  }

  /** Returns a job's state in Flink's words. */
  String state(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job).path("state").asText("UNKNOWN");
  }

  /** Returns why a job will write nothing more, if that is so. */
  Optional<String> ended(String job) {
    try {
      String state = state(job);
      return List.of("FAILED", "CANCELED", "FINISHED", "UNKNOWN").contains(state)
          ? Optional.of("the job is " + state + ": " + get("/jobs/" + job + "/exceptions"))
          : Optional.empty();
    } catch (IOException e) { // the job manager may be away
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns once all subtasks of a job run, as Flink takes no savepoint before. */
  void awaitRunning(String job) {
    Awaitility.await().atMost(PATIENCE).until(() -> isRunning(get("/jobs/" + job)));
  }

  private static boolean isRunning(JsonNode job) {
    boolean running = !job.path("vertices").isEmpty();
    for (JsonNode vertex : job.path("vertices")) {
      running &= vertex.at("/tasks/RUNNING").asInt() == vertex.path("parallelism").asInt();
    }
    return running;
  }

  /** Cancels a job, and returns once its slots are free. */
  void cancel(String job) throws IOException, InterruptedException {
    http.send(
        request("/jobs/" + job + "?mode=cancel").method("PATCH", BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
    Awaitility.await().atMost(PATIENCE).until(() -> state(job).equals("CANCELED"));
    awaitFreeSlots();
  }

  /** Returns once all task managers are there and do nothing. */
  void awaitFreeSlots() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> get("/overview").path("slots-available").asInt() == slots);
  }

  /** Returns the newest checkpoint that a job completed. */
  String checkpoint(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/checkpoints")
        .path("latest")
        .path("completed")
        .path("external_path")
        .asText();
  }

  /** Returns the newest complete checkpoint of a job that no job manager knows any more. */
  String checkpointOnDisk(String job) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("checkpoints").resolve(job), 2)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(Path::getParent)
          .max(Comparator.comparingInt(ClusterProcesses::number))
          .map(newest -> "file:" + newest) // as Flink writes it
          .orElseThrow();
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().replace("chk-", ""));
  }

  /** Returns the checkpoint or savepoint that a job has last gone on from; empty if from none. */
  String restored(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/checkpoints")
        .path("latest")
        .path("restored")
        .path("external_path")
        .asText();
  }

  /** Stops all processes. */
  void down() throws IOException, InterruptedException {
    Launcher.Finished down = script("down");
    if (down.status() != 0) {
      throw new AssertionError("cluster down ended with " + down.status() + ": " + down.err());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      down();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
