package io.winnow.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;

/** What Flink's web UI shows of a cluster and of all its jobs, as its REST API answers it. */
final class WebUi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int METRICS_AT_ONCE = 50; // a longer URL is refused

  private final Flink flink;
  private final StringBuilder text = new StringBuilder();

  private WebUi(Flink flink) {
    this.flink = flink;
  }

  /** Returns everything that it shows. */
  static String text(Flink flink) throws Exception {
    WebUi ui = new WebUi(flink);
    ui.seeCluster();
    return ui.text.toString();
  }

  /**
   * Tells whether it shows our metrics of a job: Flink fetches them from time to time, and only
   * where somebody asks.
   */
  static boolean hasMetrics(Flink flink, JobID id) throws Exception {
    String job = "/jobs/" + id;
    for (JsonNode vertex : JSON.readTree(flink.rest(job)).path("vertices")) {
      String path = job + "/vertices/" + vertex.path("id").asText() + "/metrics";
      if (flink.rest(path).contains("winnow.records")) {
        return true;
      }
    }
    return false;
  }

  private void seeCluster() throws Exception {
    for (String path :
        List.of(
            "/config",
            "/overview",
            "/jobs/overview",
            "/jobs/metrics",
            "/jobmanager/config",
            "/jobmanager/environment",
            "/jobmanager/metrics",
            "/taskmanagers/metrics")) {
      see(flink.rest(path));
    }
    for (JsonNode job : JSON.readTree(flink.rest("/jobs")).path("jobs")) {
      seeJob("/jobs/" + job.path("id").asText());
    }
    for (JsonNode manager : JSON.readTree(flink.rest("/taskmanagers")).path("taskmanagers")) {
      String path = "/taskmanagers/" + manager.path("id").asText();
      see(flink.rest(path));
      seeMetrics(path + "/metrics");
    }
  }

  private void seeJob(String job) throws Exception {
    for (String path :
        List.of(
            "/config",
            "/plan",
            "/exceptions?maxExceptions=50",
            "/accumulators",
            "/checkpoints",
            "/checkpoints/config",
            "/jobmanager/config",
            "/jobmanager/environment")) {
      see(flink.rest(job + path));
    }
    seeMetrics(job + "/metrics");
    String details = flink.rest(job);
    see(details);
    for (JsonNode vertex : JSON.readTree(details).path("vertices")) {
      String path = job + "/vertices/" + vertex.path("id").asText();
      see(flink.rest(path));
      seeMetrics(path + "/metrics");
    }
  }

  private void seeMetrics(String path) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode metric : JSON.readTree(flink.rest(path))) {
      names.add(metric.path("id").asText());
    }
    see(String.join("\n", names));
    for (int i = 0; i < names.size(); i += METRICS_AT_ONCE) {
      List<String> some = names.subList(i, Math.min(names.size(), i + METRICS_AT_ONCE));
      see(flink.rest(path + "?get=" + String.join(",", some).replaceAll("[^\\w.,-]", "_")));
    }
  }

  private void see(String answer) {
    text.append(answer).append('\n');
  }
}
