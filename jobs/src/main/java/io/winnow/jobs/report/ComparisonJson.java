package io.winnow.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.Confusion;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.Counts;
import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.ScoreChange;
import io.winnow.jobs.evaluation.Scores;

/** A comparison as one JSON object on one line. */
public final class ComparisonJson {
  private ComparisonJson() {}

  public static String line(HeadComparison compared) {
    Comparison comparison = compared.comparison();
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("head", compared.target().head());
    node.put("examples", comparison.texts());
    node.put("agreed", comparison.agreed());
    node.put("agreement", comparison.agreement());
    ObjectNode a = node.putObject("a");
    ObjectNode b = node.putObject("b");
    comparison.contest().ifPresent(contest -> writeContest(node, a, b, contest));
    ScoresJson.writeSpeed(a, compared.speedOfA());
    ScoresJson.writeSpeed(b, compared.speedOfB());
    ScoresJson.writeModel(a, compared.a());
    ScoresJson.writeModel(b, compared.b());
    node.put("skipped", compared.skipped());
    ArrayNode changes = node.putArray("changes");
    comparison.changes().mistakes().forEach(change -> writeChange(changes.addObject(), change));
    ArrayNode labels = node.putArray("labels");
    comparison
        .labels()
        .byLabel()
        .forEach((label, counts) -> writeKept(labels.addObject(), label, counts));
    ArrayNode scores = node.putArray("scoreChanges");
    comparison.scoreChanges().forEach(change -> writeScore(scores.addObject(), change));
    node.put("dataset", compared.dataset());
    return node.toString();
  }

  private static void writeContest(ObjectNode node, ObjectNode a, ObjectNode b, Contest contest) {
    writeScores(a, contest.a());
    writeScores(b, contest.b());
    ObjectNode right = node.putObject("right");
    right.put("both", contest.both());
    right.put("onlyA", contest.onlyA());
    right.put("onlyB", contest.onlyB());
    right.put("neither", contest.neither());
    node.put("pValue", contest.pValue());
    ScoresJson.writeInterval(node, "f1Difference", contest.f1Difference());
  }

  private static void writeScores(ObjectNode side, Scores scores) {
    ScoresJson.writeMeasures(side, scores);
    ScoresJson.writeRejected(side, scores);
    scores.rejection().ifPresent(rejection -> ScoresJson.writeRejection(side, rejection));
  }

  /** Writes a change from one label to another; null stands for none. */
  private static void writeChange(ObjectNode entry, Confusion change) {
    writeLabel(entry, "a", change.expected());
    writeLabel(entry, "b", change.found());
    entry.put("count", change.count());
  }

  private static void writeLabel(ObjectNode entry, String field, String label) {
    if (label.equals(Confusion.NOTHING)) {
      entry.putNull(field);
    } else {
      entry.put(field, label);
    }
  }

  private static void writeKept(ObjectNode entry, String label, Counts counts) {
    entry.put("label", label);
    entry.put("kept", counts.hits());
    entry.put("lost", counts.misses());
    entry.put("gained", counts.falseAlarms());
  }

  private static void writeScore(ObjectNode entry, ScoreChange change) {
    entry.put("place", change.place());
    entry.put("text", change.text());
    entry.put("label", change.finding().label());
    if (change.finding().isSpan()) {
      entry.put("start", change.finding().start());
      entry.put("end", change.finding().end());
    }
    entry.put("a", change.a());
    entry.put("b", change.b());
  }
}
