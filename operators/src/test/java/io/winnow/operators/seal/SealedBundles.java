package io.winnow.operators.seal;

import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.Seal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Sealed copies of the tiny models. */
public final class SealedBundles {
  static final List<String> TEXTS =
      List.of(
          "Angela Merkel met Tim Cook of Apple in Berlin.",
          "Paris",
          "The European Central Bank in Frankfurt raised rates. ".repeat(3),
          "Siemens AG, Munich");

  private SealedBundles() {}

  /** Copies a tiny model into a folder and seals it. */
  public static Path copy(String name, Path to) throws Exception {
    seal(Bundles.copy(name, to));
    return to;
  }

  static Sealer.Sealed seal(Path folder) throws Exception {
    return new Sealer(folder, Optional.of(TEXTS), Optional.empty()).seal();
  }

  /** Changes the golden records, and the digest with them, as if another CPU had sealed it. */
  public static void editGolden(Path folder, UnaryOperator<String> change) throws Exception {
    Path golden = folder.resolve(Seal.GOLDEN_RECORDS);
    String before = Files.readString(golden);
    Files.writeString(golden, change.apply(before));
    Path settings = folder.resolve("winnow.yaml");
    Files.writeString(
        settings,
        Files.readString(settings)
            .replace(sha256(before), sha256(Files.readString(golden)))
            .replaceFirst("cpu-features: .*", "cpu-features: \"avx2\""));
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
