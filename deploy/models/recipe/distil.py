"""What a smaller model learns from a larger one."""

import torch
from torch import Tensor
from torch.nn import functional

from .batches import Batch
from .heads import TEXT
from .losses import Loss, label_loss
from .model import MultiHeadModel

TEMPERATURE = 2.0
STATES_WEIGHT = 3.0


def distilled_loss(teacher: MultiHeadModel) -> Loss:
    """How far a model is from its teacher on a batch, and half of the labels' loss.

    Soft answers as in Hinton et al. 2015, "Distilling the Knowledge in a Neural Network", and the
    encoder's states as in Jiao et al. 2020, "TinyBERT".
    """
    teacher.eval()

    def loss(model: MultiHeadModel, batch: Batch) -> Tensor:
        with torch.no_grad():
            taught = teacher.encode(*batch.inputs)
            answers = teacher.logits(batch.head, taught, batch.attention_mask).float()
        states = model.encode(*batch.inputs)
        learnt = model.logits(batch.head, states, batch.attention_mask).float()
        real = batch.attention_mask.bool()
        apart = functional.mse_loss(states[real].float(), taught[real].float())
        return (
            STATES_WEIGHT * apart
            + _divergence(batch, learnt, answers)
            + 0.5 * label_loss(batch, learnt)
        )

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
