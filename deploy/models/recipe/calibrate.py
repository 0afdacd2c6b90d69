"""Measures which values the matrices of a model meet, for a static quantization."""

from collections.abc import Sequence

import numpy as np
import onnx
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from .graph import GraphWriter, write_graph
from .model import MultiHeadModel
from .tokens import MAX_TOKENS
from .weights import Float32

# Rare values beyond are cut, so that the others keep their resolution.
_PERCENTILE = 99.99


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
    recorded = _Recorded()
    graph = write_graph(model, recorded, fused=fused, positions=MAX_TOKENS)
    tensors = sorted(set(recorded.inputs.values()))
    del graph.graph.output[:]
    graph.graph.output.extend(onnx.ValueInfoProto(name=tensor) for tensor in tensors)
    session = InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    limits: dict[str, list[tuple[float, float]]] = {tensor: [] for tensor in tensors}
    for encoding in tokenizer.encode_batch(texts):
        feed = {
            "input_ids": np.array([encoding.ids]),
            "attention_mask": np.array([encoding.attention_mask]),
        }
        for tensor, values in zip(tensors, session.run(tensors, feed), strict=True):
            low, high = np.percentile(values, (100 - _PERCENTILE, _PERCENTILE))
            limits[tensor].append((float(low), float(high)))
    # Zero must be exact.
    ranges = {
        tensor: (min(0.0, min(low for low, _ in found)), max(0.0, max(high for _, high in found)))
        for tensor, found in limits.items()
    }
    return {name: ranges[tensor] for name, tensor in recorded.inputs.items()}
