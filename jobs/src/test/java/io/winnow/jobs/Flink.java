package io.winnow.jobs;

import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.pipeline.Pipeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM that runs pipelines, for integration tests. */
final class Flink {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int SLOTS = 2;

  private final MiniCluster cluster;

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
    return cluster.submitJob(graph(pipeline)).get().getJobID();
  }

  /**
   * Submits a pipeline, and gives vertices another parallelism, as an autoscaler does.
   *
   * @param parallelisms by a word of the vertex's name
   */
  JobID submit(Pipeline pipeline, Map<String, Integer> parallelisms) throws Exception {
    JobGraph graph = graph(pipeline);
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

  private static JobGraph graph(Pipeline pipeline) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    EnrichmentJob.build(environment, pipeline, TopicCheck.of(pipeline, PATIENCE));
    return environment.getStreamGraph().getJobGraph();
  }

  void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get();
  }

  /** Kills the first task manager and starts another. */
  void replaceTaskManager() throws Exception {
    cluster.terminateTaskManager(0).get();
    cluster.startTaskManager();
  }

  void stop() throws Exception {
    cluster.close();
  }
}
