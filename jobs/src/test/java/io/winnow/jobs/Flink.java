package io.winnow.jobs;

import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.ReplayPlan;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM that runs pipelines, for integration tests. */
final class Flink {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration END_WITHIN = Duration.ofMinutes(3);
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
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    EnrichmentJob.build(environment, pipeline, TopicCheck.of(pipeline, PATIENCE));
    return cluster.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
  }

  JobID submit(Pipeline pipeline, ReplayPlan plan) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    EnrichmentJob.build(environment, pipeline, TopicCheck.of(pipeline, PATIENCE), plan);
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

  /** Kills the first task manager and starts another. */
  void replaceTaskManager() throws Exception {
    cluster.terminateTaskManager(0).get();
    cluster.startTaskManager();
  }

  void stop() throws Exception {
    cluster.close();
  }
}
