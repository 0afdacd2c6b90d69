"""Trains all heads together: every step takes a batch of every head."""

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_
from torch.optim.lr_scheduler import LambdaLR

from .checkpoint import Checkpoint
from .data import Labelled, Tagged
from .heads import TEXT, Head
from .model import MultiHeadModel, pick_device
from .tokens import admissible_labels

log = logging.getLogger(__name__)

LOG_EVERY = 100
SAVE_EVERY = 100
# Batches sorted by length together: enough that texts of like length meet, few enough to mix.
BATCHES_IN_BUCKET = 25


@dataclass(frozen=True)
class TrainingConfig:
    """The settings of a training run."""

    steps: int
    seed: int = 17
    learning_rate: float = 2e-4
    head_learning_rate: float = 6e-4
    warm_up: float = 0.06
    weight_decay: float = 0.01
    threads: int = 2
    bf16: bool = False


@dataclass(frozen=True)
class Example:
    """Token ids, and by position the indices of the labels that hold or are admissible.

    A head for whole texts has its labels at position 0. Positions left out teach nothing.
    """

    ids: list[int]
    labels: dict[int, list[int]]


@dataclass(frozen=True)
class Task:
    """A head and what it learns from: ``epoch`` makes the examples of another epoch."""

    head: Head
    batch_size: int
    weight: float
    epoch: Callable[[random.Random], list[Example]]


@dataclass(frozen=True)
class Batch:
    """Padded examples of one head; ``labels`` is true for each label of a position."""

    head: Head
    input_ids: Tensor
    attention_mask: Tensor
    labels: Tensor

    @property
    def inputs(self) -> tuple[Tensor, Tensor, Tensor]:
        """What the encoder reads: token ids, the mask of padding, and one segment for all."""
        return self.input_ids, self.attention_mask, torch.zeros_like(self.input_ids)

    def to(self, device: torch.device) -> "Batch":
        """The same batch on a device."""
        moved = (t.to(device) for t in (self.input_ids, self.attention_mask, self.labels))
        return Batch(self.head, *moved)


Loss = Callable[[MultiHeadModel, Batch], Tensor]


def text_examples(head: Head, examples: Sequence[Labelled], tokenizer: Tokenizer) -> list[Example]:
    """Examples for a head that labels whole texts."""
    index = {label: i for i, label in enumerate(head.labels)}
    encodings = tokenizer.encode_batch([example.text for example in examples])
    return [
        Example(encoding.ids, {0: [index[label] for label in example.labels]})
        for encoding, example in zip(encodings, examples, strict=True)
    ]


def token_examples(head: Head, examples: Sequence[Tagged], tokenizer: Tokenizer) -> list[Example]:
    """Examples for a head that labels tokens."""
    index = {label: i for i, label in enumerate(head.labels)}
    encodings = tokenizer.encode_batch([example.text for example in examples])
    return [
        Example(
            encoding.ids,
            {
                i: [index[label] for label in labels]
                for i, labels in admissible_labels(encoding, example, head.labels).items()
            },
        )
        for encoding, example in zip(encodings, examples, strict=True)
    ]


def train(
    model: MultiHeadModel,
    tasks: Sequence[Task],
    config: TrainingConfig,
    checkpoint: Path,
    loss: Loss | None = None,
) -> None:
    """Trains a model in place and leaves it on the CPU, ready to be exported.

    A training that was cut off goes on from its checkpoint.
    """
    loss = loss or batch_loss
    torch.set_num_threads(config.threads)
    device = pick_device()
    model.to(device).train()
    streams = [_batches(task, random.Random(f"{config.seed} {task.head.name}")) for task in tasks]
    optimizer = _optimizer(model, config)
    schedule = LambdaLR(optimizer, _linear_decay(config.steps, config.warm_up))
    saved = Checkpoint(checkpoint, model=model, optimizer=optimizer, schedule=schedule)
    done = saved.restore()
    for stream in streams:
        next(islice(stream, done, done), None)
    meter = _Meter(config.steps)
    for step in range(done + 1, config.steps + 1):
        for task, stream in zip(tasks, streams, strict=True):
            batch = next(stream).to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=config.bf16):
                value = loss(model, batch)
            (task.weight * value).backward()
            meter.record(task.head, value.item())
        clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        meter.step(step)
        if step % SAVE_EVERY == 0:
            saved.save(step)
    model.cpu().eval()


def batch_loss(model: MultiHeadModel, batch: Batch) -> Tensor:
    """How little probability the model gives to the labels of a batch."""
    return label_loss(batch, batch_logits(model, batch))


def batch_logits(model: MultiHeadModel, batch: Batch) -> Tensor:
    """What the model says to a batch: logits of the batch's head, in 32 bits."""
    states = model.encode(*batch.inputs)
    return model.logits(batch.head, states, batch.attention_mask).float()


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
    return -log_probabilities.masked_fill(forbidden, -torch.inf).logsumexp(-1).mean()


def _batches(task: Task, rng: random.Random) -> Iterator[Batch]:
    """Epoch after epoch, in batches of like length and random order."""
    while True:
        batches = list(_buckets(task.epoch(rng), task.batch_size, rng))
        rng.shuffle(batches)
        for batch in batches:
            yield collate(task.head, batch)


def _buckets(
    examples: Sequence[Example], batch_size: int, rng: random.Random
) -> Iterator[list[Example]]:
    shuffled = rng.sample(examples, len(examples))
    bucket_size = batch_size * BATCHES_IN_BUCKET
    for start in range(0, len(shuffled), bucket_size):
        bucket = sorted(shuffled[start : start + bucket_size], key=lambda e: len(e.ids))
        for at in range(0, len(bucket), batch_size):
            yield bucket[at : at + batch_size]


def collate(head: Head, examples: Sequence[Example]) -> Batch:
    """Pads examples to a batch."""
    length = max(len(example.ids) for example in examples)
    positions = 1 if head.task == TEXT else length
    input_ids = torch.zeros(len(examples), length, dtype=torch.long)
    attention_mask = torch.zeros_like(input_ids)
    # A position that teaches nothing admits every label.
    shape = (len(examples), positions, len(head.labels))
    labels = torch.ones(shape, dtype=torch.bool)
    for row, example in enumerate(examples):
        input_ids[row, : len(example.ids)] = torch.tensor(example.ids)
        attention_mask[row, : len(example.ids)] = 1
        for position, held in example.labels.items():
            labels[row, position] = False
            labels[row, position, held] = True
    return Batch(head, input_ids, attention_mask, labels)


def _optimizer(model: MultiHeadModel, config: TrainingConfig) -> torch.optim.Optimizer:
    """AdamW that leaves biases and normalisation weights undecayed."""
    parts = (
        (model.encoder, config.learning_rate),
        (model.layers, config.head_learning_rate),
    )
    groups = [
        {
            "params": [p for p in part.parameters() if p.requires_grad and (p.ndim > 1) == matrix],
            "lr": rate,
            "weight_decay": config.weight_decay if matrix else 0.0,
        }
        for part, rate in parts
        for matrix in (True, False)
    ]
    return torch.optim.AdamW(groups, fused=True)


def _linear_decay(steps: int, warm_up: float) -> Callable[[int], float]:
    """Factor of the learning rate: up over the warm-up, then down to zero."""
    rising = max(1, round(steps * warm_up))
    falling = max(1, steps - rising)
    return lambda step: min((step + 1) / rising, (steps - step) / falling)


class _Meter:
    """Logs the mean loss of every head now and then."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._losses: dict[str, list[float]] = {}
        self._began = time.monotonic()

    def record(self, head: Head, loss: float) -> None:
        self._losses.setdefault(head.name, []).append(loss)

    def step(self, step: int) -> None:
        if step % LOG_EVERY == 0 or step == self._steps:
            means = {name: f"{sum(v) / len(v):.3f}" for name, v in self._losses.items()}
            elapsed = time.monotonic() - self._began
            log.info("step %d of %d, %.0f s, loss %s", step, self._steps, elapsed, means)
            self._losses.clear()
