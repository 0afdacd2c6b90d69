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
    ``corrected`` are the ids of the text without the slips that were put into it.
    """

    ids: list[int]
    labels: dict[int, list[int]]
    corrected: list[int]


@dataclass(frozen=True)
class Task:
    """A head and what it learns from: ``epoch`` makes the examples of another epoch."""

    head: Head
    batch_size: int
    weight: float
    epoch: Callable[[random.Random], list[Example]]


@dataclass(frozen=True)
class Tokens:
    """Padded token ids of texts, and 1 where they are none of the padding: ``[texts, tokens]``."""

    ids: Tensor
    mask: Tensor

    @classmethod
    def padded(cls, texts: Sequence[list[int]], length: int) -> "Tokens":
        """The ids of some texts, padded to a length."""
        ids = torch.zeros(len(texts), length, dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, text in enumerate(texts):
            ids[row, : len(text)] = torch.tensor(text)
            mask[row, : len(text)] = 1
        return cls(ids, mask)

    @property
    def inputs(self) -> tuple[Tensor, Tensor, Tensor]:
        """What the encoder reads: token ids, the mask of padding, and one segment for all."""
        return self.ids, self.mask, torch.zeros_like(self.ids)

    def to(self, device: torch.device) -> "Tokens":
        """The same tokens on a device."""
        return Tokens(self.ids.to(device), self.mask.to(device))

    def twice(self) -> "Tokens":
        """The texts, and behind them the same ones again."""
        return Tokens(torch.cat([self.ids] * 2), torch.cat([self.mask] * 2))

    def hiding(self, hidden: Tensor, mask_id: int) -> "Tokens":
        """The same with some of the tokens hidden: not padding, nor the special ones at the ends."""
        behind = functional.pad(self.mask[:, 2:], (1, 1)).bool()
        return replace(self, ids=self.ids.masked_fill(hidden & behind, mask_id))


@dataclass(frozen=True)
class Batch:
    """Padded examples of one head, as written and without slips.

    ``labels`` is true for each label of a position: ``[texts, positions, labels]``.
    """

    head: Head
    tokens: Tokens
    corrected: Tokens
    labels: Tensor

    def to(self, device: torch.device) -> "Batch":
        """The same batch on a device."""
        moved = (part.to(device) for part in (self.tokens, self.corrected, self.labels))
        return Batch(self.head, *moved)

    def twice(self) -> "Batch":
        """The examples, and behind them the same ones again."""
        labels = torch.cat([self.labels] * 2)
        return Batch(self.head, self.tokens.twice(), self.corrected.twice(), labels)

    def hiding(self, texts: float, tokens: float, mask_id: int) -> "Batch":
        """The same batch with a share of the tokens hidden in a share of the texts.

        Texts with slips stay as they are: in what is corrected, other words have these places.
        """
        shape, device = self.tokens.ids.shape, self.labels.device
        slips = (self.tokens.ids != self.corrected.ids).any(1, keepdim=True)
        rows = ~slips & (torch.rand(shape[0], 1, device=device) < texts)
        hidden = rows & (torch.rand(shape, device=device) < tokens)
        return replace(
            self,
            tokens=self.tokens.hiding(hidden, mask_id),
            corrected=self.corrected.hiding(hidden, mask_id),
        )


def text_examples(
    head: Head,
    examples: Sequence[Labelled],
    tokenizer: Tokenizer,
    corrected: Sequence[Labelled] | None = None,
) -> list[Example]:
    """Examples for a head that labels whole texts; ``corrected`` are the same without slips."""
    index = {label: i for i, label in enumerate(head.labels)}
    ids = _ids(examples, tokenizer)
    return [
        Example(read, {0: [index[label] for label in example.labels]}, without_slips)
        for example, read, without_slips in zip(
            examples, ids, _ids(corrected, tokenizer) if corrected else ids, strict=True
        )
    ]


def _ids(examples: Sequence[Labelled], tokenizer: Tokenizer) -> list[list[int]]:
    return [e.ids for e in tokenizer.encode_batch([example.text for example in examples])]


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
            encoding.ids,
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
        bucket = sorted(shuffled[start : start + bucket_size], key=_length)
        for at in range(0, len(bucket), batch_size):
            yield bucket[at : at + batch_size]


def _length(example: Example) -> int:
    return max(len(example.ids), len(example.corrected))


def collate(head: Head, examples: Sequence[Example]) -> Batch:
    """Pads examples to a batch."""
    longest = max(map(_length, examples))
    length = -(-longest // LENGTH_STEP) * LENGTH_STEP
    positions = 1 if head.task == TEXT else length
    # A position that teaches nothing admits every label.
    shape = (len(examples), positions, len(head.labels))
    labels = torch.ones(shape, dtype=torch.bool)
    for row, example in enumerate(examples):
        for position, held in example.labels.items():
            labels[row, position] = False
            labels[row, position, held] = True
    return Batch(
        head,
        Tokens.padded([example.ids for example in examples], length),
        Tokens.padded([example.corrected for example in examples], length),
        labels,
    )
