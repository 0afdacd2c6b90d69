package io.winnow.jobs.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.operators.model.BatchInvariance;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.Seal;

/** Shows what the seal of a bundle says, for {@code inspect} and {@code seal} alike. */
final class SealReport {
  private SealReport() {}

  static String files(Seal seal) {
    return "%d verified: %s"
        .formatted(seal.files().size(), String.join(", ", seal.files().keySet()));
  }

  static String invariance(ModelBundle bundle) {
    BatchInvariance invariance = bundle.batchInvariance();
    if (bundle.seal().isEmpty()) {
      return "not proven: each text runs alone";
    }
    if (invariance.runs() == 0) {
      return "not proven: the model does not run on several texts at once";
    }
    return "%s: largest difference of logits %s, flipped labels %d, runs %d%s"
        .formatted(
            invariance.proven() ? "proven" : "not proven",
            invariance.largestLogitDifference(),
            invariance.flippedLabels(),
            invariance.runs(),
            invariance.proven() ? "" : "; each text runs alone");
  }

  /** Adds the fields {@code batchInvariance} and {@code seal}; the latter is null without one. */
  static void write(ModelBundle bundle, ObjectNode node) {
    BatchInvariance invariance = bundle.batchInvariance();
    node.putObject("batchInvariance")
        .put("proven", invariance.proven())
        .put("runs", invariance.runs())
        .put("largestLogitDifference", invariance.largestLogitDifference())
        .put("flippedLabels", invariance.flippedLabels());
    node.putNull("seal");
    bundle.seal().ifPresent(seal -> write(seal, node.putObject("seal")));
  }

  private static void write(Seal seal, ObjectNode node) {
    node.put("tolerance", seal.tolerance());
    node.put("onnxruntime", seal.machine().onnxRuntime());
    node.put("architecture", seal.machine().architecture());
    seal.machine().cpuFeatures().forEach(node.putArray("cpuFeatures")::add);
    ObjectNode files = node.putObject("sha256");
    seal.files().forEach(files::put);
  }
}
