"""Measures which values the matrices of a model meet, for scales that do not depend on a text."""

from collections.abc import Iterator, Sequence, Set

import numpy as np
import onnx
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from .graph import GraphWriter, write_graph
from .mixed import Inputs
from .model import MultiHeadModel
from .tokens import MAX_TOKENS
from .weights import NORMALIZATIONS, Float32

# Rare values beyond are cut, so that the others keep their resolution.
_PERCENTILE = 99.99
# The last of them makes what attention gives in a plain graph.
_BOUNDED = (*NORMALIZATIONS, "MultiHeadAttention", "Reshape")


class _Recorded(Float32):
    """Notes which tensor each matrix is multiplied with."""

    def __init__(self) -> None:
        self.inputs: dict[str, str] = {}

    def linear(
        self,
        graph: GraphWriter,
        states: str,
        name: str,
        matrix: np.ndarray,
        bias: np.ndarray | None,
    ) -> str:
        self.inputs[name] = states
        return super().linear(graph, states, name, matrix, bias)


def input_ranges(
    model: MultiHeadModel, texts: Sequence[str], tokenizer: Tokenizer, *, fused: bool
) -> dict[str, tuple[float, float]]:
    """The lowest and the highest input of every matrix, rare ones left out."""
    inputs, graph = _recorded(model, fused=fused)
    limits: dict[str, list[tuple[float, float]]] = {}
    for tensor, values in _values(graph, set(inputs.values()), texts, tokenizer):
        low, high = np.percentile(values, (100 - _PERCENTILE, _PERCENTILE))
        limits.setdefault(tensor, []).append((float(low), float(high)))
    # Zero must be exact.
    ranges = {
        tensor: (min(0.0, min(low for low, _ in found)), max(0.0, max(high for _, high in found)))
        for tensor, found in limits.items()
    }
    return {name: ranges[tensor] for name, tensor in inputs.items()}


def measured_inputs(
    model: MultiHeadModel, texts: Sequence[str], tokenizer: Tokenizer, *, fused: bool
) -> dict[str, Inputs]:
    """What every matrix is multiplied with."""
    inputs, graph = _recorded(model, fused=fused)
    bounded = {o for n in graph.graph.node if n.op_type in _BOUNDED for o in n.output}
    measured: dict[str, Inputs] = {}
    for tensor, values in _values(graph, set(inputs.values()), texts, tokenizer):
        rows = values[0]
        here = Inputs(tensor in bounded, rows.min(axis=0), rows.max(axis=0), rows.T @ rows)
        measured[tensor] = measured[tensor].and_those_of(here) if tensor in measured else here
    return {name: measured[tensor] for name, tensor in inputs.items()}


def _recorded(model: MultiHeadModel, *, fused: bool) -> tuple[dict[str, str], onnx.ModelProto]:
    """The tensor that each matrix is multiplied with, and the graph."""
    recorded = _Recorded()
    graph = write_graph(model, recorded, fused=fused, positions=MAX_TOKENS)
    return recorded.inputs, graph


def _values(
    graph: onnx.ModelProto, tensors: Set[str], texts: Sequence[str], tokenizer: Tokenizer
) -> Iterator[tuple[str, np.ndarray]]:
    """What some tensors ``[1, tokens, in]`` hold, text by text."""
    names = sorted(tensors)
    del graph.graph.output[:]
    graph.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
    session = InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    for encoding in tokenizer.encode_batch(texts):
        feed = {
            "input_ids": np.array([encoding.ids]),
            "attention_mask": np.array([encoding.attention_mask]),
        }
        yield from zip(names, session.run(names, feed), strict=True)
