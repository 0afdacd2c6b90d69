package io.winnow.jobs;

import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.ReplayPlan;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM that runs pipelines, for integration tests. */
final class Flink {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration END_WITHIN = Duration.ofMinutes(3);
  private static final int SLOTS = 2;

  private final MiniCluster cluster;
  private int oldest; // task managers are counted from the start, those that are gone included

  private Flink(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static Flink start(int taskManagers) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(SLOTS)
                .withRandomPorts()
                .build());
    cluster.start();
    return new Flink(cluster);
  }

  JobID submit(Pipeline pipeline) throws Exception {
    return submit(pipeline, TopicCheck.of(pipeline, PATIENCE));
  }

  JobID submit(Pipeline pipeline, Topics topics) throws Exception {
    return cluster.submitJob(graph(pipeline, topics)).get().getJobID();
  }

  /**
   * Submits a pipeline, and gives vertices another parallelism, as an autoscaler does.
   *
   * @param parallelisms by a word of the vertex's name
   */
  JobID submit(Pipeline pipeline, Map<String, Integer> parallelisms) throws Exception {
    JobGraph graph = graph(pipeline, TopicCheck.of(pipeline, PATIENCE));
    Map<String, String> overrides = new HashMap<>();
    for (JobVertex vertex : graph.getVertices()) {
      parallelisms.forEach(
          (word, parallelism) -> {
            if (vertex.getName().contains(word)) {
              overrides.put(vertex.getID().toHexString(), parallelism.toString());
            }
          });
    }
    graph.getJobConfiguration().set(PipelineOptions.PARALLELISM_OVERRIDES, overrides);
    return cluster.submitJob(graph).get().getJobID();
  }

  private static JobGraph graph(Pipeline pipeline, Topics topics) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    EnrichmentJob.build(environment, pipeline, topics);
    return environment.getStreamGraph().getJobGraph();
  }

  JobID submit(Pipeline pipeline, ReplayPlan plan) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    EnrichmentJob.build(environment, pipeline, TopicCheck.of(pipeline, PATIENCE), plan, null);
    return cluster.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
  }

  /** Waits for the end of a job and returns its accumulators. */
  Map<String, Object> await(JobID job) throws Exception {
    return cluster
        .requestJobResult(job)
        .get(END_WITHIN.toSeconds(), TimeUnit.SECONDS)
        .toJobExecutionResult(Flink.class.getClassLoader())
        .getAllAccumulatorResults();
  }

  void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get();
  }

  /** Returns the newest failure of a job, with its causes; empty where it had none. */
  Optional<String> failure(JobID job) throws Exception {
    return Optional.ofNullable(cluster.getExecutionGraph(job).get().getFailureInfo())
        .map(ErrorInfo::getExceptionAsString);
  }

  /** Returns how often a subtask of a job was started again. */
  int restarts(JobID job) throws Exception {
    int most = 0;
    for (AccessExecutionVertex subtask :
        cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
      most = Math.max(most, subtask.getCurrentExecutionAttempt().getAttemptNumber());
    }
    return most;
  }

  /** Returns what the REST API answers, which is what the web UI shows. */
  String rest(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(cluster.getRestAddress().get().resolve(path)).build();
    HttpClient client = HttpClient.newHttpClient();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Kills the oldest task manager and starts another. */
  void replaceTaskManager() throws Exception {
    cluster.terminateTaskManager(oldest++).get();
    cluster.startTaskManager();
  }

  void stop() throws Exception {
    cluster.close();
  }
}
