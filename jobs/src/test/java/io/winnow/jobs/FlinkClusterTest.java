package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.messages.job.JobExecutionResultResponseBody;
import org.apache.flink.runtime.rest.util.RestMapperUtils;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private FlinkEndpoint endpoint;

  @BeforeEach
  void listen() throws IOException {
    endpoint = FlinkEndpoint.start();
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void aClusterTellsItsFreeSlots() throws Exception {
    endpoint.isCluster();

    FlinkCluster cluster = FlinkCluster.at(address(), PATIENCE);

    assertThat(cluster).isEqualTo(new FlinkCluster(address(), 3));
    assertThat(cluster.ui(new JobID(1, 2)))
        .hasToString(
            "http://%s/#/job/running/00000000000000010000000000000002/overview", address());
  }

  @Test
  void whatTheClusterChoseForJobsIsLeftToIt() throws Exception {
    endpoint.isCluster();
    endpoint.answer(
        "/jobmanager/config",
        """
        [{"key": "execution.checkpointing.externalized-checkpoint-retention",
          "value": "DELETE_ON_CANCELLATION"},
         {"key": "execution.checkpointing.interval", "value": "7 min"}]
        """);

    assertThat(FlinkCluster.at(address(), PATIENCE).chosen(PATIENCE).toMap())
        .containsExactly(
            entry(
                "execution.checkpointing.externalized-checkpoint-retention",
                "DELETE_ON_CANCELLATION"));
  }

  @Test
  void aFailedJobTellsWhy() throws Exception {
    JobID job = new JobID(1, 2);
    JobResult result =
        new JobResult.Builder()
            .jobId(job)
            .jobStatus(JobStatus.FAILED)
            .netRuntime(7)
            .serializedThrowable(new SerializedThrowable(new IOException("the disk is full")))
            .build();
    endpoint.answer(
        "/v1/jobs/" + job + "/execution-result",
        RestMapperUtils.getStrictObjectMapper()
            .writeValueAsString(JobExecutionResultResponseBody.created(result)));

    Throwable failure = new FlinkCluster(address(), 3).failure(job).orElseThrow();

    assertThat(failure).hasMessageContaining("the disk is full");
  }

  @Test
  void anotherReleaseOfFlinkIsRefused() {
    endpoint.answer("/overview", "{\"slots-available\": 3, \"flink-version\": \"1.20.1\"}");

    assertRefused("expected Flink " + flink().substring(0, 3), "found 1.20.1");
  }

  @Test
  void anotherServerIsRefused() {
    endpoint.answer("/overview", "<html>It works!</html>");

    assertRefused("found something else (HTTP status 200)", "rest.port");
  }

  @Test
  void aServerWithoutAnOverviewIsRefused() {
    assertRefused("found something else (HTTP status 404)");
  }

  @Test
  void whatSpeaksNoHttpIsRefused() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answer =
          new Thread(
              () -> {
                try (var connection = socket.accept()) {
                  connection.getOutputStream().write("hello\n".getBytes(UTF_8));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      answer.start();

      assertRefused(new ClusterAddress("localhost", socket.getLocalPort()), "something else");
      answer.join();
    }
  }

  @Test
  void whereNobodyListensIsSaid() {
    ClusterAddress address = address();
    endpoint.close();

    assertRefused(address, address.toString(), "nobody listens there");
  }

  @Test
  void aHostThatDoesNotExistIsSaid() {
    assertRefused(new ClusterAddress("no.such.host.invalid", 8081), "no.such.host.invalid:8081");
  }

  private void assertRefused(String... words) {
    assertRefused(address(), words);
  }

  private static void assertRefused(ClusterAddress address, String... words) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> FlinkCluster.at(address, PATIENCE))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .startsWith("--cluster: ")
                    .contains(words));
  }

  private ClusterAddress address() {
    return endpoint.address();
  }

  private static String flink() {
    return EnvironmentInformation.getVersion();
  }
}
