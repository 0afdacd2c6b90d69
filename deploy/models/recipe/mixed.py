"""The format that is shipped: weights and inputs in 8 bits, by what was measured of the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .weights import (
    MICROSOFT,
    NORMALIZATIONS,
    WEIGHT_LIMIT,
    TokenInt8,
    per_output,
    step_and_zero,
)

if TYPE_CHECKING:
    from .graph import GraphWriter

_DAMPING = 0.01


class Inputs(NamedTuple):
    """What a matrix is multiplied with.

    ``bounded`` tells whether it has bounds whatever the text: normalized states do, and the means
    of values that attention makes of them; activations do not. ``low`` and ``high`` ``[in]`` are
    what each channel reached, ``moments`` ``[in, in]`` the sums of the channels' products.
    """

    bounded: bool
    low: np.ndarray
    high: np.ndarray
    moments: np.ndarray

    def and_those_of(self, other: Inputs) -> Inputs:
        """Both together."""
        return Inputs(
            self.bounded,
            np.minimum(self.low, other.low),
            np.maximum(self.high, other.high),
            self.moments + other.moments,
        )

    def scaled(self, factors: np.ndarray) -> Inputs:
        """Each channel times a positive factor."""
        return Inputs(
            self.bounded,
            self.low * factors,
            self.high * factors,
            self.moments * np.outer(factors, factors),
        )


class MixedInt8(TokenInt8):
    """As by token, but inputs that are bounded share a scale that was measured before.

    A known scale costs no operators. One channel of 384 gets five times as far as the others, so
    those of normalized states are brought to like ranges: Xiao et al. 2023, "SmoothQuant", equation
    4, at half strength. Weights are rounded so that their errors cancel in what is made of the
    measured inputs: Frantar et al. 2023, "GPTQ".
    """

    def __init__(self, inputs: Mapping[str, Inputs]) -> None:
        """Takes the inputs of each matrix."""
        self._inputs = inputs

    def linear(
        self,
        graph: GraphWriter,
        states: str,
        name: str,
        matrix: np.ndarray,
        bias: np.ndarray | None,
    ) -> str:
        if not self._inputs[name].bounded:
            return super().linear(graph, states, name, matrix, bias)
        product = self._product(graph, states, name, matrix)
        inputs = [
            product.integers,
            product.weight,
            product.step,
            product.scale,
            product.zero_point,
        ]
        if bias is not None:
            inputs += ["", graph.constant(f"{name}.bias", bias)]
        return graph.node("MatMulIntegerToFloat", *inputs, domain=MICROSOFT)

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
        product = self._product(graph, states, name, matrix)
        return graph.node(
            "QAttention",
            product.integers,
            product.weight,
            graph.constant(f"{name}.bias", bias),
            product.step,
            product.scale,
            mask,
            product.zero_point,
            graph.constant(f"{name}.zero", np.zeros(matrix.shape[1], dtype=np.int8)),
            domain=MICROSOFT,
            num_heads=heads,
        )

    def _product(self, graph: GraphWriter, states: str, name: str, matrix: np.ndarray) -> _Product:
        inputs = self._inputs[name]
        if graph.operator_of(states) in NORMALIZATIONS:
            furthest = np.maximum(np.maximum(-inputs.low, inputs.high), 1e-6)
            smoothing = np.sqrt(np.maximum(np.abs(matrix).max(axis=1), 1e-6) / furthest)
            smoothing = (smoothing / np.median(smoothing)).astype(np.float32)
            states = graph.node("Mul", states, graph.constant(f"{name}.smoothing", smoothing))
            inputs, matrix = inputs.scaled(smoothing), matrix / smoothing[:, None]
        step, zero = step_and_zero(float(inputs.low.min()), float(inputs.high.max()))
        values, scale = compensated(matrix, inputs.moments)
        parameters = (
            graph.constant(f"{name}.input_scale", step),
            graph.constant(f"{name}.input_zero", zero),
        )
        return _Product(
            graph.node("QuantizeLinear", states, *parameters),
            graph.constant(f"{name}.weight", values),
            graph.constant(f"{name}.scale", scale),
            *parameters,
        )

    def _integers(self, name: str, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return compensated(matrix, self._inputs[name].moments)


class _Product(NamedTuple):
    """What a product of integers takes."""

    integers: str
    weight: str
    scale: str
    step: str
    zero_point: str


def compensated(matrix: np.ndarray, moments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """As ``per_output``, but rows make up for the errors of those rounded before them."""
    _, scale = per_output(matrix)
    left = matrix.astype(np.float64)
    damping = _DAMPING * np.mean(np.diag(moments)) * np.eye(len(matrix))
    factors = np.linalg.cholesky(np.linalg.inv(moments.astype(np.float64) + damping)).T
    values = np.empty(matrix.shape, dtype=np.int8)
    for row, factor in enumerate(factors):
        integers = np.clip(np.rint(left[row] / scale), -WEIGHT_LIMIT, WEIGHT_LIMIT)
        error = (left[row] - integers * scale) / factor[row]
        left[row + 1 :] -= np.outer(factor[row + 1 :], error)
        values[row] = integers
    return values, scale
