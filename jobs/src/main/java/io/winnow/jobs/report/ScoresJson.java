package io.winnow.jobs.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Counts;
import io.winnow.jobs.evaluation.Interval;
import io.winnow.jobs.evaluation.ModelIdentity;
import io.winnow.jobs.evaluation.Rejection;
import io.winnow.jobs.evaluation.Scores;
import io.winnow.jobs.evaluation.SpanErrors;
import io.winnow.jobs.evaluation.Speed;

/** Fields that evaluations and comparisons have in common; what does not apply is absent. */
final class ScoresJson {
  private ScoresJson() {}

  static void writeMeasures(ObjectNode node, Scores scores) {
    boolean spans = scores.target().kind() == AnswerKind.SPANS;
    if (!spans) {
      node.put("accuracy", scores.accuracy());
    }
    node.put("macroF1", scores.labels().macroF1());
    node.put("microF1", scores.labels().microF1());
    if (spans) {
      node.put("spanF1", scores.labels().microF1());
    }
    scores.calibration().ifPresent(calibration -> node.put("ece", calibration.error()));
  }

  static void writeSpeed(ObjectNode node, Speed speed) {
    if (speed.isKnown()) {
      node.put("tokensPerSecond", speed.tokensPerSecond());
      node.put("textsPerSecond", speed.textsPerSecond());
    }
  }

  static void writeRejected(ObjectNode node, Scores scores) {
    node.put("rejected", scores.rejected().values().stream().mapToInt(Integer::intValue).sum());
    if (!scores.rejected().isEmpty()) {
      ObjectNode reasons = node.putObject("rejectedReasons");
      scores.rejected().forEach(reasons::put);
    }
  }

  static void writeRejection(ObjectNode node, Rejection rejection) {
    ObjectNode entry = node.putObject("rejection");
    entry.put("label", rejection.label());
    if (rejection.texts() > 0) {
      entry.put("recall", rejection.recall());
    }
    entry.put("support", rejection.texts());
    if (rejection.others() > 0) {
      entry.put("lostShare", rejection.lostShare());
    }
    entry.put("others", rejection.others());
  }

  static void writeSpanErrors(ObjectNode node, SpanErrors errors) {
    ObjectNode entry = node.putObject("spanErrors");
    entry.put("exact", errors.exact());
    entry.put("otherLabel", errors.otherLabel());
    entry.put("otherEnds", errors.otherEnds());
    entry.put("missed", errors.missed());
    entry.put("invented", errors.invented());
  }

  static void writeInterval(ObjectNode node, String field, Interval interval) {
    node.putArray(field).add(interval.low()).add(interval.high());
  }

  static void writeLabel(ObjectNode entry, String label, Counts counts) {
    entry.put("label", label);
    entry.put("precision", counts.precision());
    entry.put("recall", counts.recall());
    entry.put("f1", counts.f1());
    entry.put("support", counts.support());
  }

  static void writeModel(ObjectNode node, ModelIdentity model) {
    node.put("model", model.name());
    node.put("modelVersion", model.version());
    node.put("fingerprint", model.fingerprint());
  }
}
