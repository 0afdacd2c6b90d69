package io.winnow.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.diff.HeadDiff;
import io.winnow.jobs.diff.SideCounts;
import io.winnow.jobs.diff.TopicDiff;
import io.winnow.jobs.diff.Unmatched;

/** A comparison of two topics as one JSON object on one line. */
public final class DiffJson {
  private DiffJson() {}

  public static String line(TopicDiff diff) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    writeSide(node.putObject("a"), diff.a());
    writeSide(node.putObject("b"), diff.b());
    node.put("joined", diff.joined());
    ArrayNode heads = node.putArray("heads");
    diff.heads().forEach(head -> writeHead(heads.addObject(), head));
    ArrayNode unmatched = node.putArray("unmatched");
    diff.unmatched().forEach(head -> writeUnmatched(unmatched.addObject(), head));
    return node.toString();
  }

  private static void writeSide(ObjectNode node, SideCounts side) {
    node.put("topic", side.topic());
    node.put("records", side.records());
    node.put("only", side.only());
    node.put("doubled", side.doubled());
    node.put("late", side.late());
    node.put("unreadable", side.unreadables());
    if (side.unreadables() > 0) {
      ObjectNode reasons = node.putObject("unreadableReasons");
      side.unreadableByReason().forEach(reasons::put);
    }
  }

  private static void writeHead(ObjectNode node, HeadDiff head) {
    node.put("enrichment", head.name().enrichment());
    node.put("head", head.name().head());
    ComparisonJson.write(node, head.comparison());
    node.withObject("/a").put("otherModels", head.othersOfA());
    node.withObject("/b").put("otherModels", head.othersOfB());
  }

  private static void writeUnmatched(ObjectNode node, Unmatched head) {
    node.put("enrichment", head.name().enrichment());
    node.put("head", head.name().head());
    node.put("onlyA", head.onlyInA());
    node.put("onlyB", head.onlyInB());
    node.put("unlike", head.unlike());
  }
}
