"""Examples of a head, and batches of them."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from .data import Labelled, Tagged
from .heads import TEXT, Head
from .tokens import admissible_labels

# Batches sorted by length together: enough that texts of like length meet, few enough to mix.
BATCHES_IN_BUCKET = 25
# Kernels are prepared for each shape: few of them are met again soon.
LENGTH_STEP = 8


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

    def twice(self) -> "Batch":
        """The examples, and behind them the same ones again."""
        doubled = (torch.cat([t, t]) for t in (self.input_ids, self.attention_mask, self.labels))
        return Batch(self.head, *doubled)

    def hiding(self, texts: float, tokens: float, mask_id: int) -> "Batch":
        """The same batch with a share of the tokens hidden in a share of the texts."""
        rows = torch.rand(len(self.input_ids), 1, device=self.input_ids.device) < texts
        hidden = rows & (torch.rand(self.input_ids.shape, device=rows.device) < tokens)
        # Not the padding, nor the special tokens at either end.
        behind = functional.pad(self.attention_mask[:, 2:], (1, 1)).bool()
        input_ids = self.input_ids.masked_fill(hidden & behind, mask_id)
        return replace(self, input_ids=input_ids)


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


def batches(task: Task, rng: random.Random) -> Iterator[Batch]:
    """A head's examples, epoch after epoch, in batches of like length and random order."""
    while True:
        drawn = list(_buckets(task.epoch(rng), task.batch_size, rng))
        rng.shuffle(drawn)
        for batch in drawn:
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
    longest = max(len(example.ids) for example in examples)
    length = -(-longest // LENGTH_STEP) * LENGTH_STEP
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
