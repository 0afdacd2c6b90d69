package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
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
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.awaitility.Awaitility;

/** A cluster of {@code deploy/local/cluster}, whose processes may be killed and started again. */
final class ClusterProcesses implements AutoCloseable {
  static final String BROKER = "broker";
  static final String JOB_MANAGER = "jobmanager";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Launcher launcher;
  private final Path folder;
  private final Properties properties = new Properties();
  private final HttpClient http = HttpClient.newHttpClient();

  private ClusterProcesses(Path folder) {
    this.launcher = Launcher.cluster(folder);
    this.folder = folder.resolve("cluster");
  }

  /**
   * Starts a cluster on free ports.
   *
   * @param folder where it keeps its state, and what the script says
   * @param settings options of Flink as {@code KEY=VALUE}
   */
  static ClusterProcesses up(Path folder, int taskManagers, int slots, String... settings)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--port", "0", "--kafka-port", "0"));
    options.addAll(List.of("--task-managers", "" + taskManagers, "--slots", "" + slots));
    for (String setting : settings) {
      options.addAll(List.of("-D", setting));
    }
    ClusterProcesses cluster = new ClusterProcesses(folder);
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

  boolean isAlive(String name) throws IOException {
    return isAlive(pid(name));
  }

  /** A process that nobody waited for is listed on, without a command. */
  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid)
        .filter(process -> process.isAlive() && process.info().command().isPresent())
        .isPresent();
  }

  /** Returns how much memory of the machine a process holds. */
  long residentBytes(String name) throws IOException, InterruptedException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", "" + pid(name)).start();
    String kibibytes = new String(ps.getInputStream().readAllBytes(), US_ASCII).strip();
    ps.waitFor();
    return Long.parseLong(kibibytes) * 1024;
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

  /** Cancels a job, and returns once its slots are free. */
  void cancel(String job) throws IOException, InterruptedException {
    http.send(
        request("/jobs/" + job + "?mode=cancel").method("PATCH", BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
    Awaitility.await().atMost(PATIENCE).until(() -> state(job).equals("CANCELED"));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              JsonNode overview = get("/overview");
              return overview.path("slots-available").equals(overview.path("slots-total"));
            });
  }

  /** Returns the newest checkpoint that a job completed. */
  String checkpoint(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/checkpoints")
        .path("latest")
        .path("completed")
        .path("external_path")
        .asText();
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
