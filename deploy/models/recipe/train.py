"""Trains all heads together: every batch belongs to one head, the batches of all are mixed."""

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.utils import clip_grad_norm_
from torch.optim.lr_scheduler import LambdaLR

from .data import Labelled, Tagged
from .heads import TEXT, Head
from .model import MultiHeadModel, pick_device
from .tokens import admissible_labels

log = logging.getLogger(__name__)

LOG_EVERY = 100
# Batches sorted by length together: enough that texts of like length meet, few enough to mix.
BATCHES_IN_BUCKET = 25


@dataclass(frozen=True)
class TrainingConfig:
    """The settings of a training run."""

    seed: int = 17
    batch_size: int = 32
    learning_rate: float = 2e-4
    warm_up: float = 0.1
    weight_decay: float = 0.01
    threads: int = 2
    bf16: bool = False


@dataclass(frozen=True)
class Example:
    """Token ids, and by position the indices of the admissible labels.

    A head for whole texts has its labels at position 0. Positions left out teach nothing.
    """

    ids: list[int]
    admissible: dict[int, list[int]]


@dataclass(frozen=True)
class Task:
    """A head and the examples it learns from."""

    head: Head
    examples: list[Example]
    epochs: int


@dataclass(frozen=True)
class Batch:
    """Padded examples of one head; ``admissible`` is true for each label a position may have."""

    head: Head
    input_ids: Tensor
    attention_mask: Tensor
    admissible: Tensor

    def to(self, device: torch.device) -> "Batch":
        """The same batch on a device."""
        moved = (t.to(device) for t in (self.input_ids, self.attention_mask, self.admissible))
        return Batch(self.head, *moved)


def text_examples(head: Head, examples: Sequence[Labelled], tokenizer: Tokenizer) -> list[Example]:
    """Examples for a head that labels whole texts."""
    index = {label: i for i, label in enumerate(head.labels)}
    encodings = tokenizer.encode_batch([example.text for example in examples])
    return [
        Example(encoding.ids, {0: [index[example.label]]})
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


def train(model: MultiHeadModel, tasks: Sequence[Task], config: TrainingConfig) -> None:
    """Trains a model in place and leaves it on the CPU, ready to be exported."""
    torch.set_num_threads(config.threads)
    device = pick_device()
    model.to(device).train()
    lessons = _lessons(tasks, config.batch_size, random.Random(config.seed))
    optimizer = _optimizer(model, config)
    schedule = LambdaLR(optimizer, _linear_decay(len(lessons), config.warm_up))
    meter = _Meter(len(lessons))
    for step, (head, examples) in enumerate(lessons, start=1):
        batch = _collate(head, examples).to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=config.bf16):
            loss = batch_loss(model, batch)
        loss.backward()
        clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        meter.record(step, head, loss.item())
    model.cpu().eval()


def batch_loss(model: MultiHeadModel, batch: Batch) -> Tensor:
    """How little probability the model gives to the admissible labels, per taught position."""
    states = model.encode(batch.input_ids, batch.attention_mask, torch.zeros_like(batch.input_ids))
    logits = model.logits(batch.head, states, batch.attention_mask).float()
    if batch.head.task == TEXT:
        logits = logits.unsqueeze(1)
    taught = ~batch.admissible.all(-1)
    log_probabilities = logits[taught].log_softmax(-1)
    forbidden = ~batch.admissible[taught]
    return -log_probabilities.masked_fill(forbidden, -torch.inf).logsumexp(-1).mean()


def _lessons(
    tasks: Sequence[Task], batch_size: int, rng: random.Random
) -> list[tuple[Head, list[Example]]]:
    """The epochs of every task in their order, the batches of all tasks mixed."""
    queues = [
        [(task.head, batch) for _ in range(task.epochs) for batch in _epoch(task, batch_size, rng)]
        for task in tasks
    ]
    turns = [i for i, queue in enumerate(queues) for _ in queue]
    rng.shuffle(turns)
    remaining = [iter(queue) for queue in queues]
    return [next(remaining[i]) for i in turns]


def _epoch(task: Task, batch_size: int, rng: random.Random) -> list[list[Example]]:
    """All examples once, in batches of like length and random order."""
    batches = list(_buckets(task.examples, batch_size, rng))
    rng.shuffle(batches)
    return batches


def _buckets(
    examples: Sequence[Example], batch_size: int, rng: random.Random
) -> Iterator[list[Example]]:
    shuffled = rng.sample(examples, len(examples))
    bucket_size = batch_size * BATCHES_IN_BUCKET
    for start in range(0, len(shuffled), bucket_size):
        bucket = sorted(shuffled[start : start + bucket_size], key=lambda e: len(e.ids))
        for at in range(0, len(bucket), batch_size):
            yield bucket[at : at + batch_size]


def _collate(head: Head, examples: Sequence[Example]) -> Batch:
    length = max(len(example.ids) for example in examples)
    positions = 1 if head.task == TEXT else length
    input_ids = torch.zeros(len(examples), length, dtype=torch.long)
    attention_mask = torch.zeros_like(input_ids)
    admissible = torch.ones(len(examples), positions, len(head.labels), dtype=torch.bool)
    for row, example in enumerate(examples):
        input_ids[row, : len(example.ids)] = torch.tensor(example.ids)
        attention_mask[row, : len(example.ids)] = 1
        for position, labels in example.admissible.items():
            admissible[row, position] = False
            admissible[row, position, labels] = True
    return Batch(head, input_ids, attention_mask, admissible)


def _optimizer(model: MultiHeadModel, config: TrainingConfig) -> torch.optim.Optimizer:
    """AdamW that leaves biases and normalisation weights undecayed."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    vectors = [p for p in model.parameters() if p.ndim <= 1]
    groups = [
        {"params": matrices, "weight_decay": config.weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate, fused=True)


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

    def record(self, step: int, head: Head, loss: float) -> None:
        self._losses.setdefault(head.name, []).append(loss)
        if step % LOG_EVERY == 0 or step == self._steps:
            means = {name: f"{sum(v) / len(v):.3f}" for name, v in sorted(self._losses.items())}
            elapsed = time.monotonic() - self._began
            log.info("step %d of %d, %.0f s, loss %s", step, self._steps, elapsed, means)
            self._losses.clear()
