package io.winnow.operators.model;

import io.winnow.operators.config.Kind;
import io.winnow.operators.config.Section;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the section {@code seal} of a {@code winnow.yaml}. */
final class SealReader {
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]+");
  private static final double MOST = 1e9;

  private SealReader() {}

  static Seal read(Section seal) {
    return new Seal(
        seal.required("fingerprint", digest("a fingerprint", 32)),
        seal.required("tolerance", Kind.number(0, 1)),
        machine(seal.section("machine")),
        batchInvariance(seal.section("batch-invariance")),
        files(seal.section("sha256")));
  }

  private static Machine machine(Section machine) {
    return new Machine(
        machine.required("onnxruntime", Kind.string()),
        machine.required("architecture", Kind.string()),
        machine
            .optional("cpu-features", Kind.string())
            .map(f -> f.split(" "))
            .map(List::of)
            .orElse(List.of()));
  }

  private static BatchInvariance batchInvariance(Section invariance) {
    return new BatchInvariance(
        invariance.required("proven", Kind.bool()),
        invariance.required("runs", Kind.integer(0)),
        invariance.required("largest-logit-difference", Kind.number(0, MOST)),
        invariance.required("flipped-labels", Kind.integer(0)));
  }

  private static SortedMap<String, String> files(Section sha256) {
    SortedMap<String, String> files = new TreeMap<>();
    for (String file : sha256.keys()) {
      files.put(file, sha256.required(file, digest("a SHA-256", 64)));
    }
    return files;
  }

  private static Kind<String> digest(String name, int digits) {
    return Kind.parsed(
        name + " of " + digits + " hexadecimal digits",
        "",
        text -> {
          if (text.length() != digits || !HEXADECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(name);
          }
          return text;
        });
  }
}
