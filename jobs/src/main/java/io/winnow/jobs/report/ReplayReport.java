package io.winnow.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.replay.Replays;
import io.winnow.jobs.stale.StaleCounts;
import io.winnow.jobs.tally.Tallies;
import java.net.URI;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A replay as one JSON object on one line. */
public final class ReplayReport {
  private ReplayReport() {}

  /**
   * Returns what a replay is going to do.
   *
   * @param output topic of the enriched events
   * @param stale what was found of the range; null where all of it is replayed
   */
  public static String plan(ReplayPlan plan, String output, @Nullable StaleCounts stale) {
    ObjectNode node = identity(plan);
    node.put("output", output);
    node.put("from", plan.options().from());
    node.put("to", plan.options().to());
    node.put("firstTimestamp", plan.range().first());
    node.put("lastTimestamp", plan.range().last());
    node.put("offsets", plan.range().offsets());
    if (stale != null) {
      node.put("stale", stale.stale());
      node.put("others", stale.others());
      node.put("unreadable", stale.unreadables());
    }
    ArrayNode partitions = node.putArray("partitions");
    for (PartitionRange range : plan.range().partitions()) {
      partitions
          .addObject()
          .put("partition", range.partition())
          .put("from", range.from())
          .put("to", range.to());
    }
    ObjectNode fingerprints = node.putObject("fingerprints");
    new TreeMap<>(plan.fingerprints()).forEach(fingerprints::put);
    return node.toString();
  }

  /** Returns how far a replay is, or what it did. */
  public static String progress(ReplayPlan plan, ReplayProgress progress) {
    return node(plan, progress).toString();
  }

  /** Returns how far a replay is, wherever it runs. */
  public static String of(Replays.Entry replay) {
    ObjectNode node = node(replay.plan(), replay.progress());
    ClusterJob job = replay.job();
    if (job != null) {
      node.put("cluster", job.cluster());
      node.put("job", job.id());
    }
    return node.toString();
  }

  /** Returns where the job of a replay is to be seen. */
  public static String job(ReplayPlan plan, ClusterJob job, URI ui) {
    ObjectNode node = identity(plan);
    node.put("cluster", job.cluster());
    node.put("job", job.id());
    node.put("ui", ui.toString());
    return node.toString();
  }

  private static ObjectNode node(ReplayPlan plan, ReplayProgress progress) {
    Tallies tallies = progress.tallies();
    ObjectNode node = identity(plan);
    node.put("state", progress.state().word());
    node.put("offsets", plan.range().offsets());
    node.put("read", tallies.read());
    node.put("share", progress.share(plan.range()));
    node.put("enriched", tallies.enriched());
    node.put("rejected", tallies.rejected());
    node.put("skipped", progress.skipped(plan));
    node.put("tokens", tallies.tokens());
    node.put("seconds", progress.millis() / 1000.0);
    node.put("recordsPerSecond", progress.recordsPerSecond());
    node.put("tokensPerSecond", progress.tokensPerSecond());
    progress.left(plan.range()).ifPresent(left -> node.put("secondsLeft", left.toSeconds()));
    return node;
  }

  private static ObjectNode identity(ReplayPlan plan) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("id", plan.id());
    node.put("pipeline", plan.pipeline());
    node.put("topic", plan.range().topic());
    return node;
  }
}
