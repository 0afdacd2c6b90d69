package io.winnow.operators.model;

import java.util.List;

/**
 * What of a machine decides how a model computes; which machine it is, it does not tell.
 *
 * @param onnxRuntime version of ONNX Runtime
 * @param architecture as Java names it, such as {@code amd64}
 * @param cpuFeatures instruction sets by which kernels are chosen; empty where the system does not
 *     tell them
 */
public record Machine(String onnxRuntime, String architecture, List<String> cpuFeatures) {
  public Machine {
    cpuFeatures = List.copyOf(cpuFeatures);
  }

  @Override
  public String toString() {
    return "ONNX Runtime %s on %s%s"
        .formatted(
            onnxRuntime,
            architecture,
            cpuFeatures.isEmpty() ? "" : " (" + String.join(", ", cpuFeatures) + ")");
  }
}
