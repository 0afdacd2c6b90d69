package io.winnow.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Evaluation;
import io.winnow.jobs.evaluation.Scores;
import io.winnow.operators.inference.InferenceSession;

/** An evaluation as one JSON object on one line. */
public final class EvaluationJson {
  private EvaluationJson() {}

  public static String line(Evaluation evaluation) {
    Scores scores = evaluation.scores();
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("head", evaluation.target().head());
    node.put("examples", scores.examples());
    ScoresJson.writeMeasures(node, scores);
    ScoresJson.writeSpeed(node, evaluation.speed());
    ScoresJson.writeRejected(node, scores);
    node.put("skipped", evaluation.skipped());
    if (evaluation.target().kind() != AnswerKind.SPANS) {
      ScoresJson.writeInterval(node, "accuracyInterval", scores.accuracyInterval());
    }
    scores.rejection().ifPresent(rejection -> ScoresJson.writeRejection(node, rejection));
    scores.spanErrors().ifPresent(errors -> ScoresJson.writeSpanErrors(node, errors));
    ArrayNode labels = node.putArray("labels");
    scores
        .labels()
        .byLabel()
        .forEach((label, counts) -> ScoresJson.writeLabel(labels.addObject(), label, counts));
    ScoresJson.writeModel(node, evaluation.model());
    node.put("dataset", evaluation.dataset());
    node.put("machine", InferenceSession.machine().toString());
    return node.toString();
  }
}
