package io.winnow.jobs.bench.contender;

import io.winnow.jobs.LocalFlink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster in this process, whose jobs run until they are cancelled; a job that fails does
 * not start again.
 */
final class BenchCluster implements AutoCloseable {
  private final MiniCluster cluster;
  private final Configuration configuration;

  private BenchCluster(MiniCluster cluster, Configuration configuration) {
    this.cluster = cluster;
    this.configuration = configuration;
  }

  /**
   * Starts a cluster.
   *
   * @param checkpoints folder of its checkpoints
   */
  static BenchCluster start(int slots, Path checkpoints) throws Exception {
    Configuration configuration = LocalFlink.configuration(null);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        checkpoints.toAbsolutePath().toUri().toString());
    configuration.set(PipelineOptions.GENERIC_TYPES, false); // as in the jobs of pipelines
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    MiniCluster cluster = LocalFlink.cluster(configuration, slots);
    cluster.start();
    return new BenchCluster(cluster, configuration);
  }

  /** Returns an environment to build a job in. */
  StreamExecutionEnvironment environment(int parallelism) {
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration)
        .setParallelism(parallelism);
  }

  /** Starts a job and returns at once. */
  JobID start(StreamExecutionEnvironment environment)
      throws ExecutionException, InterruptedException {
    return cluster.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
  }

  /** Waits until something is done, and fails with the reason if the job ends before. */
  void await(CompletableFuture<Void> done, JobID job) throws Exception {
    CompletableFuture.anyOf(done, cluster.requestJobResult(job)).get();
    if (!done.isDone()) {
      requireRunning(job);
    }
  }

  /** Fails with the reason if the job has ended. */
  void requireRunning(JobID job) throws Exception {
    if (cluster.getJobStatus(job).get().isGloballyTerminalState()) {
      awaitEnd(job);
      throw new IllegalStateException("A job of bench ended before its time");
    }
  }

  /** Cancels a job and returns once it has ended, however it does. */
  void cancel(JobID job) {
    cluster
        .cancelJob(job)
        .thenCompose(acknowledged -> cluster.requestJobResult(job))
        .handle((result, failure) -> null)
        .join();
  }

  private void awaitEnd(JobID job) throws Exception {
    cluster
        .requestJobResult(job)
        .get()
        .toJobExecutionResult(BenchCluster.class.getClassLoader()); // throws why it failed
  }

  @Override
  public void close() throws IOException {
    try {
      cluster.close();
    } catch (Exception e) { // as the interface declares it
      throw new IOException("Flink's cluster did not end: " + e.getMessage(), e);
    }
  }
}
