"""Texts with the names of people, organisations, places and other things marked."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from .data import Labelled, Span, Split, Tagged

# Wikigold's articles are sorted by name, so these are a fair share of all.
HELD_OUT_ARTICLE = 7

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
_DOCUMENT = "-DOCSTART-"

Gazetteer = dict[str, list[str]]


@dataclass(frozen=True)
class _Word:
    text: str
    tag: str


def wnut17(root: Path) -> Split[Tagged]:
    """Social texts with rare names, as published."""
    folder = root / "wnut17"
    development = list(_wnut(folder / "emerging.dev.conll"))
    return Split(list(_wnut(folder / "wnut17train.conll")), {"wnut17 dev": development})


def wikigold(root: Path) -> Split[Tagged]:
    """Sentences of Wikipedia; every seventh article is held out."""
    articles: list[list[Tagged]] = []
    for words in _sentences(root / "wikigold" / "train.conll"):
        if words[0].text == _DOCUMENT or not articles:
            articles.append([])
        if words[0].text != _DOCUMENT:
            articles[-1].append(_tagged(words))
    train = [t for i, article in enumerate(articles) if i % HELD_OUT_ARTICLE for t in article]
    held_out = [tagged for article in articles[::HELD_OUT_ARTICLE] for tagged in article]
    return Split(train, {"wikigold": held_out})


def btc(root: Path) -> list[Tagged]:
    """Tweets, to learn from only."""
    return [
        tagged for section in BTC_SECTIONS for tagged in _btc(root / "btc" / f"{section}.conll")
    ]


def gazetteer(examples: Sequence[Tagged]) -> Gazetteer:
    """All names of the examples by type, as often as they occur."""
    names: Gazetteer = defaultdict(list)
    for example in examples:
        for span in example.spans:
            names[span.type].append(example.text[span.start : span.end])
    return names


def with_other_names(example: Tagged, names: Gazetteer, rng: random.Random) -> Tagged:
    """The example with every second name, by chance, replaced by another of its type.

    Mention replacement: Dai and Adel 2020, "An Analysis of Simple Data Augmentation for Named
    Entity Recognition".
    """
    text = ""
    at = 0
    moved: dict[Span, Span] = {}
    for span in sorted({*example.spans, *example.unsure}):
        if span.start < at:
            return example  # spans that overlap
        text += example.text[at : span.start]
        name = example.text[span.start : span.end]
        if span in example.spans and names.get(span.type) and rng.random() < 0.5:
            name = rng.choice(names[span.type])
        moved[span] = Span(len(text), len(text) + len(name), span.type)
        text += name
        at = span.end
    return replace(
        example,
        text=text + example.text[at:],
        spans=tuple(moved[span] for span in example.spans),
        unsure=tuple(moved[span] for span in example.unsure),
    )


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


def _wnut(path: Path) -> Iterator[Tagged]:
    for words in _sentences(path):
        yield _tagged([replace(word, tag=_rename(word.tag)) for word in words])


def _btc(path: Path) -> Iterator[Tagged]:
    for words in _sentences(path):
        tagged = _tagged(_join_mentions(words))
        # Here a mention (@someone) is an entity, in WNUT17 it is none.
        mentions = tuple(s for s in tagged.spans if tagged.text[s.start] == "@")
        spans = tuple(s for s in tagged.spans if s not in mentions)
        yield replace(tagged, spans=spans, unannotated=frozenset({"MISC"}), unsure=mentions)


def _sentences(path: Path) -> Iterator[list[_Word]]:
    """Sentences of a file with a word and its tag in each line and blank lines between them."""
    lines = (
        line.rstrip().replace("\t", " ").rpartition(" ")
        for line in path.read_text(encoding="utf-8").split("\n")
    )
    for inside, group in groupby(lines, key=lambda line: bool(line[2])):
        words = [_Word(text.strip(), tag) for text, _, tag in group if text.strip()]
        if inside and words:
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
