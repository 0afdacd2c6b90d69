"""Writes the texts that are held out for ``winnow evaluate``: ``python -m recipe.heldout``."""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from .corpora import Corpora
from .data import Labelled, Span, Tagged
from .heads import Head

Line = dict[str, object]


def datasets(corpora: Corpora) -> Iterator[tuple[str, Iterable[Line]]]:
    """A file name and the lines of each measured set."""
    intent, emotion, entities = corpora.heads
    for name, texts in {**corpora.requests.measure, **corpora.foreign.measure}.items():
        yield _file(intent, name), [_line(intent, e, label=e.labels[0]) for e in texts]
    comments = corpora.comments.measure["goemotions dev"]
    yield _file(emotion, "goemotions dev"), [_line(emotion, e, labels=e.labels) for e in comments]
    for split in corpora.named[:2]:
        for name, texts in split.measure.items():
            lines = [_line(entities, e, spans=list(_spans(e))) for e in texts]
            yield _file(entities, name), lines


def _file(head: Head, dataset: str) -> str:
    return f"{head.name}-{dataset.replace(' ', '-')}.jsonl"


def _line(head: Head, example: Labelled | Tagged, **answer: object) -> Line:
    return {"head": head.name, "text": example.text, **answer}


def _spans(example: Tagged) -> Iterator[Line]:
    for span in sorted(example.spans):
        start, end = _utf16(example, span)
        yield {"label": span.type, "start": start, "end": end}


def _utf16(example: Tagged, span: Span) -> tuple[int, int]:
    """A span's ends in the code units that Winnow counts."""
    start, end = (len(example.text[:at].encode("utf-16-le")) // 2 for at in (span.start, span.end))
    return start, end


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m recipe.heldout", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=Path("heldout"), help="folder to write in")
    parser.add_argument("--seed", type=int, default=17)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, lines in datasets(Corpora.read(arguments.data, arguments.seed)):
        with (arguments.out / name).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


if __name__ == "__main__":
    _main()
