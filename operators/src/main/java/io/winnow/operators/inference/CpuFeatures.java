package io.winnow.operators.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Instruction sets by which ONNX Runtime chooses its kernels, by the names that Linux gives. */
final class CpuFeatures {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private static final Set<String> CHOSEN_BY =
      Set.of(
          // x86-64
          "sse4_1",
          "avx",
          "f16c",
          "fma",
          "avx2",
          "avx_vnni",
          "avx_vnni_int8",
          "avx512f",
          "avx512bw",
          "avx512dq",
          "avx512vl",
          "avx512_vnni",
          "avx512_bf16",
          "avx512_fp16",
          "amx_tile",
          "amx_int8",
          "amx_bf16",
          // aarch64
          "asimd",
          "asimdhp",
          "asimddp",
          "i8mm",
          "bf16",
          "sve",
          "sve2",
          "sme",
          "sme2");

  private CpuFeatures() {}

  /** Returns those of this machine in alphabetical order; none where the system does not tell. */
  static List<String> ofThisMachine() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return of(lines);
    } catch (IOException | UncheckedIOException e) { // not Linux, or a sandbox without it
      return List.of();
    }
  }

  /** Returns those of the first CPU of a {@code /proc/cpuinfo}. */
  static List<String> of(Stream<String> cpuInfo) {
    return cpuInfo
        .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s+"))
        .map(words -> Arrays.stream(words).filter(CHOSEN_BY::contains).sorted().toList())
        .orElse(List.of());
  }
}
