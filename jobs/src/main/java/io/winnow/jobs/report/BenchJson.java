package io.winnow.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.bench.BenchResults;
import io.winnow.jobs.bench.Measurement;
import io.winnow.jobs.bench.Result;
import java.util.List;

/** What bench measured, one JSON object for each contender and workload. */
public final class BenchJson {
  private BenchJson() {}

  /** Returns the objects, each on one line. */
  public static List<String> lines(BenchResults results) {
    return results.workloads().stream()
        .flatMap(workload -> workload.results().stream())
        .map(result -> line(result, results))
        .toList();
  }

  private static String line(Result result, BenchResults all) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("name", result.contender().word());
    node.put("workload", result.workload().word());
    node.put("eventsPerSecond", result.eventsPerSecond());
    node.put("tokensPerSecond", result.tokensPerSecond());
    node.put("p50Millis", result.p50Millis());
    node.put("p99Millis", result.p99Millis());
    result.ratioToBare().ifPresent(ratio -> node.put("ratioToBare", ratio));
    node.put("cpuSecondsPerMillionTokens", result.cpuSecondsPerMillionTokens());
    var rounds = node.putArray("roundsEventsPerSecond");
    result.rounds().stream().map(Measurement::eventsPerSecond).forEach(rounds::add);
    node.put("cores", all.cores());
    node.put("model", all.model().name());
    node.put("modelVersion", all.model().version());
    node.put("fingerprint", all.model().fingerprint());
    return node.toString();
  }
}
