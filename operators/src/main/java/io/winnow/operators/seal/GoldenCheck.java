package io.winnow.operators.seal;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.InferenceSession;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.Seal;
import io.winnow.operators.task.HeadResult;
import io.winnow.operators.text.RejectedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds this machine's answers to the golden records of a bundle against those of its seal. */
public final class GoldenCheck {
  private static final int SHOWN = 60;

  private final ModelBundle bundle;
  private final Seal seal;
  private final GoldenHeads heads;

  private GoldenCheck(ModelBundle bundle, Seal seal, LoadedModel model) {
    this.bundle = bundle;
    this.seal = seal;
    this.heads = new GoldenHeads(bundle, model);
  }

  /**
   * Returns what differs most; empty where nothing exceeds the tolerance, or nothing is sealed.
   *
   * @throws ConfigurationException if the golden records cannot be read
   * @throws InferenceException if the model cannot answer one of them
   */
  public static Optional<String> mismatch(ModelBundle bundle, LoadedModel model)
      throws ConfigurationException, InferenceException {
    if (bundle.seal().isEmpty()) {
      return Optional.empty();
    }
    return new GoldenCheck(bundle, bundle.seal().get(), model).mismatch();
  }

  private Optional<String> mismatch() throws ConfigurationException, InferenceException {
    List<GoldenRecord> records = records();
    List<GoldenDifference> exceeding = new ArrayList<>();
    for (GoldenRecord golden : records) {
      differences(golden).stream().filter(d -> d.exceeds(seal.tolerance())).forEach(exceeding::add);
    }
    return exceeding.stream().max(GoldenDifference.BY_SIZE).map(d -> told(d, exceeding, records));
  }

  private List<GoldenRecord> records() throws ConfigurationException {
    GoldenFile file = new GoldenFile(bundle.folder());
    try {
      return file.read(bundle.ownHeads());
    } catch (IOException e) {
      throw new ConfigurationException("Expected to read " + file.path() + ", but " + e);
    }
  }

  private List<GoldenDifference> differences(GoldenRecord golden) throws InferenceException {
    List<GoldenDifference> differences = new ArrayList<>();
    try {
      List<HeadResult> results = heads.answer(golden.text());
      for (int i = 0; i < results.size(); i++) {
        Head head = bundle.ownHeads().get(i);
        differences.add(
            GoldenDifference.between(golden.text(), head, golden.answers().get(i), results.get(i)));
      }
    } catch (RejectedException e) {
      throw new InferenceException(
          "Expected an answer to the golden record %s of %s, but %s"
              .formatted(shown(golden.text()), bundle.folder(), e.getMessage()),
          e);
    }
    return differences;
  }

  private String told(
      GoldenDifference worst, List<GoldenDifference> exceeding, List<GoldenRecord> records) {
    return "%s answers %d of %d golden records otherwise than when it was sealed: head %s of %s: expected %s, found %s, a difference of %s (tolerance %s). It was sealed with %s; this is %s. Seal it on a CPU like this one, raise the tolerance with 'winnow seal --tolerance', or set golden-records to warn"
        .formatted(
            bundle.folder(),
            exceeding.stream().map(GoldenDifference::text).distinct().count(),
            records.size(),
            worst.head(),
            shown(worst.text()),
            worst.expected(),
            worst.found(),
            String.format(Locale.ROOT, "%.2g", worst.size()),
            seal.tolerance(),
            seal.machine(),
            InferenceSession.machine());
  }

  /** Returns the start of a text on one line. */
  static String shown(String text) {
    String line = text.replaceAll("\\s+", " ");
    int length = Math.min(line.codePointCount(0, line.length()), SHOWN);
    int end = line.offsetByCodePoints(0, length);
    return '"' + line.substring(0, end) + (end < line.length() ? "..." : "") + '"';
  }
}
