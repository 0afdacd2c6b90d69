"""What was trained before: what it was trained on, and what is needed to go on."""

import hashlib
from pathlib import Path
from typing import Any

import torch

from .corpora import Corpora


def require_these_texts(work: Path, corpora: Corpora) -> None:
    """Refuses a folder of weights that were trained on other texts.

    Those may know what is held out now.
    """
    texts = "\n".join(corpora.training_texts())
    digest = hashlib.sha256(texts.encode()).hexdigest()
    stamp = work / "texts.sha256"
    known = stamp.read_text() if stamp.exists() else ""
    if known != digest and (known or any(work.glob("*.pt")) or any(work.glob("*.checkpoint"))):
        raise SystemExit(
            f"{work} holds what was trained on other texts, or with another seed;"
            " give another folder with --work"
        )
    stamp.write_text(digest)


class Checkpoint:
    """A file with the state of a training after a step, written whole or not at all.

    On a CPU a training that goes on from it ends as one that was not cut off.
    """

    def __init__(self, file: Path, **parts: Any) -> None:
        """``parts`` are what changes from step to step: each has a ``state_dict``."""
        self._file = file
        self._parts = parts

    def restore(self) -> int:
        """Sets all parts to the state in the file; returns the steps done, 0 without a file."""
        if not self._file.exists():
            return 0
        state = torch.load(self._file, weights_only=True, map_location="cpu")
        for name, part in self._parts.items():
            part.load_state_dict(state[name])
        torch.set_rng_state(state["rng"])
        return state["step"]

    def save(self, step: int) -> None:
        """Replaces the file's state by that after a step."""
        state = {name: part.state_dict() for name, part in self._parts.items()}
        written = self._file.with_suffix(".tmp")
        torch.save({**state, "rng": torch.get_rng_state(), "step": step}, written)
        written.replace(self._file)
