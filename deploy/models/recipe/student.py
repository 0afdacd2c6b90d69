"""Makes a smaller model of a trained one and lets it learn to answer alike."""

import copy
import json
from collections import Counter
from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from .heads import TEXT
from .model import MultiHeadModel
from .train import Batch, Loss, label_loss

LAYERS = (0, 2, 5)
INTERMEDIATE_SIZE = 1024
# Lower ids stand for commoner words.
COMMON_TOKENS = 16_000
TEMPERATURE = 2.0


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


def distillation_loss(teacher: MultiHeadModel) -> Loss:
    """The loss of a student that is shown the teacher's answers of all heads to every text.

    Soft answers as in Hinton et al. 2015, "Distilling the Knowledge in a Neural Network", the last
    states as in Sun et al. 2019, "Patient Knowledge Distillation", and half of the labels' loss.
    """
    teacher.eval()

    def loss(student: MultiHeadModel, batch: Batch) -> Tensor:
        with torch.no_grad():
            shown = teacher.encode(*batch.inputs)
        states = student.encode(*batch.inputs)
        real = batch.attention_mask.bool()
        total = functional.mse_loss(states[real].float(), shown[real].float())
        total = total * states.shape[-1] / 100
        for head in student.heads:
            with torch.no_grad():
                taught = teacher.logits(head, shown, batch.attention_mask).float()
            learnt = student.logits(head, states, batch.attention_mask).float()
            if head == batch.head:
                total = total + 0.5 * label_loss(batch, learnt)
            if head.multi_label:
                each = functional.binary_cross_entropy_with_logits(
                    learnt, taught.sigmoid(), reduction="none"
                )
                total = total + 0.5 * each.sum(-1).mean()
                continue
            if head.task != TEXT:
                taught, learnt = taught[real], learnt[real]
            total = total + divergence(learnt, taught)
        return total

    return loss


def divergence(learnt: Tensor, taught: Tensor) -> Tensor:
    """How far soft answers, logits of shape ``[answers, labels]``, are from those taught."""
    softened = functional.kl_div(
        (learnt / TEMPERATURE).log_softmax(-1),
        (taught / TEMPERATURE).log_softmax(-1),
        reduction="batchmean",
        log_target=True,
    )
    return TEMPERATURE**2 * softened


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
