"""What a model learns from trained ones."""

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional

from .batches import Batch
from .heads import TEXT, Head
from .losses import Loss, label_loss, logits_of
from .model import MultiHeadModel, pick_device

TEMPERATURE = 2.0
STATES_WEIGHT = 3.0
HIDDEN_TEXTS = 0.5
HIDDEN_TOKENS = 0.2


def tutored_loss(tutors: Mapping[Head, MultiHeadModel], mask_id: int) -> Loss:
    """How far a model is from the tutor of a batch's head, and half of the labels' loss.

    Tutors know by heart what they were trained on. Texts with hidden tokens make them say more than
    the labels do. They read the texts without slips, so the model learns to see through these.
    """
    for tutor in tutors.values():
        tutor.to(pick_device()).eval()

    def loss(model: MultiHeadModel, batch: Batch) -> Tensor:
        seen = batch.hiding(HIDDEN_TEXTS, HIDDEN_TOKENS, mask_id)
        with torch.no_grad():
            taught = logits_of(tutors[batch.head], seen.head, seen.corrected)
        learnt = logits_of(model, seen.head, seen.tokens)
        return _divergence(seen, learnt, taught) + 0.5 * label_loss(seen, learnt)

    return loss


def distilled_loss(teacher: MultiHeadModel, mask_id: int) -> Loss:
    """How far a model is from its teacher on a batch, and half of the labels' loss.

    Soft answers as in Hinton et al. 2015, "Distilling the Knowledge in a Neural Network", and the
    encoder's states as in Jiao et al. 2020, "TinyBERT". Tokens are hidden as by a tutor.
    """
    teacher.to(pick_device()).eval()

    def loss(model: MultiHeadModel, batch: Batch) -> Tensor:
        seen = batch.hiding(HIDDEN_TEXTS, HIDDEN_TOKENS, mask_id)
        with torch.no_grad():
            taught = teacher.encode(*seen.tokens.inputs)
            answers = teacher.logits(seen.head, taught, seen.tokens.mask).float()
        states = model.encode(*seen.tokens.inputs)
        learnt = model.logits(seen.head, states, seen.tokens.mask).float()
        real = seen.tokens.mask.bool()
        apart = functional.mse_loss(states[real].float(), taught[real].float())
        return (
            STATES_WEIGHT * apart
            + _divergence(seen, learnt, answers)
            + 0.5 * label_loss(seen, learnt)
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
        real = batch.tokens.mask.bool()
        learnt, taught = learnt[real], taught[real]
    softened = functional.kl_div(
        (learnt / TEMPERATURE).log_softmax(-1),
        (taught / TEMPERATURE).log_softmax(-1),
        reduction="batchmean",
        log_target=True,
    )
    return TEMPERATURE**2 * softened
