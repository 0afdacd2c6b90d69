package io.winnow.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.deploy.Tool;
import io.winnow.deploy.YamlDocuments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MonitoringTest {
  private static final Set<String> KEYS = Set.of("alert", "expr", "for", "labels", "annotations");

  @Test
  void everyAlertSaysWhatItIsAndWhatToDoAndIsInTheDocumentation() throws Exception {
    JsonNode rules = YamlDocuments.one(Queries.FOLDER.resolve("alerts.yaml")).at("/groups/0/rules");
    String documentation = Files.readString(Queries.FOLDER.resolve("README.md"));

    assertThat(rules).isNotEmpty();
    Set<String> names = new HashSet<>();
    for (JsonNode rule : rules) {
      String name = rule.path("alert").asText();
      assertThat(rule.fieldNames()).toIterable().as(name).isSubsetOf(KEYS);
      assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning", "info");
      assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
      assertThat(rule.at("/annotations/description").asText()).as(name).isNotBlank();
      assertThat(documentation).contains("`" + name + "`");
      assertThat(names.add(name)).as(name + " is there once").isTrue();
    }
  }

  @Test
  void theScrapeConfigurationFindsThePodsOfTheManifests() throws Exception {
    JsonNode scrape =
        YamlDocuments.one(Queries.FOLDER.resolve("prometheus.yaml")).at("/scrape_configs/0");
    JsonNode deployment = YamlDocuments.one(Path.of("kubernetes/base/flinkdeployment.yaml"));
    JsonNode template = deployment.at("/spec/podTemplate");
    String partOf = template.at("/metadata/labels").path("app.kubernetes.io/part-of").asText();
    JsonNode port = template.at("/spec/containers/0/ports/0");

    assertThat(scrape.at("/relabel_configs/0/regex").asText())
        .isEqualTo(partOf + ";" + port.path("name").asText());
    assertThat(port.path("containerPort").asText())
        .isEqualTo(
            deployment
                .path("spec")
                .path("flinkConfiguration")
                .path("metrics.reporter.prom.port")
                .asText());
  }

  @Test
  void everyPanelHasAPlaceOfItsOwnAndAQuery() throws Exception {
    JsonNode dashboard =
        new ObjectMapper().readTree(Queries.FOLDER.resolve("dashboard.json").toFile());

    Set<Integer> ids = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      String title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
      assertThat(places.add(panel.path("gridPos").toString())).as(title).isTrue();
      assertThat(panel.path("gridPos").path("x").asInt() + panel.path("gridPos").path("w").asInt())
          .as(title)
          .isLessThanOrEqualTo(24);
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("targets")).as(title).isNotEmpty();
      }
    }
    assertThat(ids).hasSizeGreaterThan(10);
  }

  @Test
  void namesOfMetricsAreFoundInAQuery() {
    assertThat(
            Queries.metrics(
                "sum by (job_name) (rate(a_b{reason=\"x_y\"}[15m])) / max(C_d) > 0.95 and e == 1e9"))
        .containsExactly("C_d", "a_b", "e");
  }

  @Test
  void promtoolAcceptsTheRulesAndSeesThemFire() throws Exception {
    Optional<Tool> promtool = Tool.find("promtool");
    assumeTrue(promtool.isPresent(), "promtool is not installed");
    Tool tool = promtool.orElseThrow();

    assertThat(tool.run("check", "rules", Queries.FOLDER.resolve("alerts.yaml").toString()))
        .contains("SUCCESS");
    assertThat(tool.run("test", "rules", Queries.FOLDER.resolve("alerts-test.yaml").toString()))
        .contains("SUCCESS");
  }
}
