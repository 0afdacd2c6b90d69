"""Makes the bundles ``support`` and ``support-mini``: ``python -m recipe --data DIR --out DIR``."""

import argparse
import copy
import logging
import random
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
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
from .pruning import MINI, SUPPORT, TUTOR, Shape, pruned
from .restore import read_back
from .rounding import rounding
from .tokens import MAX_TOKENS
from .train import TrainingConfig, train
from .unlabelled import Unlabelled
from .weights import Float32, WeightFormat

log = logging.getLogger("recipe")

NAMES = ("support", "support-mini")

STEPS = 3000
LEARNING_RATE = 1.5e-4
INTENT_STEPS = 1300
TUTORED_STEPS = 1200
TUTORED_LEARNING_RATE = 1e-4
REMINDING_BATCH = 6
SELF_TAUGHT_STEPS = 2400
SELF_TAUGHT_LEARNING_RATE = 2e-4
# Texts of each head in a step, and of those without labels.
SELF_TAUGHT_BATCHES = (32, 8, 24, 24)
STUDENT_STEPS = 4200
STUDENT_LEARNING_RATE = 4e-4
# Intents and emotions are learnt soon, names are not.
STUDENT_BATCHES = (16, 8, 24, 32)
ROUNDING_STEPS = 1200
ROUNDING_LEARNING_RATE = 2e-4
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
        # Read before the bundles are written over.
        self._beginnings = {
            name: bundle.BEGUN.format(bundle.version_of(self._begun / name)) if self._begun else ""
            for name in NAMES
        }
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
        support = self.support()
        mini = self.mini(support)
        for name, model in zip(NAMES, (support, mini), strict=True):
            self._pack(name, model)

    def support(self) -> MultiHeadModel:
        """The encoder's lower layers, which after all training with tutors teach themselves."""
        begun = self._read_back("support", SUPPORT) or self._tutored()
        itself = copy.deepcopy(begun)
        return self._trained(
            "support",
            begun,
            self._with_unlabelled(SELF_TAUGHT_BATCHES),
            self._config(SELF_TAUGHT_STEPS, SELF_TAUGHT_LEARNING_RATE),
            tutored_loss(dict.fromkeys(self._corpora.heads, itself), self._mask_id),
        )

    def _tutored(self) -> MultiHeadModel:
        """Trained by labels first, then with a tutor for intents."""
        bge = self._base.model(BGE_SMALL, self._corpora.heads)
        untutored = self._trained(
            "support-untutored",
            pruned(bge, SUPPORT, self._texts()),
            self._tasks,
            self._config(STEPS, LEARNING_RATE),
            consistent_loss,
        )
        intents, *others = self._tasks
        tutor = self._tutor(pruned(bge, TUTOR, self._texts()), intents)
        # The other heads know enough: they are to stay as they are.
        itself = copy.deepcopy(untutored)
        return self._trained(
            "support-tutored",
            untutored,
            [intents, *(replace(task, batch_size=REMINDING_BATCH) for task in others)],
            self._config(TUTORED_STEPS, TUTORED_LEARNING_RATE),
            tutored_loss(
                {intents.head: tutor, **{task.head: itself for task in others}}, self._mask_id
            ),
        )

    def mini(self, teacher: MultiHeadModel) -> MultiHeadModel:
        """A smaller model that learns from a trained one, at last as it will be rounded."""
        tasks = self._with_unlabelled(STUDENT_BATCHES)
        loss = distilled_loss(teacher, self._mask_id)
        exact = self._read_back("support-mini", MINI) or self._trained(
            "support-mini-exact",
            pruned(teacher, MINI, self._texts()),
            tasks,
            self._config(STUDENT_STEPS, STUDENT_LEARNING_RATE),
            loss,
        )
        rounded = self._trained(
            "support-mini",
            rounding(exact),
            tasks,
            self._config(ROUNDING_STEPS, ROUNDING_LEARNING_RATE),
            loss,
        )
        exact.load_state_dict(rounded.state_dict())
        return exact

    def _with_unlabelled(self, sizes: Sequence[int]) -> list[Task]:
        """The tasks in batches of these sizes, and names on texts that nobody marked."""
        *of_heads, unlabelled = sizes
        *_, entities = self._corpora.heads
        tasks = zip(self._tasks, of_heads, strict=True)
        return [
            *(replace(task, batch_size=size) for task, size in tasks),
            Task(entities, unlabelled, 1.0, partial(self._unlabelled.epoch, self._base.tokenizer)),
        ]

    @cached_property
    def _unlabelled(self) -> Unlabelled:
        comments = [comment.text for comment in self._corpora.comments.train]
        measured = self._corpora.measured_texts()
        return Unlabelled.read(self._data, self._work, comments, measured)

    def _read_back(self, name: str, shape: Shape) -> MultiHeadModel | None:
        """The model of a bundle to begin with, if there is one."""
        if self._begun is None:
            return None
        return read_back(self._begun / name, self._base, self._corpora.heads, shape)

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
        card = bundle.Card(name, vocabulary, self._beginnings[name], before, after)
        bundle.write_card(card, out)
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
        "--begin", type=Path, help="folder of both bundles, to run the last stage of each alone"
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
