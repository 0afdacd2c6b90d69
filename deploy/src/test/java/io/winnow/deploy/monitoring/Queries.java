package io.winnow.deploy.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.deploy.YamlDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The PromQL of {@code deploy/monitoring}. */
final class Queries {
  static final Path FOLDER = Path.of("monitoring");

  /** What the kubelet tells of containers; everything else is told by Flink. */
  static final Set<String> OF_THE_KUBELET =
      Set.of("container_memory_working_set_bytes", "container_spec_memory_limit_bytes");

  private static final Set<String> WORDS =
      Set.of("sum", "max", "avg", "rate", "increase", "deriv", "and", "label_values");

  /** Selectors, ranges, groupings, numbers and the label of {@code label_values}. */
  private static final Pattern NO_NAME =
      Pattern.compile("\\{[^}]*}|\\[[^\\]]*]|by \\([^)]*\\)|\\b\\d[\\w.]*|, job_name\\)");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_]\\w*");

  private Queries() {}

  static List<String> ofRules() throws IOException {
    JsonNode rules = YamlDocuments.one(FOLDER.resolve("alerts.yaml")).at("/groups/0/rules");
    return rules.findValuesAsText("expr");
  }

  static List<String> ofDashboard() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
    List<String> queries = new ArrayList<>(dashboard.findValuesAsText("expr"));
    queries.addAll(dashboard.findValuesAsText("definition"));
    return queries;
  }

  /** Returns the metrics that a query names. */
  static Set<String> metrics(String query) {
    Set<String> metrics = new TreeSet<>();
    NAME.matcher(NO_NAME.matcher(query).replaceAll(" "))
        .results()
        .map(name -> name.group())
        .filter(name -> !WORDS.contains(name))
        .forEach(metrics::add);
    return metrics;
  }

  /** Returns the metrics of all rules and panels. */
  static Set<String> metrics() throws IOException {
    Set<String> metrics = new TreeSet<>();
    for (String query : ofRules()) {
      metrics.addAll(metrics(query));
    }
    for (String query : ofDashboard()) {
      metrics.addAll(metrics(query));
    }
    return metrics;
  }
}
