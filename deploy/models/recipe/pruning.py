"""Makes smaller models of larger ones."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor, nn

from .batches import Batch
from .model import MultiHeadModel


@dataclass(frozen=True)
class Shape:
    """The layers of a larger model that are kept, and how many inner neurons in each."""

    layers: tuple[int, ...]
    inner_size: int


# The lower layers of bge-small, whole: all layers narrowed to two thirds found fewer names.
SUPPORT = Shape(tuple(range(8)), 1536)
# Of these. Six with 640 take 14.3 MB and run 1.96 times as fast; seven with 512 1.68 times, five with
# 1024 1.89 times (15 MB and 1.8 times are wanted).
MINI = Shape((0, 1, 2, 3, 5, 7), 640)
# All of bge-small's layers: the upper ones know what a sentence means.
TUTOR = Shape(tuple(range(12)), 1024)


def pruned(model: MultiHeadModel, shape: Shape, batches: Iterable[Batch]) -> MultiHeadModel:
    """A copy with some of the layers, and the inner neurons that say most to texts like these."""
    smaller = copy.deepcopy(model)
    encoder = smaller.encoder
    use = _use(smaller, batches)
    encoder.encoder.layer = nn.ModuleList(encoder.encoder.layer[i] for i in shape.layers)
    encoder.config.num_hidden_layers = len(shape.layers)
    encoder.config.intermediate_size = shape.inner_size
    for i, layer in zip(shape.layers, encoder.encoder.layer, strict=True):
        inner, outer = layer.intermediate.dense, layer.output.dense
        kept = use[i].topk(shape.inner_size).indices.sort().values
        inner.weight = nn.Parameter(inner.weight.detach()[kept])
        inner.bias = nn.Parameter(inner.bias.detach()[kept])
        outer.weight = nn.Parameter(outer.weight.detach()[:, kept])
    return smaller


def _use(model: MultiHeadModel, batches: Iterable[Batch]) -> list[Tensor]:
    """For each layer what its inner neurons add to the states, over all tokens: ``[neurons]``."""
    layers = model.encoder.encoder.layer
    activity = [torch.zeros(model.encoder.config.intermediate_size) for _ in layers]
    model.eval()
    with torch.no_grad():
        for batch in batches:
            real = batch.tokens.mask.bool()
            hooks = [
                layer.intermediate.register_forward_hook(partial(_record, total, real))
                for layer, total in zip(layers, activity, strict=True)
            ]
            model.encode(*batch.tokens.inputs)
            for hook in hooks:
                hook.remove()
    return [
        total * layer.output.dense.weight.detach().norm(dim=0)
        for layer, total in zip(layers, activity, strict=True)
    ]


def _record(
    activity: Tensor,
    real: Tensor,
    _layer: nn.Module,
    _inputs: tuple[Tensor, ...],
    output: Tensor,
) -> None:
    activity += output[real].abs().sum(0)
