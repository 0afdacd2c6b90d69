"""What a model learns from trained ones."""

from collections.abc import Mapping, Sequence
from itertools import chain

import torch
from torch import Tensor
from torch.nn import functional

from .batches import Batch
from .heads import TEXT, Head
from .losses import Loss, batch_logits, label_loss
from .model import MultiHeadModel, pick_device

TEMPERATURE = 2.0
STATES_WEIGHT = 3.0
HIDDEN_TEXTS = 0.5
HIDDEN_TOKENS = 0.2


def tutored_loss(tutors: Mapping[Head, Sequence[MultiHeadModel]], mask_id: int) -> Loss:
    """How far a model is from the mean of a batch's tutors, and half of the labels' loss.

    Tutors know by heart what they were trained on. Texts with hidden tokens make them say more than
    the labels do.
    """
    for tutor in chain(*tutors.values()):
        tutor.to(pick_device()).eval()

    def loss(model: MultiHeadModel, batch: Batch) -> Tensor:
        seen = batch.hiding(HIDDEN_TEXTS, HIDDEN_TOKENS, mask_id)
        with torch.no_grad():
            answers = [batch_logits(tutor, seen) for tutor in tutors[batch.head]]
        learnt = batch_logits(model, seen)
        taught = torch.stack(answers).mean(0)
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
            taught = teacher.encode(*seen.inputs)
            answers = teacher.logits(seen.head, taught, seen.attention_mask).float()
        states = model.encode(*seen.inputs)
        learnt = model.logits(seen.head, states, seen.attention_mask).float()
        real = seen.attention_mask.bool()
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
        real = batch.attention_mask.bool()
        learnt, taught = learnt[real], taught[real]
    softened = functional.kl_div(
        (learnt / TEMPERATURE).log_softmax(-1),
        (taught / TEMPERATURE).log_softmax(-1),
        reduction="batchmean",
        log_target=True,
    )
    return TEMPERATURE**2 * softened
