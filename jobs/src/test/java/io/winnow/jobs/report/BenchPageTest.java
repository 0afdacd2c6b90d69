package io.winnow.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.bench.BenchSamples;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchPageTest {
  @Test
  void thePageHasATableForEachWorkload() {
    String page = BenchPage.of(BenchSamples.results());

    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("<h1>support 0.2.0</h1>", "<h2>log-normal</h2>", "0a1b2c")
        .contains("33.4 tokens a text in the mean, up to 1,000 texts a round")
        .contains("<tr><td>operator</td><td class=\"number\">300</td>")
        .contains("<td class=\"number\">210 to 304</td><td class=\"number\">9,000</td>")
        .contains("<td class=\"number\">0.75</td><td class=\"number\">2.5 ms</td>")
        .contains("<td>bare</td><td>a loop around ONNX Runtime");
  }

  @Test
  void theChartHasTheMedianAndTheRange() {
    assertThat(BenchPage.of(BenchSamples.results()))
        .contains("data-rates=\"log-normal\"")
        .contains(
            "\"log-normal\":[{\"name\":\"bare\",\"median\":400.0,\"least\":380.0,\"most\":420.0},");
  }

  @Test
  void aNameIsNeverMarkup() {
    assertThat(BenchPage.of(BenchSamples.results("<img src=x onerror=alert(1)>")))
        .doesNotContain("<img");
  }

  @Test
  void jsonHasAnObjectOnALineForEachContender() throws Exception {
    List<String> lines = BenchJson.lines(BenchSamples.results());

    assertThat(lines).hasSize(2);
    JsonNode operator = new ObjectMapper().readTree(lines.get(1));
    assertThat(operator.path("name").asText()).isEqualTo("operator");
    assertThat(operator.path("workload").asText()).isEqualTo("log-normal");
    assertThat(operator.path("eventsPerSecond").asDouble()).isEqualTo(300);
    assertThat(operator.path("tokensPerSecond").asDouble()).isEqualTo(9_000);
    assertThat(operator.path("p50Millis").asDouble()).isEqualTo(2.5);
    assertThat(operator.path("p99Millis").asDouble()).isEqualTo(12.25);
    assertThat(operator.path("ratioToBare").asDouble()).isEqualTo(0.75);
    assertThat(operator.path("roundsEventsPerSecond")).hasSize(3);
  }
}
