"""Makes a smaller model of a trained one."""

import copy
import json
from collections import Counter
from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import nn

from .model import MultiHeadModel

# Depth finds names, and width costs time: four layers of 1024 are as fast and know fewer of them.
LAYERS = (0, 1, 3, 4, 5)
INTERMEDIATE_SIZE = 512
# Lower ids stand for commoner words.
COMMON_TOKENS = 16_000


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


def kept_tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> list[int]:
    """The tokens of a smaller vocabulary: common ones, those of the texts, and single characters.

    With all single characters every word can still be read, in smaller pieces.
    """
    occurrences = Counter(i for e in tokenizer.encode_batch(texts) for i in e.ids)
    vocabulary = tokenizer.get_vocab()
    return sorted(
        i
        for token, i in vocabulary.items()
        if not token.startswith("[unused")
        and (i < COMMON_TOKENS or occurrences[i] > 1 or len(token.removeprefix("##")) == 1)
    )


def smaller_tokenizer(tokenizer: str, kept: Sequence[int]) -> str:
    """A tokenizer.json with the kept tokens only, numbered anew in their order."""
    content = json.loads(tokenizer)
    new = {old: i for i, old in enumerate(kept)}
    model = content["model"]
    model["vocab"] = {
        token: new[i] for token, i in sorted(model["vocab"].items(), key=lambda t: t[1]) if i in new
    }
    for token in content["added_tokens"]:
        token["id"] = new[token["id"]]
    for token in content["post_processor"]["special_tokens"].values():
        token["ids"] = [new[i] for i in token["ids"]]
    return json.dumps(content, ensure_ascii=False, indent=2)


def with_tokens(model: MultiHeadModel, kept: Sequence[int]) -> MultiHeadModel:
    """A copy whose embeddings hold the kept tokens only."""
    smaller = copy.deepcopy(model)
    words = smaller.encoder.embeddings.word_embeddings
    rows = words.weight.detach()[torch.tensor(kept)]
    smaller.encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(rows)
    smaller.encoder.config.vocab_size = len(kept)
    return smaller
