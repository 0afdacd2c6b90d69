package io.winnow.operators.model;

import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the seal of a bundle into its {@code winnow.yaml}. */
public final class SealWriter {
  private SealWriter() {}

  /**
   * Checks that a seal will fit into a bundle, before anything of it is changed.
   *
   * @throws ConfigurationException if {@code winnow.yaml} is written so that no section fits behind
   *     it
   */
  public static void requireRoom(ModelBundle bundle, Machine machine)
      throws ConfigurationException, IOException {
    SortedMap<String, String> files = new TreeMap<>(Map.of("tokenizer.json", "0".repeat(64)));
    put(bundle, new Seal(bundle.fingerprint(), 0, machine, BatchInvariance.NOT_PROVEN, files));
  }

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
    AtomicFile.write(bundle.folder().resolve(BundleSettings.FILE), put(bundle, seal));
  }

  /** Returns the bundle's {@code winnow.yaml} with a seal at its end. */
  private static String put(ModelBundle bundle, Seal seal)
      throws ConfigurationException, IOException {
    Path file = bundle.folder().resolve(BundleSettings.FILE);
    String before = Files.exists(file) ? Files.readString(file) : "";
    String after = SealText.with(seal, before);
    requireSame(file, before, after);
    return after;
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
