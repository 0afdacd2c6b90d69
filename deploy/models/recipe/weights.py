"""Formats in which a graph holds its weights, and how it multiplies with them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from onnx import TensorProto, helper

if TYPE_CHECKING:
    from .graph import GraphWriter

MICROSOFT = "com.microsoft"
# Without VNNI a processor adds two products of 8 bits in 16: with 7 bits they never overflow.
WEIGHT_LIMIT = 63
_ZERO_POINT = 128
_ACTIVATIONS = ("Gelu", "FastGelu")
NORMALIZATIONS = ("LayerNormalization", "SkipLayerNormalization")
# How far GELU gets below zero, rounded up.
_GELU_DEPTH = np.float32(0.1701)
_BLOCK = 32
_INT8_COMPUTE = 4


class WeightFormat(ABC):
    """How matrices and embeddings are held."""

    @abstractmethod
    def linear(
        self,
        graph: GraphWriter,
        states: str,
        name: str,
        matrix: np.ndarray,
        bias: np.ndarray | None,
    ) -> str:
        """Multiplies with a matrix ``[in, out]`` and adds a bias, if there is one."""

    def attention(
        self,
        graph: GraphWriter,
        states: str,
        mask: str,
        name: str,
        matrix: np.ndarray,
        bias: np.ndarray,
        heads: int,
    ) -> str:
        """Attends by fused operators; a matrix ``[in, 3 in]`` makes queries, keys and values."""
        merged = self.linear(graph, states, name, matrix, bias)
        parts = graph.nodes_with("Split", [merged], 3, axis=-1, num_outputs=3)
        return graph.node("MultiHeadAttention", *parts, "", mask, domain=MICROSOFT, num_heads=heads)

    def matrix(self, graph: GraphWriter, name: str, matrix: np.ndarray) -> str:
        """A matrix that is held in 8 bits and multiplied in float."""
        values, scale = per_output(matrix, limit=127)
        # Not DequantizeLinear, which the runtime would compute in every run.
        whole = graph.node("Cast", graph.constant(f"{name}.weight", values), to=TensorProto.FLOAT)
        return graph.node("Mul", whole, graph.constant(f"{name}.scale", scale))

    def embedding(self, graph: GraphWriter, ids: str, table: np.ndarray) -> str:
        """Looks up rows that are held in 8 bits, each row with a scale of its own."""
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
        rows = np.rint(table / scale).astype(np.int8)
        found = graph.node("Gather", graph.constant("words", rows), ids)
        scales = graph.node("Gather", graph.constant("words.scale", scale.astype(np.float32)), ids)
        return graph.node("Mul", graph.node("Cast", found, to=TensorProto.FLOAT), scales)


class Float32(WeightFormat):
    """As trained."""

    def linear(
        self,
        graph: GraphWriter,
        states: str,
        name: str,
        matrix: np.ndarray,
        bias: np.ndarray | None,
    ) -> str:
        product = graph.node("MatMul", states, graph.constant(f"{name}.weight", matrix))
        return _biased(graph, product, name, bias)

    def matrix(self, graph: GraphWriter, name: str, matrix: np.ndarray) -> str:
        return graph.constant(f"{name}.weight", matrix)

    def embedding(self, graph: GraphWriter, ids: str, table: np.ndarray) -> str:
        return graph.node("Gather", graph.constant("words", table), ids)


class DynamicInt8(WeightFormat):
    """8-bit integers with a scale for each output; inputs are scaled as they come.

    An input is scaled by its whole tensor, so an answer depends on its batch.
    """

    def linear(
        self,
        graph: GraphWriter,
        states: str,
        name: str,
        matrix: np.ndarray,
        bias: np.ndarray | None,
    ) -> str:
        values, scale = per_output(matrix)
        zero = np.zeros(len(scale), dtype=np.int8)
        inputs = [
            states,
            graph.constant(f"{name}.weight", values),
            graph.constant(f"{name}.scale", scale),
            graph.constant(f"{name}.zero", zero),
        ]
        if bias is not None:
            inputs.append(graph.constant(f"{name}.bias", bias))
        return graph.node("DynamicQuantizeMatMul", *inputs, domain=MICROSOFT)


class TokenInt8(WeightFormat):
    """8-bit integers with a scale for each output; each token's input has a scale of its own.

    So a token's answer does not depend on the tokens beside it in the tensor.
    """

    def linear(
        self,
        graph: GraphWriter,
        states: str,
        name: str,
        matrix: np.ndarray,
        bias: np.ndarray | None,
    ) -> str:
        step = graph.node(
            "Mul",
            _furthest_from_zero(graph, states),
            graph.constant("step", np.float32(1 / 127)),
        )
        integers = graph.node(
            "QuantizeLinear",
            states,
            step,
            _zero_points(graph),
            axis=-1,
            block_size=len(matrix),
        )
        values, scale = self._integers(name, matrix)
        product = graph.node(
            "MatMulIntegerToFloat",
            integers,
            graph.constant(f"{name}.weight", values),
            graph.constant("unit", np.float32(1)),
            graph.constant(f"{name}.scale", scale),
            graph.constant("zero_point", np.array(_ZERO_POINT, dtype=np.uint8)),
            domain=MICROSOFT,
        )
        return _biased(graph, graph.node("Mul", product, step), name, bias)

    def _integers(self, name: str, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The integers of a matrix, and the scale of each output."""
        return per_output(matrix)


class StaticInt8(WeightFormat):
    """8-bit integers; inputs have a scale that was measured on texts before (QDQ)."""

    def __init__(self, ranges: Mapping[str, tuple[float, float]]) -> None:
        self._ranges = ranges

    def linear(
        self,
        graph: GraphWriter,
        states: str,
        name: str,
        matrix: np.ndarray,
        bias: np.ndarray | None,
    ) -> str:
        step, zero = step_and_zero(*self._ranges[name])
        values, scale = per_output(matrix)
        parameters = (
            graph.constant(f"{name}.input_scale", step),
            graph.constant(f"{name}.input_zero", zero),
        )
        rounded = graph.node(
            "DequantizeLinear", graph.node("QuantizeLinear", states, *parameters), *parameters
        )
        weight = graph.node(
            "DequantizeLinear",
            graph.constant(f"{name}.weight", values),
            graph.constant(f"{name}.scale", scale),
            graph.constant(f"{name}.zero", np.zeros(len(scale), dtype=np.int8)),
            axis=1,
        )
        return _biased(graph, graph.node("MatMul", rounded, weight), name, bias)


class Blockwise(WeightFormat):
    """Integers of 4 or 8 bits with a scale for each block of 32; inputs are scaled by row."""

    def __init__(self, bits: int) -> None:
        self._bits = bits

    def linear(
        self,
        graph: GraphWriter,
        states: str,
        name: str,
        matrix: np.ndarray,
        bias: np.ndarray | None,
    ) -> str:
        rows, columns = matrix.shape
        blocks = matrix.T.reshape(columns, rows // _BLOCK, _BLOCK)
        half = 1 << (self._bits - 1)
        # The value furthest from zero takes the end of the range that reaches further.
        furthest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2, keepdims=True), axis=2)
        scale = np.where(furthest == 0, 1, furthest / -half).astype(np.float32)
        values = np.clip(np.rint(blocks / scale) + half, 0, 2 * half - 1).astype(np.uint8)
        if self._bits == 4:
            values = values[..., ::2] | (values[..., 1::2] << 4)
        product = graph.node(
            "MatMulNBits",
            states,
            graph.constant(f"{name}.weight", values),
            graph.constant(f"{name}.scale", scale.reshape(columns, -1)),
            domain=MICROSOFT,
            K=rows,
            N=columns,
            bits=self._bits,
            block_size=_BLOCK,
            accuracy_level=_INT8_COMPUTE,
        )
        return _biased(graph, product, name, bias)


def _furthest_from_zero(graph: GraphWriter, states: str) -> str:
    """At least the largest absolute value of each token, and hardly more."""
    last = graph.constant("axis_last", np.array([-1]))
    if graph.operator_of(states) in _ACTIVATIONS:
        highest = graph.node("ReduceMax", states, last)
        return graph.node("Max", highest, graph.constant("gelu_depth", _GELU_DEPTH))
    return graph.node("ReduceMax", graph.node("Abs", states), last)


def _zero_points(graph: GraphWriter) -> str:
    """The same for every token. Signed inputs have none, but no fast multiplication either."""
    tokens = graph.shared("Unsqueeze", "input_ids", graph.constant("axis_last", np.array([-1])))
    value = helper.make_tensor("value", TensorProto.UINT8, [1], [_ZERO_POINT])
    return graph.shared("ConstantOfShape", graph.shared("Shape", tokens), value=value)


def _biased(graph: GraphWriter, product: str, name: str, bias: np.ndarray | None) -> str:
    return (
        product
        if bias is None
        else graph.node("Add", product, graph.constant(f"{name}.bias", bias))
    )


def step_and_zero(low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """The scale and the zero point that fit a range."""
    step = np.float32(max(high - low, 1e-8) / 255)
    return np.array(step), np.array(np.clip(np.rint(-low / step), 0, 255), dtype=np.uint8)


def per_output(matrix: np.ndarray, limit: int = WEIGHT_LIMIT) -> tuple[np.ndarray, np.ndarray]:
    """Integers and the scale of each output."""
    scale = (np.maximum(np.abs(matrix).max(axis=0), 1e-8) / limit).astype(np.float32)
    return np.rint(matrix / scale).astype(np.int8), scale
