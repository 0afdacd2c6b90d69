package io.winnow.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.AnswerPair;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.Confusion;
import io.winnow.jobs.evaluation.Contest;
import io.winnow.jobs.evaluation.Counts;
import io.winnow.jobs.evaluation.Finding;
import io.winnow.jobs.evaluation.HeadComparison;
import io.winnow.jobs.evaluation.ScoreChange;
import io.winnow.jobs.evaluation.ScoreShift;
import io.winnow.jobs.evaluation.Scores;
import io.winnow.operators.inference.InferenceSession;

/** A comparison as one JSON object on one line. */
public final class ComparisonJson {
  private ComparisonJson() {}

  public static String line(HeadComparison compared) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("head", compared.target().head());
    write(node, compared);
    node.put("skipped", compared.skipped());
    node.put("dataset", compared.dataset());
    node.put("machine", InferenceSession.machine().toString());
    return node.toString();
  }

  /** Writes all but what is compared. */
  static void write(ObjectNode node, HeadComparison compared) {
    Comparison comparison = compared.comparison();
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
    ArrayNode changes = node.putArray("changes");
    comparison.changes().mistakes().forEach(change -> writeChange(changes.addObject(), change));
    ArrayNode labels = node.putArray("labels");
    comparison
        .labels()
        .byLabel()
        .forEach((label, counts) -> writeKept(labels.addObject(), label, counts));
    writeShift(node.putObject("scoreShift"), comparison.scoreShift());
    ArrayNode scores = node.putArray("scoreChanges");
    comparison.scoreChanges().forEach(change -> writeScore(scores.addObject(), change));
    ArrayNode disagreements = node.putArray("disagreements");
    comparison.disagreements().forEach(pair -> writePair(disagreements.addObject(), pair));
  }

  private static void writeShift(ObjectNode node, ScoreShift shift) {
    node.put("count", shift.count());
    node.put("mean", shift.mean());
    node.put("meanSize", shift.meanSize());
    ArrayNode sizes = node.putArray("sizes");
    for (int i = 0; i < shift.counts().size(); i++) {
      ObjectNode size = sizes.addObject();
      if (i < ScoreShift.LIMITS.size()) {
        size.put("upTo", ScoreShift.LIMITS.get(i));
      }
      size.put("count", shift.counts().get(i));
    }
  }

  private static void writePair(ObjectNode node, AnswerPair pair) {
    node.put("place", pair.place());
    node.put("text", pair.text());
    writeAnswer(node.putObject("a"), pair.a());
    writeAnswer(node.putObject("b"), pair.b());
  }

  private static void writeAnswer(ObjectNode node, Answer answer) {
    if (answer instanceof Answer.Rejected rejected) {
      node.put("rejected", rejected.reason());
      return;
    }
    ArrayNode findings = node.putArray(answer instanceof Answer.Spans ? "spans" : "labels");
    for (Finding finding : answer.findings()) {
      ObjectNode entry = findings.addObject();
      writeFinding(entry, finding);
      answer.score(finding).ifPresent(score -> entry.put("score", (float) score));
    }
  }

  private static void writeFinding(ObjectNode entry, Finding finding) {
    entry.put("label", finding.label());
    if (finding.isSpan()) {
      entry.put("start", finding.start());
      entry.put("end", finding.end());
    }
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
    writeFinding(entry, change.finding());
    entry.put("a", change.a());
    entry.put("b", change.b());
  }
}
