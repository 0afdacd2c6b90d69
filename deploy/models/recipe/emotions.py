"""Comments of people with the emotions in them."""

from collections.abc import Iterator
from pathlib import Path

from .data import Labelled, Split, hold_out

HELD_OUT = 0.1


def emotion_labels(root: Path) -> tuple[str, ...]:
    """The emotions in the order of the data set, ``neutral`` last."""
    text = (root / "goemotions" / "labels.txt").read_text(encoding="utf-8")
    return tuple(text.split())


def goemotions(root: Path, seed: int) -> Split[Labelled]:
    """The comments; ``thresholds`` is held out of training to choose the labels' thresholds on."""
    labels = emotion_labels(root)
    train, held_out = hold_out(_read(root / "goemotions" / "train.tsv", labels), HELD_OUT, seed)
    development = list(_read(root / "goemotions" / "dev.tsv", labels))
    return Split(train, {"thresholds": held_out, "goemotions dev": development})


def _read(path: Path, labels: tuple[str, ...]) -> Iterator[Labelled]:
    for line in path.read_text(encoding="utf-8").splitlines():
        text, indices, _ = line.rsplit("\t", 2)
        yield Labelled(text, tuple(labels[int(index)] for index in indices.split(",")))
