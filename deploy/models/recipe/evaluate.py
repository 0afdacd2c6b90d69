"""Measures an ONNX graph the way it is used: one text at a time, unpadded."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Encoding, Tokenizer

from .corpora import Corpora
from .data import Labelled, Span, Tagged
from .heads import OUT_OF_SCOPE, Head
from .tokens import decode_spans

Thresholds = dict[str, float]


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
        options = SessionOptions()
        options.intra_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._tokenizer = tokenizer

    def logits(self, head: Head, text: str) -> np.ndarray:
        """Logits of a text alone: ``[labels]``, or ``[tokens, labels]``."""
        return self.run([head], [self._tokenizer.encode(text)])[0][0]

    def spans(self, head: Head, text: str) -> list[Span]:
        """The named spans of a text."""
        encoding = self._tokenizer.encode(text)
        best = self.run([head], [encoding])[0][0].argmax(-1)
        return decode_spans(encoding, [head.labels[i] for i in best])

    def run(
        self, heads: Sequence[Head], encodings: Sequence[Encoding], padding: int = 0
    ) -> list[np.ndarray]:
        """Logits of each head for texts that share a batch.

        ``padding`` is added behind the longest text.
        """
        length = max(len(encoding) for encoding in encodings) + padding
        ids = np.zeros((len(encodings), length), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        outputs = [head.output for head in heads]
        return self._session.run(outputs, {"input_ids": ids, "attention_mask": mask})


def scores(model: OnnxModel, corpora: Corpora, thresholds: Thresholds) -> list[Score]:
    """All heads on all texts that are held out."""
    intent, emotion, entities = corpora.heads
    requests, foreign = corpora.requests.measure, corpora.foreign.measure
    comments = {"goemotions dev": corpora.comments.measure["goemotions dev"]}
    named = {name: texts for split in corpora.named[:2] for name, texts in split.measure.items()}
    result = []
    for dataset, examples in requests.items():
        found = [_label(model, intent, example.text) for example in examples]
        right = np.mean([f == e.labels[0] for f, e in zip(found, examples, strict=True)])
        rejected = np.mean([label == OUT_OF_SCOPE for label in found])
        result += [
            Score("intent accuracy", dataset, len(examples), float(right)),
            Score(f"intent sent to {OUT_OF_SCOPE}", dataset, len(examples), float(rejected)),
        ]
    for dataset, examples in foreign.items():
        found = [_label(model, intent, example.text) for example in examples]
        recall = np.mean([label == OUT_OF_SCOPE for label in found])
        result.append(Score(f"{OUT_OF_SCOPE} recall", dataset, len(examples), float(recall)))
    for dataset, examples in comments.items():
        likely = probabilities(model, emotion, examples)
        limits = np.array([thresholds[label] for label in emotion.labels])
        f1 = label_f1(likely >= limits, marks(emotion, examples)).mean()
        result.append(Score("emotion macro-F1", dataset, len(examples), float(f1)))
    for dataset, examples in named.items():
        result.append(_span_f1(model, entities, dataset, examples))
    for dataset, examples in corpora.unnamed.measure.items():
        result.append(_false_alarms(model, entities, dataset, examples))
    return result


def choose_thresholds(model: OnnxModel, head: Head, examples: Sequence[Labelled]) -> Thresholds:
    """For each label the lowest score to report, by the best F1 on texts held out of training.

    The curve of F1 is smoothed, since the rarest labels have some ten examples.
    """
    likely, truth = probabilities(model, head, examples), marks(head, examples)
    grid = np.arange(0.02, 0.95, 0.01)
    curves = np.stack([label_f1(likely >= limit, truth) for limit in grid])
    width = 7
    padded = np.pad(curves, ((width // 2, width // 2), (0, 0)), mode="edge")
    smooth = np.stack([padded[i : i + width].mean(0) for i in range(len(grid))])
    best = smooth.argmax(0)
    return {label: round(float(grid[i]), 2) for label, i in zip(head.labels, best, strict=True)}


def probabilities(model: OnnxModel, head: Head, examples: Sequence[Labelled]) -> np.ndarray:
    """Sigmoid of the logits: ``[texts, labels]``."""
    logits = np.stack([model.logits(head, example.text) for example in examples])
    return 1 / (1 + np.exp(-logits))


def marks(head: Head, examples: Sequence[Labelled]) -> np.ndarray:
    """Which labels hold: ``[texts, labels]``."""
    return np.array([[label in e.labels for label in head.labels] for e in examples])


def label_f1(found: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """F1 of each label, 0 where a label neither holds nor is found."""
    both = (found & truth).sum(0)
    return 2 * both / np.maximum(1, found.sum(0) + truth.sum(0))


def _label(model: OnnxModel, head: Head, text: str) -> str:
    return head.labels[model.logits(head, text).argmax()]


def _span_f1(model: OnnxModel, head: Head, dataset: str, examples: Sequence[Tagged]) -> Score:
    """F1 over all spans; one counts only with both ends and the type right."""
    found = {(i, span) for i, e in enumerate(examples) for span in model.spans(head, e.text)}
    expected = {(i, span) for i, e in enumerate(examples) for span in e.spans}
    f1 = 2 * len(found & expected) / max(1, len(found) + len(expected))
    return Score("entities span F1", dataset, len(examples), f1)


def _false_alarms(model: OnnxModel, head: Head, dataset: str, examples: Sequence[Tagged]) -> Score:
    """Share of texts with a span that touches nothing the annotation leaves open.

    The examples are texts without spans of their own.
    """

    def alarmed(example: Tagged) -> bool:
        spans = model.spans(head, example.text)
        return any(not any(_touch(span, open_) for open_ in example.unsure) for span in spans)

    share = sum(map(alarmed, examples)) / len(examples)
    return Score("entities false alarms", dataset, len(examples), share)


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
