package io.winnow.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.cli.ExecutionConfigAccessor;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster that was reached through its REST endpoint.
 *
 * @param freeSlots slots that no job uses
 */
public record FlinkCluster(ClusterAddress address, int freeSlots) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Finds a cluster.
   *
   * @param patience how long it may take to answer
   * @throws ConfigurationException if nobody answers there, or not a cluster of this Flink
   */
  public static FlinkCluster at(ClusterAddress address, Duration patience)
      throws ConfigurationException, InterruptedException {
    try {
      return of(address, new FlinkRest(address, patience).send("/overview"));
    } catch (ConnectException e) {
      throw unreachable(
          address, "nobody listens there; is the cluster up, and this its rest.port?");
    } catch (HttpTimeoutException e) {
      throw unreachable(
          address, "it does not answer within " + patience.toSeconds() + " s; check the network");
    } catch (IOException e) {
      throw unreachable(
          address, "found something else (" + e.getMessage() + "); is this its rest.port?");
    }
  }

  private static FlinkCluster of(ClusterAddress address, HttpResponse<String> response)
      throws ConfigurationException {
    JsonNode overview;
    try {
      overview = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      overview = JSON.missingNode();
    }
    String version = overview.path("flink-version").asText("");
    if (version.isEmpty()) {
      throw unreachable(
          address,
          "found something else (HTTP status "
              + response.statusCode()
              + "); is this its rest.port, without TLS?");
    }
    String ours = EnvironmentInformation.getVersion();
    if (!release(version).equals(release(ours))) { // a job travels as Flink's own classes
      throw new ConfigurationException(
          List.of(
              "--cluster: expected Flink %s at %s, found %s; run Winnow on the Flink release it is built with"
                  .formatted(release(ours), address, version)));
    }
    return new FlinkCluster(address, overview.path("slots-available").asInt());
  }

  private static String release(String version) {
    return version.replaceFirst("^([0-9]+\\.[0-9]+).*", "$1");
  }

  private static ConfigurationException unreachable(ClusterAddress address, String why) {
    return new ConfigurationException(
        List.of(
            "--cluster: expected the REST endpoint of a Flink cluster at %s, but %s"
                .formatted(address, why)));
  }

  /** Returns an environment whose job runs on this cluster, with the classes of a jar. */
  public StreamExecutionEnvironment environment(Path jobJar) {
    Configuration configuration = new Configuration();
    configuration.set(DeploymentOptions.ATTACHED, false);
    return StreamExecutionEnvironment.createRemoteEnvironment(
        address.host(), address.port(), configuration, jobJar.toString());
  }

  /**
   * Returns those of the cluster's settings that a job has unless they are set otherwise: a job
   * that is submitted from here brings its own for all that it has.
   *
   * @param patience how long the cluster may take to answer
   */
  public Configuration chosen(Duration patience) throws IOException, InterruptedException {
    Configuration settings = new FlinkRest(address, patience).settings();
    Configuration chosen = new Configuration();
    for (ConfigOption<?> option : EnrichmentJob.UNLESS_CHOSEN) {
      if (settings.containsKey(option.key())) {
        chosen.setString(option.key(), settings.toMap().get(option.key()));
      }
    }
    return chosen;
  }

  /**
   * Submits the graph of what was built into {@link #environment}, and returns once the cluster has
   * taken it and read the state that it starts from.
   *
   * <p>It goes as a job graph. Flink itself would send the graph that this is made of: to make it
   * there, the job manager reads the schemas of the job's types, and Avro then keeps a class of
   * each submission in the job manager's threads. Fifteen or so fill its metaspace.
   */
  public void submit(StreamExecutionEnvironment environment, JobGraph graph) throws Exception {
    Configuration configuration = new Configuration();
    configuration.addAll((Configuration) environment.getConfiguration());
    ExecutionConfigAccessor settings = ExecutionConfigAccessor.fromConfiguration(configuration);
    graph.addJars(settings.getJars());
    graph.setSavepointRestoreSettings(settings.getSavepointRestoreSettings());
    try (RestClusterClient<String> client = new RestClusterClient<>(configuration, "winnow")) {
      JobID job = client.submitJob(graph).get();
      ClientUtils.waitUntilJobInitializationFinished(
          () -> client.getJobStatus(job).get(),
          () -> client.requestJobResult(job).get(),
          FlinkCluster.class.getClassLoader());
    }
  }

  /** Returns why a job failed; empty where it did not, or nobody can tell any more. */
  public Optional<Throwable> failure(JobID job) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, address.host());
    configuration.set(RestOptions.PORT, address.port());
    try (RestClusterClient<String> client = new RestClusterClient<>(configuration, "winnow")) {
      return client.requestJobResult(job).get().getSerializedThrowable().map(failure -> failure);
    }
  }

  /** Returns where a browser shows a job. */
  public URI ui(JobID job) {
    return address.ui(job.toString());
  }
}
