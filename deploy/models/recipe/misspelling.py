"""Texts as they are typed in a hurry."""

import random
import re
from dataclasses import replace

from .data import Labelled

WORDS = 0.12

_LONG_WORD = re.compile(r"[A-Za-z]{3,}")
_KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    key: row[max(0, i - 1) : i] + row[i + 1 : i + 2]
    for row in _KEY_ROWS
    for i, key in enumerate(row)
}


def misspelt(example: Labelled, rng: random.Random) -> Labelled:
    """The example with a slip of the keyboard in some of its words, and little punctuation."""
    text = _LONG_WORD.sub(
        lambda word: _slip(word.group(), rng) if rng.random() < WORDS else word.group(),
        example.text,
    )
    if rng.random() < 0.5:
        text = re.sub(r"[.,?!'’]", "", text).lower()
    return replace(example, text=text)


def _slip(word: str, rng: random.Random) -> str:
    """The word with one letter lost, doubled, swapped with the next or taken from the next key."""
    at = rng.randrange(len(word) - 1)
    before, letter, following, after = word[:at], word[at], word[at + 1], word[at + 2 :]
    return rng.choice(
        (
            before + following + after,
            word[:-1],
            before + letter * 2 + following + after,
            before + following + letter + after,
            before + rng.choice(_NEIGHBOURS[letter.lower()]) + following + after,
        )
    )
