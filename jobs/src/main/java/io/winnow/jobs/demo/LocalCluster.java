package io.winnow.jobs.demo;

import io.winnow.jobs.FirstCause;
import io.winnow.jobs.LocalFlink;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/** A Flink cluster with its web UI in this JVM, which runs one job. */
final class LocalCluster implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration CANCEL_WITHIN = Duration.ofSeconds(10);

  private final MiniCluster cluster;
  private final JobID job;

  private LocalCluster(MiniCluster cluster, JobID job) {
    this.cluster = cluster;
    this.job = job;
  }

  /** Starts a cluster with a slot for each core, and the job on it. */
  static LocalCluster start(StreamExecutionEnvironment environment, int uiPort) throws Exception {
    Configuration configuration = LocalFlink.configuration(uiPort);
    MiniCluster cluster = LocalFlink.cluster(configuration, environment.getParallelism());
    try {
      cluster.start();
      JobID job = cluster.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
      return new LocalCluster(cluster, job);
    } catch (Exception e) { // whatever it is, the threads that were started must end
      cluster.close();
      if (ExceptionUtils.findThrowable(e, BindException.class).isPresent()) {
        throw new IllegalStateException(
            "Port %d for Flink's web UI is taken; choose another with --ui-port".formatted(uiPort),
            e);
      }
      throw e;
    }
  }

  URI ui() {
    return cluster.getRestAddress().join();
  }

  /** Waits until every subtask has opened its model and takes records. */
  void awaitRunning() throws InterruptedException, ExecutionException {
    while (!isRunning(cluster.getExecutionGraph(job).get())) {
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
  }

  /** Fails with the reason if the job has failed, though Flink would try again for ever. */
  void requireNoFailure() throws InterruptedException, ExecutionException {
    requireNoFailure(cluster.getExecutionGraph(job).get());
  }

  private static void requireNoFailure(AccessExecutionGraph graph) {
    ErrorInfo failure = graph.getFailureInfo();
    if (failure != null) {
      Throwable cause =
          failure.getException().deserializeError(LocalCluster.class.getClassLoader());
      throw new IllegalStateException("The job failed: " + FirstCause.message(cause), cause);
    }
  }

  private static boolean isRunning(AccessExecutionGraph graph) {
    requireNoFailure(graph);
    for (var vertex : graph.getAllExecutionVertices()) {
      if (vertex.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return graph.getState() == JobStatus.RUNNING;
  }

  /** Cancels the job, so that it closes its models and producers, and ends the cluster. */
  @Override
  public void close() throws IOException {
    CompletableFuture<?> ended =
        cluster.cancelJob(job).thenCompose(acknowledged -> cluster.requestJobResult(job));
    ended
        .orTimeout(CANCEL_WITHIN.toSeconds(), TimeUnit.SECONDS)
        .handle((result, failure) -> null) // the cluster ends with the job in whatever state
        .join();
    try {
      cluster.close();
    } catch (Exception e) { // as the interface declares it
      throw new IOException("Flink's cluster did not end: " + e.getMessage(), e);
    }
  }
}
