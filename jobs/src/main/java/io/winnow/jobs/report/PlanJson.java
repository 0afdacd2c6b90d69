package io.winnow.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.plan.Capacity;
import io.winnow.jobs.plan.Demand;
import io.winnow.jobs.plan.Plan;
import io.winnow.jobs.plan.TextSample;
import io.winnow.jobs.plan.TokenHistogram;

/** A plan as one JSON object on one line. */
public final class PlanJson {
  private PlanJson() {}

  public static String of(Plan plan) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("pipeline", plan.pipeline());
    sample(node.putObject("sample"), plan.sample());
    tokens(node.putObject("tokens"), plan.tokens());
    capacity(node.putObject("measured"), plan.capacity());
    Demand demand = plan.demand();
    node.put("secondsBesideModels", Demand.RECORD_SECONDS);
    node.put("eventsPerSecondPerCore", demand.eventsPerCore());
    node.put("eventsPerSecondPerCoreWithCache", demand.eventsPerCoreWithCache());
    node.put("taskManagerSlots", demand.slots());
    node.put("taskManagerOffHeapBytes", demand.modelBytes());
    Double rate = demand.rate();
    if (rate != null) {
      node.putObject("rate")
          .put("eventsPerSecond", rate)
          .put("headRoom", demand.headRoom())
          .put("cores", demand.cores(rate))
          .put("taskManagers", demand.taskManagers(rate));
    }
    Demand.Backfill backfill = demand.backfill();
    if (backfill != null) {
      node.putObject("backfill")
          .put("records", backfill.records())
          .put("partitions", backfill.ranges().size())
          .put("parallelism", backfill.parallelism())
          .put("busySubtasks", backfill.busy())
          .put("largestShare", backfill.largestShare())
          .put("hours", demand.hours(backfill));
    }
    return node.toString();
  }

  private static void sample(ObjectNode node, TextSample sample) {
    node.put("origin", sample.origin());
    node.put("population", sample.population());
    node.put("records", sample.read());
    node.put("texts", sample.texts().size());
    node.put("rejected", sample.rejected());
    node.put("repeated", sample.repeated());
  }

  private static void tokens(ObjectNode node, TokenHistogram tokens) {
    node.put("mean", tokens.mean());
    node.put("median", tokens.percentile(50));
    node.put("p90", tokens.percentile(90));
    node.put("p99", tokens.percentile(99));
    node.put("longest", tokens.longest());
    ArrayNode bars = node.putArray("histogram");
    for (TokenHistogram.Bar bar : tokens.bars()) {
      bars.addObject().put("from", bar.from()).put("to", bar.to()).put("texts", bar.texts());
    }
  }

  private static void capacity(ObjectNode node, Capacity capacity) {
    node.put("cores", capacity.cores());
    node.put("seconds", capacity.seconds());
    node.put("events", capacity.events());
    node.put("failed", capacity.failed());
    node.put("tokensPerSecondPerCore", capacity.tokensPerCore());
  }
}
