package io.winnow.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.redrive.LetterCounts;
import io.winnow.jobs.redrive.RedrivePlan;
import io.winnow.jobs.redrive.RedriveResult;

/** A redrive as one JSON object on one line. */
public final class RedriveReport {
  private RedriveReport() {}

  /** Returns what a redrive is going to send back. */
  public static String of(RedrivePlan plan) {
    return plan(plan).toString();
  }

  /** Returns what it sent back, and what became of that. */
  public static String of(RedrivePlan plan, RedriveResult result) {
    return plan(plan)
        .put("enriched", result.enriched())
        .put("rejected", result.rejected())
        .put("seconds", result.millis() / 1000.0)
        .toString();
  }

  private static ObjectNode plan(RedrivePlan plan) {
    LetterCounts counts = plan.counts();
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("id", plan.id());
    node.put("pipeline", plan.pipeline());
    node.put("topic", plan.topic());
    node.put("resumed", plan.resumed());
    node.put("letters", counts.letters());
    node.put("sent", plan.sent());
    ObjectNode reasons = node.putObject("reasons");
    plan.byReason().forEach(reasons::put);
    node.put("redriven", counts.redriven());
    node.put("copies", counts.copies());
    node.put("withoutPayload", counts.cut());
    node.put("tombstones", counts.tombstones());
    node.put("others", counts.others());
    node.put("unreadable", counts.unreadable());
    return node;
  }
}
