"""Measures an ONNX graph the way it is used: one text at a time, unpadded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession
from tokenizers import Encoding, Tokenizer

from .data import Labelled, Span, Tagged
from .heads import Head
from .tokens import decode_spans


@dataclass(frozen=True)
class Score:
    """A measure of one head on one set of examples, between 0 and 1."""

    measure: str
    dataset: str
    examples: int
    value: float


class OnnxModel:
    """An ONNX graph with its tokenizer."""

    def __init__(self, path: Path, tokenizer: Tokenizer) -> None:
        self._session = InferenceSession(path, providers=["CPUExecutionProvider"])
        self._tokenizer = tokenizer

    def label(self, head: Head, text: str) -> str:
        """The likeliest label of a text."""
        _, best = self._best(head, text)
        return head.labels[best]

    def spans(self, head: Head, text: str) -> list[Span]:
        """The named spans of a text."""
        encoding, best = self._best(head, text)
        return decode_spans(encoding, [head.labels[i] for i in best])

    def _best(self, head: Head, text: str) -> tuple[Encoding, np.ndarray]:
        encoding = self._tokenizer.encode(text)
        inputs = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {name: np.array([values], dtype=np.int64) for name, values in inputs.items()}
        (logits,) = self._session.run([head.output], feed)
        return encoding, logits[0].argmax(-1)


def accuracy(model: OnnxModel, head: Head, dataset: str, examples: Sequence[Labelled]) -> Score:
    """Share of texts with the right label."""
    right = sum(model.label(head, example.text) == example.label for example in examples)
    return Score(f"{head.name} accuracy", dataset, len(examples), right / len(examples))


def span_f1(model: OnnxModel, head: Head, dataset: str, examples: Sequence[Tagged]) -> Score:
    """F1 over all spans; one counts only with both ends and the type right."""
    found = _located(model.spans(head, example.text) for example in examples)
    expected = _located(example.spans for example in examples)
    f1 = 2 * len(found & expected) / max(1, len(found) + len(expected))
    return Score(f"{head.name} span F1", dataset, len(examples), f1)


def false_alarms(model: OnnxModel, head: Head, dataset: str, examples: Sequence[Tagged]) -> Score:
    """Share of texts with a span that touches nothing the annotation leaves open.

    The examples are texts without spans of their own.
    """

    def alarmed(example: Tagged) -> bool:
        spans = model.spans(head, example.text)
        return any(not any(_touch(span, open_) for open_ in example.unsure) for span in spans)

    share = sum(map(alarmed, examples)) / len(examples)
    return Score(f"{head.name} false alarms", dataset, len(examples), share)


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _located(spans_by_example: Iterable[Sequence[Span]]) -> set[tuple[int, Span]]:
    return {(i, span) for i, spans in enumerate(spans_by_example) for span in spans}
