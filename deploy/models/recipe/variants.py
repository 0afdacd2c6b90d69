"""Compares the formats a model can be shipped in: ``python -m recipe.variants``.

Size, scores on held-out texts, speed alone and in batches of like length, and whether an answer
depends on its batch. All in one run; the speeds in turns.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import Barrier, Process, Queue, get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch
from tokenizers import Encoding, Tokenizer

from .base import Base
from .calibrate import input_ranges, measured_inputs
from .checkpoint import require_these_texts
from .corpora import Corpora
from .evaluate import OnnxModel, Score, Thresholds, choose_thresholds, scores
from .graph import write_graph
from .mixed import MixedInt8
from .model import MultiHeadModel
from .pruning import SUPPORT
from .restore import read_back
from .tokens import MAX_TOKENS
from .weights import Blockwise, DynamicInt8, Float32, StaticInt8, TokenInt8, WeightFormat

ROUNDS = 5
SPEED_TEXTS = 200
CORES = 2
TOKENS_IN_BATCH = 512
BATCHES_TRIED = 40
ERROR_TEXTS = 1000

# Of each head, of one text.
Logits = list[np.ndarray]


@dataclass(frozen=True)
class Variant:
    """A format of the weights, with or without fused operators."""

    name: str
    weights: WeightFormat
    fused: bool

    @property
    def file(self) -> str:
        """Name of its graph."""
        form = "fused" if self.fused else "plain"
        return f"{self.name.replace(' ', '-')}-{form}.onnx"


def variants(model: MultiHeadModel, corpora: Corpora, tokenizer: Tokenizer) -> list[Variant]:
    """All formats, plain and fused."""
    measured = {"model": model, "texts": corpora.sample(), "tokenizer": tokenizer}
    formats: dict[str, Callable[..., WeightFormat]] = {
        "fp32": lambda fused: Float32(),
        "dynamic int8": lambda fused: DynamicInt8(),
        "dynamic int8 by token": lambda fused: TokenInt8(),
        "mixed int8": lambda fused: MixedInt8(measured_inputs(**measured, fused=fused)),
        "static int8": lambda fused: StaticInt8(input_ranges(**measured, fused=fused)),
        "MatMulNBits 8": lambda fused: Blockwise(8),
        "MatMulNBits 4": lambda fused: Blockwise(4),
    }
    return [
        Variant(name, weights(fused=fused), fused)
        for name, weights in formats.items()
        for fused in (False, True)
    ]


def largest_batch_effect(
    model: OnnxModel, corpora: Corpora, encodings: Sequence[Encoding]
) -> float:
    """The largest change of a logit between a text alone and in random, padded batches."""
    heads = corpora.heads
    rng = random.Random(11)
    alone = {id(e): [x[0] for x in model.run(heads, [e])] for e in encodings}
    largest = 0.0
    for _ in range(BATCHES_TRIED):
        batch = rng.sample(encodings, rng.choice((2, 5, 16)))
        together = model.run(heads, batch, padding=rng.choice((0, 3, 40)))
        for row, encoding in enumerate(batch):
            for one, many in zip(alone[id(encoding)], together, strict=True):
                here = many[row][: len(encoding)] if one.ndim == 2 else many[row]
                largest = max(largest, float(np.abs(one - here).max()))
    return largest


def logit_errors(
    model: OnnxModel, corpora: Corpora, encodings: Sequence[Encoding], exact: Sequence[Logits]
) -> tuple[float, ...]:
    """How far logits are from exact ones: for each head the root of the mean square."""
    squares: list[list[np.ndarray]] = [[] for _ in corpora.heads]
    for encoding, expected in zip(encodings, exact, strict=True):
        found = model.run(corpora.heads, [encoding])
        for of_head, one, other in zip(squares, found, expected, strict=True):
            of_head.append(np.square(one - other).ravel())
    return tuple(float(np.sqrt(np.concatenate(of_head).mean())) for of_head in squares)


class Quality(NamedTuple):
    """What a graph says, and how far that is from what it should say."""

    scores: list[Score]
    logit_errors: tuple[float, ...]
    batch_effect: float


def quality(
    corpora: Corpora,
    tokenizer: Tokenizer,
    thresholds: Thresholds,
    exact: Sequence[Logits],
    file: Path,
) -> Quality:
    """Measures a graph; ``exact`` are the logits of 32 bits for ``held_out``."""
    model = OnnxModel(file, tokenizer)
    texts = random.Random(5).sample(corpora.sample(), 60)
    return Quality(
        scores(model, corpora, thresholds),
        logit_errors(model, corpora, held_out(corpora, tokenizer), exact),
        largest_batch_effect(model, corpora, tokenizer.encode_batch(texts)),
    )


def held_out(corpora: Corpora, tokenizer: Tokenizer) -> list[Encoding]:
    """Some of the texts that are measured on."""
    return tokenizer.encode_batch(random.Random(6).sample(corpora.measured_texts(), ERROR_TEXTS))


def sorted_batches(encodings: Sequence[Encoding]) -> list[list[Encoding]]:
    """Batches of like length, none above a number of tokens with its padding."""
    batches: list[list[Encoding]] = []
    for encoding in sorted(encodings, key=len):
        if not batches or (len(batches[-1]) + 1) * len(encoding) > TOKENS_IN_BATCH:
            batches.append([])
        batches[-1].append(encoding)
    return batches


def speeds(folder: Path, names: Sequence[str], corpora: Corpora, tokenizer: Tokenizer) -> dict:
    """Tokens per second of every graph: median of the rounds, alone and in sorted batches.

    One process for each core, all working on the same graph at the same time.
    """
    barrier, results = Barrier(CORES), Queue()
    arguments = (folder, names, corpora, tokenizer, barrier, results)
    workers = [Process(target=_work, args=(*arguments, worker)) for worker in range(CORES)]
    for worker in workers:
        worker.start()
    found = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    return {
        key: float(np.median(np.sum([rates[key] for rates in found], axis=0))) for key in found[0]
    }


def _work(
    folder: Path,
    names: Sequence[str],
    corpora: Corpora,
    tokenizer: Tokenizer,
    barrier: Barrier,
    results: Queue,
    worker: int,
) -> None:
    models = {name: OnnxModel(folder / name, tokenizer) for name in names}
    texts = [example.text for example in corpora.requests.measure["banking77"]]
    texts += [example.text for example in corpora.comments.measure["goemotions dev"]]
    encodings = tokenizer.encode_batch(random.Random(3).sample(texts, SPEED_TEXTS * CORES))
    own = encodings[worker::CORES]
    plans = {"alone": [[encoding] for encoding in own], "sorted": sorted_batches(own)}
    tokens = sum(map(len, own))
    rates: dict[tuple[str, str], list[float]] = {}
    for turn in range(ROUNDS + 1):
        for name, model in models.items():
            for plan, batches in plans.items():
                barrier.wait()
                began = time.perf_counter()
                for batch in batches:
                    model.run(corpora.heads, batch)
                if turn:  # the first one warms up
                    seconds = time.perf_counter() - began
                    rates.setdefault((name, plan), []).append(tokens / seconds)
    results.put(rates)


def table(rows: Sequence[tuple[Variant, int, Quality]], rates: dict) -> str:
    """All variants as a Markdown table; speeds also relative to plain fp32."""
    measures = [f"{s.measure}, {s.dataset}" for s in rows[0][2].scores]
    columns = ["weights", "operators", "MB", *measures, "error of logits by head"]
    columns += ["tokens/s alone", "tokens/s sorted", "largest change of a logit by its batch"]
    lines = [columns, ["---"] * 2 + ["---:"] * (len(columns) - 2)]
    slowest = rows[0][0].file
    for variant, size, found in rows:
        speed = []
        for plan in ("alone", "sorted"):
            rate = rates[variant.file, plan]
            speed.append(f"{rate:,.0f} ({rate / rates[slowest, plan]:.2f}x)")
        lines.append(
            [
                variant.name,
                "fused" if variant.fused else "plain",
                f"{size / 1e6:.1f}",
                *(f"{score.value:.1%}" for score in found.scores),
                ", ".join(f"{error:.3f}" for error in found.logit_errors),
                *speed,
                f"{found.batch_effect:.1g}",
            ]
        )
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m recipe.variants", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--work", type=Path, default=Path("work"), help="folder of the weights")
    parser.add_argument(
        "--bundle", type=Path, help="bundle to read the weights back from, as exact as its 8 bits"
    )
    parser.add_argument("--seed", type=int, default=17)
    arguments = parser.parse_args()
    corpora = Corpora.read(arguments.data, arguments.seed)
    arguments.work.mkdir(parents=True, exist_ok=True)
    require_these_texts(arguments.work, corpora)
    base = Base(corpora.training_texts(), arguments.work)
    tokenizer = base.tokenizer
    if arguments.bundle:
        model = read_back(arguments.bundle, base, corpora.heads, SUPPORT)
    else:
        model = base.untrained(corpora.heads, len(SUPPORT.layers), SUPPORT.inner_size)
        model.load_state_dict(torch.load(arguments.work / "support.pt", weights_only=True))
        model.eval()
    found = variants(model, corpora, tokenizer)
    for variant in found:
        graph = write_graph(model, variant.weights, fused=variant.fused, positions=MAX_TOKENS)
        onnx.save(graph, arguments.work / variant.file)
    rates = speeds(arguments.work, [v.file for v in found], corpora, tokenizer)
    files = [arguments.work / variant.file for variant in found]
    _, emotion, _ = corpora.heads
    comments = corpora.comments.measure["thresholds"]
    plain = OnnxModel(files[0], tokenizer)
    thresholds = choose_thresholds(plain, emotion, comments)
    exact = [plain.run(corpora.heads, [e]) for e in held_out(corpora, tokenizer)]
    # Not forked: the runtime's locks would be copied as they are.
    with ProcessPoolExecutor(CORES, get_context("spawn")) as workers:
        measured = workers.map(partial(quality, corpora, tokenizer, thresholds, exact), files)
        rows = [
            (variant, file.stat().st_size, result)
            for variant, file, result in zip(found, files, measured, strict=True)
        ]
    print(table(rows, rates))


if __name__ == "__main__":
    _main()
