package io.winnow.operators.model;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/** The seal as it stands at the end of a {@code winnow.yaml}; the rest of the file stays as is. */
final class SealText {
  /** From its key to the next line that is not indented. */
  private static final Pattern SECTION =
      Pattern.compile("^seal[ \\t]*:.*+\\R?+(?:[ \\t].*+\\R?+)*+", Pattern.MULTILINE);

  private SealText() {}

  static String without(String yaml) {
    return SECTION.matcher(yaml).replaceAll("");
  }

  /** Returns the text with this seal in place of any that it has. */
  static String with(Seal seal, String yaml) {
    String rest = without(yaml);
    return rest + (rest.isEmpty() || rest.endsWith("\n") ? "" : "\n") + text(seal);
  }

  private static String text(Seal seal) {
    BatchInvariance invariance = seal.batchInvariance();
    StringBuilder text =
        new StringBuilder(
            """
            seal:
              # Written by 'winnow seal'. Seal anew after a change of this file or of those below.
            """);
    line(text, 2, "fingerprint", quoted(seal.fingerprint()));
    line(text, 2, "tolerance", BigDecimal.valueOf(seal.tolerance()).toPlainString());
    line(text, 2, "machine", "");
    line(text, 4, "onnxruntime", quoted(seal.machine().onnxRuntime()));
    line(text, 4, "architecture", quoted(seal.machine().architecture()));
    if (!seal.machine().cpuFeatures().isEmpty()) {
      line(text, 4, "cpu-features", quoted(String.join(" ", seal.machine().cpuFeatures())));
    }
    line(text, 2, "batch-invariance", "");
    line(text, 4, "proven", Boolean.toString(invariance.proven()));
    line(text, 4, "runs", Integer.toString(invariance.runs()));
    line(text, 4, "largest-logit-difference", Double.toString(invariance.largestLogitDifference()));
    line(text, 4, "flipped-labels", Integer.toString(invariance.flippedLabels()));
    line(text, 2, "sha256", "");
    for (Map.Entry<String, String> file : seal.files().entrySet()) {
      line(text, 4, quoted(file.getKey()), quoted(file.getValue()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, int indent, String key, String value) {
    text.append(" ".repeat(indent)).append(key).append(':');
    text.append(value.isEmpty() ? "" : " ").append(value).append('\n');
  }

  /** A string of JSON is one of YAML; without quotes, digits alone would be a number. */
  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
