package io.winnow.jobs.cli;

import io.winnow.jobs.FlinkCluster;
import java.io.PrintWriter;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Model.CommandSpec;

/** Gives a job to a cluster and tells where it is to be seen. */
final class Submission {
  private final FlinkCluster cluster;
  private final CommandSpec verb;
  private final StreamExecutionEnvironment environment;
  private final JobGraph graph;

  /** Makes the job of what was built into an environment of the cluster. */
  Submission(FlinkCluster cluster, CommandSpec verb, StreamExecutionEnvironment environment) {
    this.cluster = cluster;
    this.verb = verb;
    this.environment = environment;
    this.graph = environment.getStreamGraph().getJobGraph();
  }

  /** Returns the id that the job has before the cluster knows it. */
  JobID job() {
    return graph.getJobID();
  }

  /** Returns once the cluster has taken the job and read the state that it starts from. */
  void submit() throws Exception {
    cluster.submit(environment, graph);
    int slots = graph.getMaximumParallelism(); // subtasks of different operators share a slot
    if (slots > cluster.freeSlots()) { // a cluster may start task managers where slots are missing
      FailureReport.warnings(verb)
          .accept(
              "The job needs %d slots, but %s has %d free ones: it waits for more, and starts over when none come; add task managers, or cancel it and use a lower --parallelism"
                  .formatted(slots, cluster.address(), cluster.freeSlots()));
    }
  }

  void show(PrintWriter out) {
    out.printf("job     %s%nweb UI  %s%n", job(), cluster.ui(job()));
  }
}
