"""Turns a trained model into an ONNX graph, and that into a small one of 8-bit weights."""

from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch.export import Dim

from .model import INPUTS, MultiHeadModel

OPSET = 18


def export_onnx(model: MultiHeadModel, path: Path) -> None:
    """Writes the graph in 32-bit floats, for batches and sequences of any length."""
    # The exporter takes a size of 1 for a constant, and one tensor given twice for one input.
    samples = tuple(torch.ones(2, 8, dtype=torch.long) for _ in INPUTS)
    shape = {0: Dim("batch"), 1: Dim("sequence")}
    torch.onnx.export(
        model,
        samples,
        path,
        input_names=INPUTS,
        output_names=[head.output for head in model.heads],
        dynamic_shapes=(shape,) * len(INPUTS),
        opset_version=OPSET,
        external_data=False,
        dynamo=True,
        verbose=False,
    )


def quantize(source: Path, target: Path) -> None:
    """Stores matrices and embeddings as 8-bit integers; activations follow at run time."""
    quantize_dynamic(
        _bare(source),
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        # Seven bits: without VNNI, eight would overflow the CPU's 16-bit sums.
        reduce_range=True,
    )


def _bare(path: Path) -> onnx.ModelProto:
    """A graph without the exporter's notes on it."""
    model = onnx.load(path)
    # The quantizer transposes matrices and stumbles over the shapes noted for them.
    model.graph.ClearField("value_info")
    # Stack traces, with the paths of the machine that exported.
    for noted in (model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output):
        noted.ClearField("metadata_props")
    return model
