"""Reads the weights of a packed model back, to train on without those of 32 bits."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer

from .base import Base
from .bundle import MODEL_FILE
from .heads import Head
from .model import MultiHeadModel
from .pruning import Shape


def read_back(folder: Path, base: Base, heads: Sequence[Head], shape: Shape) -> MultiHeadModel:
    """The model of a bundle that was packed with the tokenizer of a base.

    Exits where it was not: then its texts, and those held out of them, were others.
    """
    vocabulary = Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab()
    if vocabulary != base.tokenizer.get_vocab():
        raise SystemExit(
            f"{folder} has another vocabulary, so it was trained on other texts"
            " or with another seed"
        )
    model = base.untrained(heads, len(shape.layers), shape.inner_size)
    restore(model, folder / MODEL_FILE)
    return model.eval()


def restore(model: MultiHeadModel, graph: Path) -> None:
    """Sets a model's weights to those of its graph in the format that is shipped.

    They come as exact as their 8 bits are, and are told apart by the names that ``graph`` gives.
    """
    constants = {c.name: numpy_helper.to_array(c) for c in onnx.load(graph).graph.initializer}
    weights = {name: _exact(name, values, constants) for name, values in constants.items()}
    model.load_state_dict(
        {
            name: torch.from_numpy(_weight(name, own.shape, weights).copy())
            for name, own in model.state_dict().items()
        }
    )


def _exact(name: str, values: np.ndarray, constants: dict[str, np.ndarray]) -> np.ndarray:
    matrix = name.removesuffix(".weight")
    scale = constants.get(f"{matrix}.scale")
    if scale is None:
        return values
    exact = values.astype(np.float32) * scale
    smoothing = constants.get(f"{matrix}.smoothing")
    return exact if smoothing is None else exact * smoothing[:, None]


def _weight(name: str, shape: torch.Size, weights: dict[str, np.ndarray]) -> np.ndarray:
    """What the graph holds transposed, joined or summed up, as the model has it."""
    if name.endswith("word_embeddings.weight"):
        return weights["words"]
    if name.endswith("position_embeddings.weight"):
        # Positions behind the last one of a window are never read.
        return np.pad(weights["positions"], ((0, shape[0] - len(weights["positions"])), (0, 0)))
    if name.endswith("token_type_embeddings.weight"):
        return np.zeros(shape, dtype=np.float32)  # part of the positions
    layer, attention, part = name.partition(".attention.self.")
    if attention:
        projection, _, kind = part.partition(".")
        merged = weights[f"{layer}{attention}qkv.{kind}"]
        return np.split(merged, 3, axis=-1)[("query", "key", "value").index(projection)].T
    return weights[name].T
