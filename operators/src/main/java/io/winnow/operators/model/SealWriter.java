package io.winnow.operators.model;

import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes the seal of a bundle into its {@code winnow.yaml}. */
public final class SealWriter {
  private SealWriter() {}

  /**
   * Seals the files of a bundle as they are now. Everything else in {@code winnow.yaml} stays byte
   * for byte.
   *
   * @param bundle the bundle without options of a pipeline
   * @throws ConfigurationException if {@code winnow.yaml} is written so that no section fits behind
   *     it
   */
  public static void write(
      ModelBundle bundle, double tolerance, Machine machine, BatchInvariance batchInvariance)
      throws ConfigurationException, IOException {
    Seal seal =
        new Seal(
            bundle.fingerprint(),
            tolerance,
            machine,
            batchInvariance,
            new SealedFiles(bundle.folder(), new FileDigests())
                .sealed(bundle.graphFile(), bundle.graph()));
    Path file = bundle.folder().resolve(BundleSettings.FILE);
    String before = Files.exists(file) ? Files.readString(file) : "";
    String after = SealText.with(seal, before);
    requireSame(file, before, after);
    AtomicFile.write(file, after);
  }

  /** The section is found and put by lines, so a file of another form must not be taken apart. */
  private static void requireSame(Path file, String before, String after)
      throws ConfigurationException {
    BundleSettings expected = BundleSettings.parse(file, SealText.without(before));
    Optional<BundleSettings> found = Optional.empty();
    try {
      found = Optional.of(BundleSettings.parse(file, after));
    } catch (ConfigurationException e) {
      // said below, in words that fit
    }
    if (!found.map(BundleSettings::unsealed).equals(Optional.of(expected))) {
      throw new ConfigurationException(
          "%s: expected keys at the start of their lines and no seal but at the end, so that a seal fits behind them; write the file so"
              .formatted(file));
    }
  }
}
