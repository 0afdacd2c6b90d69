package io.winnow.operators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxReaderTest {
  @TempDir Path folder;

  @Test
  void graphIsReadWithItsInputsOutputsAndWeights() throws Exception {
    Path file = folder.resolve("model.onnx");
    TinyGraph.ofIds(TinyGraph.INT32)
        .textLogits("intent", 1, 2)
        .tokenLogits("entities", "ids", 1, 2, 3)
        .write(file);

    OnnxGraph graph = OnnxReader.read(file);

    assertThat(graph.inputs())
        .hasToString("[input_ids[?, ?], attention_mask[?, ?]]")
        .allMatch(input -> input.elementType() == TinyGraph.INT32);
    assertThat(graph.outputs())
        .containsExactly(
            new TensorInfo("intent", 1, List.of(TensorInfo.DYNAMIC, 2L)),
            new TensorInfo("entities", 1, List.of(TensorInfo.DYNAMIC, TensorInfo.DYNAMIC, 3L)));
    assertThat(graph.operators())
        .isEqualTo(Map.of("Cast", 2, "Mul", 3, "ReduceMean", 1, "Unsqueeze", 1));
    assertThat(graph.weightBytes()).isEqualTo(Map.of(TinyGraph.FLOAT, 20L));
    assertThat(graph.externalFiles()).isEmpty();
  }

  @Test
  void weightsThatAreListedAsInputsAreNoInputs() throws Exception {
    Path file = folder.resolve("model.onnx");
    TinyGraph.ofIds(TinyGraph.INT64)
        .textLogits("logits", 1, 2)
        .input("logits_weights", TinyGraph.FLOAT, 2)
        .write(file);

    assertThat(OnnxReader.read(file).inputs())
        .extracting(TensorInfo::name)
        .containsExactly("input_ids", "attention_mask");
  }

  @Test
  void filesOfExternalWeightsAreNamedWithTheirSize() throws Exception {
    Path file = folder.resolve("model.onnx");
    TinyGraph.ofIds(TinyGraph.INT64)
        .textLogits("logits", 1)
        .externalWeights("a", "model.onnx_data", "1000000")
        .externalWeights("b", "other", "24")
        .write(file);

    OnnxGraph graph = OnnxReader.read(file);

    assertThat(graph.externalFiles()).containsExactly("model.onnx_data", "other");
    assertThat(graph.weightBytes()).isEqualTo(Map.of(TinyGraph.FLOAT, 1000028L));
  }

  @Test
  void sizeOfExternalWeightsMustBeANumber() throws Exception {
    Path file = folder.resolve("model.onnx");
    TinyGraph.ofIds(TinyGraph.INT64).externalWeights("a", "weights", "many").write(file);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> OnnxReader.read(file))
        .withMessage("external weights have the length many");
  }

  @Test
  void fileLargerThanAnyOnnxFileIsRefused() throws Exception {
    Path file = folder.resolve("model.onnx");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> OnnxReader.read(file))
        .withMessage("no ONNX file is larger than 2147483647 bytes");
  }

  @Test
  void fileWithoutAGraphIsRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("model.onnx"));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> OnnxReader.read(file))
        .withMessage("it holds no graph");
  }

  @ParameterizedTest
  @CsvSource({
    "bert-text, fp32",
    "bert-external, fp32",
    "bert-quantized, dynamic int8",
  })
  void quantizationIsReadFromTheGraph(String name, String quantization) throws Exception {
    assertThat(Bundles.read(name).graph().quantization()).isEqualTo(quantization);
  }

  @ParameterizedTest
  @CsvSource({
    "MatMulNBits, block-wise MatMulNBits",
    "QuantizeLinear, static int8 (QDQ)",
    "DynamicQuantizeLinear, dynamic int8",
    "DynamicQuantizeMatMul, dynamic int8",
    "MatMulIntegerToFloat, dynamic int8",
    "MatMul, fp32",
  })
  void quantizationIsNamedAfterItsOperator(String operator, String quantization) throws Exception {
    Path file = folder.resolve("model.onnx");
    TinyGraph.ofIds(TinyGraph.INT64)
        .node(operator, List.of("ids"), "x")
        .textLogits("logits", 1)
        .write(file);

    assertThat(OnnxReader.read(file).quantization()).isEqualTo(quantization);
  }
}
