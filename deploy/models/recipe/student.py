"""Makes a smaller model of a trained one."""

import copy

from torch import nn

from .model import MultiHeadModel

# Depth finds names, and width costs time.
LAYERS = (0, 1, 2, 3, 4, 6, 7)
INTERMEDIATE_SIZE = 512


def pruned(teacher: MultiHeadModel) -> MultiHeadModel:
    """A copy with some of the layers, and the most useful part of their inner neurons."""
    student = copy.deepcopy(teacher)
    encoder = student.encoder
    encoder.encoder.layer = nn.ModuleList(encoder.encoder.layer[i] for i in LAYERS)
    encoder.config.num_hidden_layers = len(LAYERS)
    encoder.config.intermediate_size = INTERMEDIATE_SIZE
    for layer in encoder.encoder.layer:
        inner, outer = layer.intermediate.dense, layer.output.dense
        weight_in, weight_out = inner.weight.detach(), outer.weight.detach()
        use = weight_in.norm(dim=1) * weight_out.norm(dim=0)
        kept = use.topk(INTERMEDIATE_SIZE).indices.sort().values
        inner.weight = nn.Parameter(weight_in[kept])
        inner.bias = nn.Parameter(inner.bias.detach()[kept])
        outer.weight = nn.Parameter(weight_out[:, kept])
    return student
