"""Between characters and tokens: encoding texts, labels for tokens and spans from labels."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tokenizers import Encoding, Tokenizer

from .data import Span, Tagged
from .heads import OUTSIDE

MAX_TOKENS = 256

# A punctuation mark that hardly any text holds: the pre-tokenizer makes it a word of its own.
CAPITAL_MARK = "\u2038"
_FREE_TOKEN = "[unused0]"
# The space before a capitalised word inside a sentence, words that are shouted left out.
_BEFORE_CAPITAL = r"(?<![.!?\p{Lu}]) (?=\p{Lu}\p{L})"


def with_capital_marks(tokenizer: str) -> str:
    """A lower-casing tokenizer.json that puts a mark before capitalised words inside a sentence.

    So names can be told from common words, while all else stays as the encoder learnt it. The mark
    stands for the space before the word: a span of several words runs through it, and none begins
    or ends with it.
    """
    content = json.loads(tokenizer)
    vocabulary = content["model"]["vocab"]
    vocabulary[CAPITAL_MARK] = vocabulary.pop(_FREE_TOKEN)
    content["normalizer"] = {
        "type": "Sequence",
        "normalizers": [
            {
                "type": "Replace",
                "pattern": {"Regex": _BEFORE_CAPITAL},
                "content": f" {CAPITAL_MARK} ",
            },
            content["normalizer"],
        ],
    }
    return json.dumps(content, ensure_ascii=False)


def with_vocabulary(tokenizer: str, kept: Sequence[int]) -> str:
    """A tokenizer.json with the kept tokens only, numbered anew in their order."""
    content = json.loads(tokenizer)
    new = {old: i for i, old in enumerate(kept)}
    model = content["model"]
    model["vocab"] = {
        token: new[i] for token, i in sorted(model["vocab"].items(), key=lambda t: t[1]) if i in new
    }
    for token in content["added_tokens"]:
        token["id"] = new[token["id"]]
    for token in content["post_processor"]["special_tokens"].values():
        token["ids"] = [new[i] for i in token["ids"]]
    return json.dumps(content, ensure_ascii=False, indent=2)


def cut(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer, made to cut texts and not to pad them."""
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def word_starts(encoding: Encoding) -> list[int]:
    """The first token of every word, a word being what the pre-tokenizer cuts out.

    The aggregation strategy ``first`` reads a word's label there.
    """
    words = encoding.word_ids
    return [
        i for i, word in enumerate(words) if word is not None and (i == 0 or word != words[i - 1])
    ]


def admissible_labels(
    encoding: Encoding, example: Tagged, labels: Sequence[str]
) -> dict[int, frozenset[str]]:
    """For the first token of every word the labels that the annotation allows.

    Words of which the annotation says nothing are left out.
    """
    unannotated = {label for label in labels if label.partition("-")[2] in example.unannotated}
    outside = frozenset({OUTSIDE, *unannotated})
    admissible = {}
    seen: Span | None = None
    for i in word_starts(encoding):
        at = encoding.offsets[i][0]
        if _covering(example.unsure, at):
            continue
        span = _covering(example.spans, at)
        admissible[i] = (
            frozenset({f"{'I' if span == seen else 'B'}-{span.type}"}) if span else outside
        )
        seen = span
    return admissible


def decode_spans(encoding: Encoding, labels: Sequence[str]) -> list[Span]:
    """Spans of the label of every token, by the aggregation strategy ``first``."""
    starts = word_starts(encoding)
    spans: list[Span] = []
    open_type = ""
    for i, following in pairwise([*starts, len(encoding)]):
        prefix, _, kind = labels[i].partition("-")
        start, end = encoding.offsets[i][0], _word_end(encoding, i, following)
        if kind and kind == open_type and prefix == "I":
            spans[-1] = replace(spans[-1], end=end)
        elif kind:
            spans.append(Span(start, end, kind))
        open_type = kind
    return spans


def _covering(spans: Sequence[Span], at: int) -> Span | None:
    return next((span for span in spans if span.start <= at < span.end), None)


def _word_end(encoding: Encoding, start: int, following: int) -> int:
    words = encoding.word_ids
    return max(encoding.offsets[j][1] for j in range(start, following) if words[j] == words[start])
