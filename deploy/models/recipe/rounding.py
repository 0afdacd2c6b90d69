"""Trains with the errors of the format that is shipped, so that answers do not hang on them."""

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional

from .model import MultiHeadModel
from .weights import WEIGHT_LIMIT

_SMALLEST = 1e-6


def rounding(model: MultiHeadModel) -> MultiHeadModel:
    """A copy whose encoder multiplies by 8-bit integers, as ``mixed`` writes it, with its own names.

    Gradients pass through the rounding as if it were none: Jacob et al. 2018, "Quantization and
    Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference".
    """
    copied = copy.deepcopy(model)
    for layer in copied.encoder.encoder.layer:
        attention = layer.attention.self
        for name in ("query", "key", "value"):
            setattr(attention, name, _Smoothed.of(getattr(attention, name)))
        layer.attention.output.dense = _Bounded.of(layer.attention.output.dense)
        layer.intermediate.dense = _Smoothed.of(layer.intermediate.dense)
        layer.output.dense = _ByToken.of(layer.output.dense)
    return copied


class _Rounded(nn.Linear):
    """A product of rounded weights and inputs."""

    @classmethod
    def of(cls, exact: nn.Linear) -> "_Rounded":
        """With the parameters of an exact one."""
        made = cls(exact.in_features, exact.out_features)
        made.weight, made.bias = exact.weight, exact.bias
        return made

    def _product(self, inputs: Tensor, weight: Tensor) -> Tensor:
        furthest = weight.detach().abs().amax(1)
        return functional.linear(inputs, _by_row(weight, furthest, WEIGHT_LIMIT), self.bias)


class _Bounded(_Rounded):
    """One scale for all inputs."""

    def forward(self, inputs: Tensor) -> Tensor:
        return self._product(_by_range(inputs.float()), self.weight)


class _Smoothed(_Rounded):
    """One scale for all inputs, once their channels reach alike far."""

    def forward(self, inputs: Tensor) -> Tensor:
        inputs = inputs.float()
        furthest = inputs.detach().abs().flatten(0, -2).amax(0)
        largest = self.weight.detach().abs().amax(0)
        smoothing = (largest.clamp_min(_SMALLEST) / furthest.clamp_min(_SMALLEST)).sqrt()
        return self._product(_by_range(inputs * smoothing), self.weight / smoothing)


class _ByToken(_Rounded):
    """A scale for the input of each token."""

    def forward(self, inputs: Tensor) -> Tensor:
        tokens = inputs.float().flatten(0, -2)
        rounded = _by_row(tokens, tokens.detach().abs().amax(1), 127)
        return self._product(rounded.view(inputs.shape), self.weight)


def _by_row(matrix: Tensor, furthest: Tensor, limit: int) -> Tensor:
    """Rounds each row to integers up to a limit, times a scale that takes it as far as it gets."""
    scale = furthest.clamp_min(_SMALLEST) / limit
    zeros = torch.zeros_like(scale, dtype=torch.int32)
    return torch.fake_quantize_per_channel_affine(matrix, scale, zeros, 0, -limit, limit)


def _by_range(values: Tensor) -> Tensor:
    """Rounds to 256 steps from the lowest to the highest."""
    low, high = torch.aminmax(values.detach())
    step = (high - low).clamp_min(_SMALLEST) / 255
    zero = (-low / step).round().clamp(0, 255).to(torch.int32)
    return torch.fake_quantize_per_tensor_affine(values, step, zero, 0, 255)
