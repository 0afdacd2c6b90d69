"""Reads the labelled corpora and holds back the part they are measured on."""

import csv
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")

HELD_OUT = 0.2

BTC_SECTIONS = "abefg"
WNUT_TYPES = {
    "person": "PER",
    "location": "LOC",
    "corporation": "ORG",
    "group": "ORG",
    "product": "MISC",
    "creative-work": "MISC",
}

# Capitalised among customers' messages, yet no names.
_ABBREVIATIONS = frozenset({"i", "im", "atm", "atms", "pin", "id", "asap"})
_WORD = re.compile(r"[^\W\d_]+")
_NO_SPACE_BEFORE = re.compile(r"[.,:;!?%)\]}…]+|n't|['’](s|m|d|re|ve|ll)", re.IGNORECASE)
_NO_SPACE_AFTER = frozenset("([{$£€#")


@dataclass(frozen=True)
class Labelled:
    """A text with one label for the whole of it."""

    text: str
    label: str


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


@dataclass(frozen=True)
class _Word:
    text: str
    tag: str


def banking77(root: Path, seed: int) -> tuple[tuple[str, ...], Split[Labelled]]:
    """The intents in the order of the data set, and its texts with a stratified part held out."""
    folder = root / "banking77"
    intents = tuple(json.loads((folder / "categories.json").read_text(encoding="utf-8")))
    with (folder / "train.csv").open(encoding="utf-8", newline="") as file:
        examples = [Labelled(row["text"], row["category"]) for row in csv.DictReader(file)]
    train, held_out = _hold_out(examples, seed, by=lambda example: example.label)
    return intents, Split(train, {"banking77": held_out})


def entities(root: Path, seed: int) -> Split[Tagged]:
    """Three corpora under one label scheme."""
    wnut = root / "wnut17"
    wikigold, held_out = _hold_out(_wikigold(root / "wikigold" / "train.conll"), seed)
    train = [*_wnut(wnut / "wnut17train.conll"), *wikigold, *_btc(root / "btc")]
    development = list(_wnut(wnut / "emerging.dev.conll"))
    return Split(train, {"wnut17 dev": development, "wikigold": held_out})


def without_names(requests: Split[Labelled]) -> Split[Tagged]:
    """The same texts, telling that words never mean a name unless the corpus capitalises them.

    Trained on other texts alone, a head for names fails on these: the heads that do learn from
    them reshape the encoder there.
    """
    names = _likely_names([example.text for example in requests.train])

    def unnamed(examples: Sequence[Labelled]) -> list[Tagged]:
        return [Tagged(e.text, (), unsure=_possible_names(e.text, names)) for e in examples]

    return Split(
        unnamed(requests.train),
        {dataset: unnamed(examples) for dataset, examples in requests.measure.items()},
    )


def _likely_names(texts: Sequence[str]) -> frozenset[str]:
    """Words that more often have a capital letter inside a sentence than none."""
    capitalised = Counter(w.group().lower() for text in texts for w in _capitalised(text))
    lower = Counter(w.group() for text in texts for w in _WORD.finditer(text))
    return frozenset(word for word, count in capitalised.items() if count > lower[word])


def _possible_names(text: str, names: Set[str]) -> tuple[Span, ...]:
    capitalised = {word.start() for word in _capitalised(text)}
    return tuple(
        Span(word.start(), word.end(), "")
        for word in _WORD.finditer(text)
        if word.start() in capitalised or word.group().lower() in names
    )


def _capitalised(text: str) -> Iterator[re.Match[str]]:
    """Capitalised words inside a sentence, where that tells something."""
    for word in _WORD.finditer(text):
        before = text[: word.start()].rstrip()
        inside = before and before[-1] not in ".!?"
        if inside and word.group()[0].isupper() and word.group().lower() not in _ABBREVIATIONS:
            yield word


def _hold_out(
    examples: Iterable[T], seed: int, by: Callable[[T], Hashable] = lambda _: None
) -> tuple[list[T], list[T]]:
    """Splits off a random share of every group of examples."""
    groups: dict[Hashable, list[T]] = defaultdict(list)
    for example in examples:
        groups[by(example)].append(example)
    rng = random.Random(seed)
    train, held_out = [], []
    for group in groups.values():
        rng.shuffle(group)
        cut = round(len(group) * HELD_OUT)
        held_out += group[:cut]
        train += group[cut:]
    return train, held_out


def _wnut(path: Path) -> Iterator[Tagged]:
    for words in _sentences(path):
        yield _tagged([replace(word, tag=_rename(word.tag)) for word in words])


def _wikigold(path: Path) -> Iterator[Tagged]:
    for words in _sentences(path):
        if words[0].text != "-DOCSTART-":
            yield _tagged(words)


def _btc(folder: Path) -> Iterator[Tagged]:
    for section in BTC_SECTIONS:
        for words in _sentences(folder / f"{section}.conll"):
            tagged = _tagged(_join_mentions(words))
            # Here a mention (@someone) is an entity, in WNUT17 it is none.
            mentions = tuple(s for s in tagged.spans if tagged.text[s.start] == "@")
            spans = tuple(s for s in tagged.spans if s not in mentions)
            yield replace(tagged, spans=spans, unannotated=frozenset({"MISC"}), unsure=mentions)


def _sentences(path: Path) -> Iterator[list[_Word]]:
    """Sentences of a file with a word and its tag in each line and blank lines between them."""
    words: list[_Word] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        text, _, tag = line.rstrip().replace("\t", " ").rpartition(" ")
        if text.strip():
            words.append(_Word(text.strip(), tag))
        elif not tag and words:
            yield words
            words = []
    if words:
        yield words


def _rename(tag: str) -> str:
    prefix, _, kind = tag.partition("-")
    return f"{prefix}-{WNUT_TYPES[kind]}" if kind else tag


def _join_mentions(words: list[_Word]) -> list[_Word]:
    """Undoes the corpus's cut between @ and a user's name."""
    joined: list[_Word] = []
    for word in words:
        if joined and joined[-1].text == "@":
            joined[-1] = replace(word, text="@" + word.text)
        else:
            joined.append(word)
    return joined


def _tagged(words: list[_Word]) -> Tagged:
    """Joins words to running text; reads IOB1 and IOB2 tags alike."""
    text = ""
    spans: list[Span] = []
    open_type = ""
    for word in words:
        text += _gap(text, word.text)
        start, end = len(text), len(text) + len(word.text)
        text += word.text
        prefix, _, kind = word.tag.partition("-")
        if kind and kind == open_type and prefix == "I":
            spans[-1] = replace(spans[-1], end=end)
        elif kind:
            spans.append(Span(start, end, kind))
        open_type = kind
    return Tagged(text, tuple(spans))


def _gap(text: str, word: str) -> str:
    """What stands between a text and its next word."""
    if not text or text[-1] in _NO_SPACE_AFTER or _NO_SPACE_BEFORE.fullmatch(word):
        return ""
    return " "
