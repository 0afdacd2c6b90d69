package io.winnow.operators.seal;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.InferenceSession;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BatchInvariance;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.Seal;
import io.winnow.operators.model.SealWriter;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextPolicy;
import io.winnow.operators.text.TokenizedWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Seals bundles: answers their golden texts, checks batches, and writes down what it found. */
public final class Sealer {
  private static final int LEAST_TEXTS = 2; // one has no neighbour to depend on
  private static final int MOST_TEXTS = 24; // every start answers them

  private final Path folder;
  private final Optional<List<String>> texts;
  private final Optional<Double> tolerance;

  /**
   * Prepares a sealing.
   *
   * @param texts golden texts; if empty, those that the bundle has already
   * @param tolerance how far a score may be from a golden one; if empty, that of the seal before,
   *     or else {@link Seal#DEFAULT_TOLERANCE}
   */
  public Sealer(Path folder, Optional<List<String>> texts, Optional<Double> tolerance) {
    this.folder = folder;
    this.texts = texts;
    this.tolerance = tolerance;
  }

  /**
   * A bundle that was sealed.
   *
   * @param goldenNanos time that the golden records take when the bundle is opened
   */
  public record Sealed(ModelBundle bundle, int goldenRecords, long goldenNanos) {}

  /**
   * Seals the bundle, whatever an earlier seal says of it, and opens it again.
   *
   * @throws ConfigurationException if the bundle is broken, or texts are missing or cannot be read
   */
  public Sealed seal() throws ConfigurationException, IOException, InferenceException {
    ModelBundle bundle = BundleReader.readUnsealed(folder);
    List<String> golden = List.copyOf(new LinkedHashSet<>(goldenTexts()));
    requireSome(golden);
    SealWriter.requireRoom(bundle, InferenceSession.machine());
    try (LoadedModel model = LoadedModel.open(bundle)) {
      new Enricher(bundle, model).warmUp();
      List<GoldenRecord> records = new ArrayList<>();
      List<TokenizedWindow> windows = new ArrayList<>();
      answer(golden, bundle, model, records, windows);
      double accepted =
          tolerance.orElseGet(
              () -> bundle.seal().map(Seal::tolerance).orElse(Seal.DEFAULT_TOLERANCE));
      BatchInvariance invariance = new BatchInvarianceCheck(bundle, model).check(windows);
      new GoldenFile(folder).write(records);
      SealWriter.write(bundle, accepted, InferenceSession.machine(), invariance);
      return reopened(model, records.size());
    }
  }

  private List<String> goldenTexts() throws ConfigurationException, IOException {
    if (texts.isPresent()) {
      return texts.get();
    }
    GoldenFile file = new GoldenFile(folder);
    if (!file.exists()) {
      throw new ConfigurationException(
          "Expected golden texts in %s, found no such file; give them with --texts FILE, one a line"
              .formatted(file.path()));
    }
    return file.texts();
  }

  private static void requireSome(List<String> golden) throws ConfigurationException {
    if (golden.size() < LEAST_TEXTS || golden.size() > MOST_TEXTS) {
      throw new ConfigurationException(
          "Expected %d to %d different golden texts, found %d; a dozen of different lengths does"
              .formatted(LEAST_TEXTS, MOST_TEXTS, golden.size()));
    }
  }

  private static void answer(
      List<String> golden,
      ModelBundle bundle,
      LoadedModel model,
      List<GoldenRecord> records,
      List<TokenizedWindow> windows)
      throws ConfigurationException {
    GoldenHeads heads = new GoldenHeads(bundle, model);
    Enricher enricher = new Enricher(bundle, model);
    List<String> problems = new ArrayList<>();
    for (String text : golden) {
      try {
        TextPolicy.check(text);
        records.add(heads.record(text));
        windows.addAll(enricher.divide(text));
      } catch (RejectedException e) {
        problems.add("golden text %s: %s".formatted(GoldenCheck.shown(text), e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Opens the bundle as any start does, which measures what a start will take. */
  private Sealed reopened(LoadedModel model, int records)
      throws ConfigurationException, InferenceException {
    ModelBundle sealed = BundleReader.read(folder, HeadOptions.NONE);
    long start = System.nanoTime();
    Optional<String> mismatch = GoldenCheck.mismatch(sealed, model);
    if (mismatch.isPresent()) {
      throw new IllegalStateException("A model that answers twice must not differ: " + mismatch);
    }
    return new Sealed(sealed, records, System.nanoTime() - start);
  }
}
