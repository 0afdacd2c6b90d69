"""Labelled texts, and how a part of them is held back to be measured on."""

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Labelled:
    """A text with the labels that hold for the whole of it."""

    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True, order=True)
class Span:
    """A named stretch of characters, end exclusive."""

    start: int
    end: int
    type: str


@dataclass(frozen=True)
class Tagged:
    """A text with its named spans.

    ``unannotated`` are the types its annotators did not look for, ``unsure`` the stretches whose
    annotation is not to be learnt.
    """

    text: str
    spans: tuple[Span, ...]
    unannotated: frozenset[str] = frozenset()
    unsure: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Split(Generic[T]):
    """Examples to learn from, and by name the sets to measure on."""

    train: list[T]
    measure: dict[str, list[T]]


def hold_out(
    examples: Iterable[T], share: float, seed: int, by: Callable[[T], Hashable] = lambda _: None
) -> tuple[list[T], list[T]]:
    """Splits off a random share of every group of examples."""
    groups: dict[Hashable, list[T]] = defaultdict(list)
    for example in examples:
        groups[by(example)].append(example)
    rng = random.Random(seed)
    train, held_out = [], []
    for group in groups.values():
        rng.shuffle(group)
        cut = round(len(group) * share)
        held_out += group[:cut]
        train += group[cut:]
    return train, held_out
