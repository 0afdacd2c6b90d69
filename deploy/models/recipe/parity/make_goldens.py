"""Write tiny export folders, each with the results that transformers' pipelines give for it.

Every offset in golden.json counts UTF-16 code units, as Java strings do; Python's code points are
converted by `Utf16`.
"""

import argparse
import json
import logging
import os
import shutil
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Before the import of transformers, which reads it.
os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
import onnxruntime
import torch
import transformers
from transformers import Pipeline, PreTrainedModel, PreTrainedTokenizerFast, pipeline

import parity_tokenizers
from parity_models import ModelSpec, build_model, export, model_inputs
from parity_texts import TEXTS

ROOT = Path(__file__).resolve().parents[4]
TARGET = ROOT / "operators" / "src" / "test" / "resources" / "parity"

STRATEGIES = ("none", "simple", "first", "average", "max")
TEXT, TOKEN = "text-classification", "token-classification"

IOB = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
# The pipeline cuts a group's label at its first hyphen, with or without a B or I before it.
PLAIN = ["O", "PER", "LOC", "GEO-POL"]
TOPICS = ["sports", "politics", "science", "culture", "other"]
SINGLE = "single_label_classification"

# Smallest distance between a result and its rival: far above any difference of two runtimes.
MARGIN = 1e-3
# Integer kernels of unlike processors round differently.
QUANTIZED_MARGIN = 1e-2
TOLERANCE = 1e-5
MAX_SEED = 2000

SPECS = [
    ModelSpec("bert-text", "bert", TEXT, TOPICS, SINGLE),
    ModelSpec("bert-token", "bert", TOKEN, IOB),
    ModelSpec("distilbert-text", "distilbert", TEXT, ["NEGATIVE", "NEUTRAL", "POSITIVE", "MIXED"]),
    ModelSpec("distilbert-token", "distilbert", TOKEN, PLAIN),
    ModelSpec("roberta-text", "roberta", TEXT, TOPICS, SINGLE),
    ModelSpec("roberta-token", "roberta", TOKEN, IOB),
    ModelSpec("xlm-roberta-text", "xlm-roberta", TEXT, TOPICS),
    ModelSpec("xlm-roberta-token", "xlm-roberta", TOKEN, IOB),
    ModelSpec("deberta-v2-text", "deberta-v2", TEXT, TOPICS[:4], SINGLE),
    ModelSpec("deberta-v2-token", "deberta-v2", TOKEN, IOB),
    ModelSpec("deberta-v2-resaved-token", "deberta-v2", TOKEN, IOB, tokenizer="deberta_v2_resaved"),
    ModelSpec("modernbert-text", "modernbert", TEXT, TOPICS),
    ModelSpec("modernbert-token", "modernbert", TOKEN, IOB),
    ModelSpec("bert-multilabel", "bert", TEXT, TOPICS, "multi_label_classification"),
    ModelSpec("bert-regression", "bert", TEXT, ["SCORE"], "regression"),
    ModelSpec("bert-single", "bert", TEXT, ["LABEL_0"]),
    ModelSpec("bert-external", "bert", TEXT, TOPICS, SINGLE, layout="external"),
    ModelSpec("bert-quantized", "bert", TEXT, TOPICS, SINGLE, layout="quantized"),
]


class Unsuitable(Exception):
    """The results of a seed are near ties, or exercise too little."""


class Utf16:
    """Converts the code point offsets of one text to UTF-16 code units."""

    def __init__(self, text: str) -> None:
        """Count the units before each code point."""
        self._units = [0]
        for char in text:
            self._units.append(self._units[-1] + (2 if ord(char) > 0xFFFF else 1))

    def __getitem__(self, code_point: int) -> int:
        """Return the offset in code units."""
        return self._units[code_point]


def _score(value: Any) -> float:
    return round(float(value), 8)


def _check_gap(values: np.ndarray, margin: float = MARGIN) -> None:
    ordered = np.sort(values.ravel())
    if len(ordered) > 1 and float(ordered[-1] - ordered[-2]) < margin:
        raise Unsuitable


def _encoding(tokenizer: PreTrainedTokenizerFast, text: str) -> dict[str, Any]:
    encoded = tokenizer(text, return_offsets_mapping=True, return_special_tokens_mask=True)
    if len(encoded["input_ids"]) > tokenizer.model_max_length:
        raise ValueError(f"too long for the model: {text}")
    units = Utf16(text)
    return {
        "text": text,
        "input_ids": encoded["input_ids"],
        "offsets": [[units[start], units[end]] for start, end in encoded["offset_mapping"]],
        "special": encoded["special_tokens_mask"],
    }


def _watch_words(pipe: Pipeline) -> None:
    """Make the pipeline reject the seed where a word's label is nearly another one."""
    aggregate_word = pipe.aggregate_word

    def watched(entities: list[dict], strategy: Any) -> dict:
        scores = np.stack([entity["scores"] for entity in entities])
        if strategy.value == "average":
            _check_gap(scores.mean(axis=0))
        elif strategy.value == "max":
            best = scores.max(axis=1)
            rivals = best[scores.argmax(axis=1) != scores[best.argmax()].argmax()]
            _check_gap(np.append(rivals, best.max()))
        return aggregate_word(entities, strategy)

    pipe.aggregate_word = watched


def _entities(pipe: Pipeline, text: str, strategy: str) -> list[dict[str, Any]]:
    key = "entity" if strategy == "none" else "entity_group"
    units = Utf16(text)
    return [
        {
            "label": entity[key],
            "start": units[entity["start"]],
            "end": units[entity["end"]],
            "score": _score(entity["score"]),
        }
        for entity in pipe(text, aggregation_strategy=strategy)
    ]


def _logits(model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, text: str) -> np.ndarray:
    encoded = tokenizer(text, return_tensors="pt")
    names = model_inputs(model.config.model_type)
    with torch.no_grad():
        return model(**{name: encoded[name] for name in names if name in encoded}).logits[0].numpy()


def _token_results(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast
) -> list[dict[str, Any]]:
    pipe = pipeline(TOKEN, model=model, tokenizer=tokenizer, device="cpu")
    _watch_words(pipe)
    results = [_encoding(tokenizer, text) for text in TEXTS]
    for entry in results:
        _check_tokens(entry, _logits(model, tokenizer, entry["text"]))
    for entry in results:
        text = entry["text"]
        entry["strategies"] = {name: _entities(pipe, text, name) for name in STRATEGIES}
    return results


def _check_tokens(entry: dict[str, Any], logits: np.ndarray) -> None:
    for row, special in zip(logits, entry["special"], strict=True):
        if not special:
            _check_gap(torch.softmax(torch.tensor(row), -1).numpy())


def _text_results(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    run: Callable[[str], np.ndarray] | None,
) -> list[dict[str, Any]]:
    """Classify every text, with the logits of `run` where one is given."""
    pipe = pipeline(TEXT, model=model, tokenizer=tokenizer, device="cpu")
    margin = QUANTIZED_MARGIN if run else MARGIN
    results = []
    for text in TEXTS:
        entry = _encoding(tokenizer, text)
        if run:
            output = {"logits": torch.tensor(run(text))[None]}
            labels = pipe.postprocess(output, top_k=None, _legacy=False)
        else:
            labels = pipe(text, top_k=None)
        scores = np.array([label["score"] for label in labels])
        _check_gap(scores, margin)
        # The order of all the labels is part of the result.
        if len(scores) > 1 and np.min(-np.diff(np.log(scores))) < margin:
            raise Unsuitable
        entry["labels"] = [
            {"label": item["label"], "score": _score(item["score"])} for item in labels
        ]
        results.append(entry)
    return results


def _check_variety(spec: ModelSpec, results: list[dict[str, Any]]) -> None:
    """Reject a seed whose results exercise too little."""
    if spec.task == TEXT:
        best = {entry["labels"][0]["label"] for entry in results}
        if len(best) < min(4, len(spec.labels)):
            raise Unsuitable
        return
    rows = [entry["strategies"] for entry in results]
    labels = Counter(item["label"] for row in rows for item in row["none"])
    tagged = labels.total()
    joined = tagged - sum(len(row["simple"]) for row in rows)
    distinct = {json.dumps([row[name] for row in rows]) for name in STRATEGIES}
    tokens = sum(entry["special"].count(0) for entry in results)
    varied = (
        len(labels) == len(spec.labels) - 1
        and max(labels.values()) < 0.6 * tagged
        and 0.3 * tokens < tagged < 0.8 * tokens
        and joined > 0.08 * tagged
        and len(distinct) == len(STRATEGIES)
    )
    if not varied:
        raise Unsuitable


def _runner(
    graph: Path, spec: ModelSpec, tokenizer: PreTrainedTokenizerFast
) -> Callable[[str], np.ndarray]:
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])

    def run(text: str) -> np.ndarray:
        encoded = tokenizer(text, return_tensors="np")
        feed = {name: encoded[name] for name in model_inputs(spec.family)}
        return session.run(["logits"], feed)[0][0]

    return run


def _difference(
    run: Callable[[str], np.ndarray], model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast
) -> float:
    """Return the largest difference of the scores of ONNX Runtime and PyTorch."""
    worst = 0.0
    for text in TEXTS:
        ours, theirs = torch.tensor(run(text)), torch.tensor(_logits(model, tokenizer, text))
        if ours.shape[-1] > 1:
            ours, theirs = ours.softmax(-1), theirs.softmax(-1)
        worst = max(worst, float((ours - theirs).abs().max()))
    return worst


def _attempt(
    spec: ModelSpec, files: parity_tokenizers.TokenizerFiles, folder: Path, seed: int
) -> str:
    """Fill the folder with the model of one seed; return a line about it."""
    files.save(folder)
    tokenizer = files.load(folder)
    model = build_model(spec, files, seed)
    quantized = spec.layout == "quantized"
    run = _runner(export(spec, model, folder), spec, tokenizer) if quantized else None
    if spec.task == TOKEN:
        results = _token_results(model, tokenizer)
    else:
        results = _text_results(model, tokenizer, run)
    _check_variety(spec, results)
    if run is None:
        run = _runner(export(spec, model, folder), spec, tokenizer)
    worst = _difference(run, model, tokenizer)
    if not quantized and worst > TOLERANCE:
        raise ValueError(f"{spec.name}: ONNX Runtime and PyTorch differ by {worst}")
    _write_config(model, folder)
    _write_golden(spec, results, folder)
    return f"{spec.name}: seed {seed}, ONNX Runtime and PyTorch differ by at most {worst:.1e}"


def _write_config(model: PreTrainedModel, folder: Path) -> None:
    config = model.config.to_dict()
    config |= {"architectures": [type(model).__name__], "dtype": "float32"}
    config.pop("_name_or_path", None)
    text = json.dumps(config, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / "config.json").write_text(text + "\n", encoding="utf-8")


def _write_golden(spec: ModelSpec, results: list[dict[str, Any]], folder: Path) -> None:
    """Write one line a text: small, and yet readable in a diff."""
    head = {"family": spec.family, "task": spec.task, "transformers": transformers.__version__}
    lines = ",\n".join(
        json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in results
    )
    text = json.dumps(head)[:-1] + ', "texts": [\n' + lines + "\n]}\n"
    (folder / "golden.json").write_text(text, encoding="utf-8")


def make(spec: ModelSpec, target: Path) -> str:
    """Write the folder of the first seed whose results are clear and varied."""
    files = getattr(parity_tokenizers, spec.tokenizer or spec.family.replace("-", "_"))()
    for seed in range(1, MAX_SEED):
        with tempfile.TemporaryDirectory() as scratch:
            made = Path(scratch, spec.name)
            made.mkdir()
            try:
                line = _attempt(spec, files, made, seed)
            except Unsuitable:
                continue
            shutil.rmtree(target / spec.name, ignore_errors=True)
            # Without the modes: some of these files are made for their owner only.
            shutil.copytree(made, target / spec.name, copy_function=shutil.copyfile)
            return line
    raise RuntimeError(f"{spec.name}: no seed gives clear and varied results")


def main() -> None:
    """Write the folders named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="folders to make; all when none is named")
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args()
    # One thread, so that sums are always taken in the same order.
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    logging.getLogger().setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", message="Tokenizer does not support real words")
    for spec in SPECS:
        if not arguments.names or spec.name in arguments.names:
            print(make(spec, arguments.target), flush=True)


if __name__ == "__main__":
    main()
