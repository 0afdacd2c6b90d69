"""What training makes small."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from .batches import Batch, Tokens
from .heads import TEXT, Head
from .model import MultiHeadModel

# In the paper's formula, where the two losses of labels are summed, twice as much.
CONSISTENCY = 1.0

Loss = Callable[[MultiHeadModel, Batch], Tensor]


def batch_loss(model: MultiHeadModel, batch: Batch) -> Tensor:
    """How little probability the model gives to the labels of a batch."""
    return label_loss(batch, logits_of(model, batch.head, batch.tokens))


def corrected_loss(model: MultiHeadModel, batch: Batch) -> Tensor:
    """The loss of a batch that the model reads without slips."""
    return label_loss(batch, logits_of(model, batch.head, batch.corrected))


def consistent_loss(model: MultiHeadModel, batch: Batch) -> Tensor:
    """The loss of a batch; of one label for each text also how much dropout changes the answer.

    As in Liang et al. 2021, "R-Drop: Regularized Dropout for Neural Networks".
    """
    if batch.head.task != TEXT or batch.head.multi_label:
        return batch_loss(model, batch)
    both = batch.twice()
    logits = logits_of(model, both.head, both.tokens)
    one, other = logits.log_softmax(-1).chunk(2)
    apart = sum(
        functional.kl_div(p, q, reduction="batchmean", log_target=True)
        for p, q in ((one, other), (other, one))
    )
    return label_loss(both, logits) + CONSISTENCY * 0.5 * apart


def logits_of(model: MultiHeadModel, head: Head, tokens: Tokens) -> Tensor:
    """What the model says to texts: logits of one head, in 32 bits."""
    return model.logits(head, model.encode(*tokens.inputs), tokens.mask).float()


def label_loss(batch: Batch, logits: Tensor) -> Tensor:
    """How little probability logits of the batch's head give to its labels.

    Of a multi-label head the sum of the labels' binary cross-entropies, per text; else the negative
    logarithm of the probability of all admissible labels together, per taught position.
    """
    if batch.head.task == TEXT:
        logits = logits.unsqueeze(1)
    if batch.head.multi_label:
        each = functional.binary_cross_entropy_with_logits(
            logits, batch.labels.float(), reduction="none"
        )
        return each.sum(-1).mean()
    taught = ~batch.labels.all(-1)
    log_probabilities = logits[taught].log_softmax(-1)
    forbidden = ~batch.labels[taught]
    each = -log_probabilities.masked_fill(forbidden, -torch.inf).logsumexp(-1)
    return each.sum() / max(1, len(each))
