"""Makes the bundles ``support`` and ``support-mini``: ``python -m recipe --data DIR --out DIR``."""

import argparse
import copy
import logging
import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import onnx
import torch
from tokenizers import Tokenizer

from . import bundle
from .base import BGE_SMALL, Base
from .batches import Batch, Task, batches
from .calibrate import measured_inputs
from .checkpoint import require_these_texts
from .corpora import Corpora
from .distil import distilled_loss, tutored_loss
from .evaluate import OnnxModel, Thresholds, choose_thresholds, scores
from .graph import write_graph
from .losses import Loss, consistent_loss, corrected_loss
from .mixed import MixedInt8
from .model import MultiHeadModel
from .pruning import MINI, SUPPORT, TUTOR, pruned
from .restore import read_back
from .tokens import MAX_TOKENS
from .train import TrainingConfig, train
from .unlabelled import Unlabelled
from .weights import Float32, WeightFormat

log = logging.getLogger("recipe")

STEPS = 3000
LEARNING_RATE = 1.5e-4
INTENT_STEPS = 1300
TUTORED_STEPS = 1200
TUTORED_LEARNING_RATE = 1e-4
REMINDING_BATCH = 6
STUDENT_STEPS = 4200
STUDENT_LEARNING_RATE = 4e-4
# Texts of each head in a step: intents and emotions are learnt soon, names are not.
STUDENT_BATCHES = (16, 8, 24)
UNLABELLED_BATCH = 32
_WINNOW = Path(__file__).parents[2] / "local" / "winnow"
_GOLDEN_TEXTS = Path(__file__).parent / "golden.txt"
# Of each head, to see which neurons its texts use.
PRUNING_BATCHES = 8


class Recipe:
    """All stages; what a stage leaves in the work folder is not made again."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._out: Path = arguments.out
        self._work: Path = arguments.work
        self._data: Path = arguments.data
        self._begun: Path | None = arguments.begin
        self._teacher: Path | None = arguments.teacher
        # Read before they are written over, if they are the bundles to be made.
        self._beginnings: dict[str, str] = {}
        if self._begun:
            version = bundle.version_of(self._begun)
            self._beginnings["support"] = bundle.BEGUN.format(version)
        if self._teacher:
            version = bundle.version_of(self._teacher)
            self._beginnings["support-mini"] = bundle.TAUGHT.format(version)
        self._bf16: bool = arguments.bf16
        self._threads: int = arguments.threads
        self._corpora = Corpora.read(arguments.data, arguments.seed)
        self._work.mkdir(parents=True, exist_ok=True)
        require_these_texts(self._work, self._corpora)
        self._base = Base(self._corpora.training_texts(), self._work)
        self._tasks = self._corpora.tasks(self._base.tokenizer)
        self._mask_id: int = self._base.tokenizer.token_to_id("[MASK]")
        self._seed: int = arguments.seed
        torch.manual_seed(self._seed)

    def run(self) -> None:
        """Trains, distils, quantizes, measures and writes both bundles."""
        if self._teacher:
            support = self._read_back(self._teacher)
        else:
            support = self.support()
            self._pack("support", support)
        self._pack("support-mini", self.mini(support))

    def support(self) -> MultiHeadModel:
        """The encoder's lower layers, trained by labels first, then with a tutor for intents."""
        bge = self._base.model(BGE_SMALL, self._corpora.heads)
        untutored = self._untutored(bge)
        intents, *others = self._tasks
        tutor = self._tutor(pruned(bge, TUTOR, self._texts()), intents)
        # The other heads know enough: they are to stay as they are.
        itself = copy.deepcopy(untutored)
        return self._trained(
            "support",
            untutored,
            [intents, *(replace(task, batch_size=REMINDING_BATCH) for task in others)],
            self._config(TUTORED_STEPS, TUTORED_LEARNING_RATE),
            tutored_loss(
                {intents.head: tutor, **{task.head: itself for task in others}}, self._mask_id
            ),
        )

    def _untutored(self, bge: MultiHeadModel) -> MultiHeadModel:
        """Trained by labels, or read from a bundle of before."""
        if self._begun:
            return self._read_back(self._begun)
        return self._trained(
            "support-untutored",
            pruned(bge, SUPPORT, self._texts()),
            self._tasks,
            self._config(STEPS, LEARNING_RATE),
            consistent_loss,
        )

    def mini(self, teacher: MultiHeadModel) -> MultiHeadModel:
        """A smaller model that learns from a trained one, names also from texts without labels."""
        sizes = zip(self._tasks, STUDENT_BATCHES, strict=True)
        tasks = [replace(task, batch_size=size) for task, size in sizes]
        return self._trained(
            "support-mini",
            pruned(teacher, MINI, self._texts()),
            [*tasks, self._unlabelled()],
            self._config(STUDENT_STEPS, STUDENT_LEARNING_RATE),
            distilled_loss(teacher, self._mask_id),
        )

    def _unlabelled(self) -> Task:
        """Texts on which names are learnt from the teacher alone."""
        *_, entities = self._corpora.heads
        comments = [comment.text for comment in self._corpora.comments.train]
        measured = self._corpora.measured_texts()
        texts = Unlabelled.read(self._data, self._work, comments, measured)
        epoch = partial(texts.epoch, self._base.tokenizer)
        return Task(entities, UNLABELLED_BATCH, 1.0, epoch)

    def _read_back(self, folder: Path) -> MultiHeadModel:
        return read_back(folder, self._base, self._corpora.heads, SUPPORT)

    def _tutor(self, model: MultiHeadModel, task: Task) -> MultiHeadModel:
        config = self._config(INTENT_STEPS, LEARNING_RATE)
        return self._trained("tutor", model, [task], config, corrected_loss)

    def _texts(self) -> Iterator[Batch]:
        """Some batches of every head."""
        for task in self._tasks:
            stream = batches(task, random.Random(f"{self._seed} pruning {task.head.name}"))
            yield from islice(stream, PRUNING_BATCHES)

    def _config(self, steps: int, learning_rate: float) -> TrainingConfig:
        return TrainingConfig(
            steps=steps,
            learning_rate=learning_rate,
            seed=self._seed,
            threads=self._threads,
            bf16=self._bf16,
        )

    def _trained(
        self,
        name: str,
        model: MultiHeadModel,
        tasks: Sequence[Task],
        config: TrainingConfig,
        loss: Loss,
    ) -> MultiHeadModel:
        file = self._work / f"{name}.pt"
        if file.exists():
            log.info("taking %s as it is", file)
            model.load_state_dict(torch.load(file, weights_only=True))
            return model.eval()
        checkpoint = self._work / f"{name}.checkpoint"
        torch.manual_seed(self._seed)
        train(model, tasks, config, checkpoint, loss)
        torch.save(model.state_dict(), file)
        checkpoint.unlink(missing_ok=True)
        return model

    def _pack(self, name: str, model: MultiHeadModel) -> None:
        """Writes a bundle folder, with its scores before and after quantization."""
        out = self._out / name
        out.mkdir(parents=True, exist_ok=True)
        tokenizer = self._base.tokenizer
        exact = _written(model, Float32(), self._work / f"{name}-fp32.onnx", tokenizer)
        inputs = measured_inputs(model, self._corpora.sample(), tokenizer, fused=True)
        quantized = _written(model, MixedInt8(inputs), out / bundle.MODEL_FILE, tokenizer)
        thresholds = self._thresholds(exact)
        before = scores(exact, self._corpora, thresholds)
        after = scores(quantized, self._corpora, thresholds)
        log.info("%s: before quantization %s", name, before)
        log.info("%s: after quantization %s", name, after)
        bundle.write_tokenizer(self._base.tokenizer_json, out)
        bundle.write_config(model, out)
        bundle.write_manifest(name, model.heads, thresholds, out)
        vocabulary = tokenizer.get_vocab_size()
        beginning = self._beginnings.get(name, "")
        bundle.write_card(bundle.Card(name, vocabulary, beginning, before, after), out)
        subprocess.run([_WINNOW, "seal", out, "--texts", _GOLDEN_TEXTS], check=True)

    def _thresholds(self, model: OnnxModel) -> Thresholds:
        _, emotion, _ = self._corpora.heads
        return choose_thresholds(model, emotion, self._corpora.comments.measure["thresholds"])


def _written(
    model: MultiHeadModel, weights: WeightFormat, file: Path, tokenizer: Tokenizer
) -> OnnxModel:
    onnx.save(write_graph(model, weights, fused=True, positions=MAX_TOKENS), file)
    return OnnxModel(file, tokenizer)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m recipe", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the bundles in")
    parser.add_argument(
        "--work", type=Path, default=Path("work"), help="folder for the trained weights"
    )
    parser.add_argument(
        "--begin", type=Path, help="bundle whose weights stand for the first stage of training"
    )
    parser.add_argument(
        "--teacher", type=Path, help="bundle of a trained support; makes support-mini alone"
    )
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--threads", type=int, default=2, help="threads that train on a CPU")
    parser.add_argument(
        "--bf16",
        action="store_true",
        help="compute in bfloat16, faster on a processor that has instructions for it",
    )
    return parser.parse_args()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    Recipe(_arguments()).run()
