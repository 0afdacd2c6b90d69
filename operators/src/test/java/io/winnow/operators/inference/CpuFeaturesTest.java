package io.winnow.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CpuFeaturesTest {
  @Test
  void thoseThatChooseKernelsAreTakenFromTheFirstCpu() {
    assertThat(
            CpuFeatures.of(
                Stream.of(
                    "processor\t: 0",
                    "vmx flags\t: vnmi ept",
                    "flags\t\t: fpu sse4_1 avx2 fma avx512_vnni hypervisor avx",
                    "flags\t\t: amx_int8")))
        .containsExactly("avx", "avx2", "avx512_vnni", "fma", "sse4_1");
  }

  @Test
  void armHasAnotherNameForThem() {
    assertThat(CpuFeatures.of(Stream.of("Features\t: fp asimd evtstrm asimddp sve i8mm")))
        .containsExactly("asimd", "asimddp", "i8mm", "sve");
  }

  @Test
  void aSystemThatDoesNotTellHasNone() {
    assertThat(CpuFeatures.of(Stream.of("model name\t: a CPU"))).isEmpty();
  }

  @Test
  void thisMachineIsDescribedWithoutItsName() throws Exception {
    assertThat(InferenceSession.machine().onnxRuntime()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(InferenceSession.machine().architecture()).isEqualTo(System.getProperty("os.arch"));
    assertThat(InferenceSession.machine().cpuFeatures())
        .isEqualTo(CpuFeatures.ofThisMachine())
        .isSorted();
  }
}
