"""Makes the bundles ``support`` and ``support-mini``: ``python -m recipe --data DIR --out DIR``."""

import argparse
import logging
from collections.abc import Callable
from pathlib import Path

import onnx
import torch
from tokenizers import Tokenizer
from torch import Tensor

from . import bundle, student
from . import tutor as tutoring
from .base import Base
from .corpora import Corpora
from .evaluate import OnnxModel, Thresholds, choose_thresholds, scores
from .graph import write_graph
from .heads import Head
from .model import MultiHeadModel
from .tokens import MAX_TOKENS, cut
from .train import Task, TrainingConfig, train
from .weights import Float32, TokenInt8, WeightFormat

log = logging.getLogger("recipe")

TUTOR_STEPS = {"intent": 2000, "entities": 1500}
TUTOR_LEARNING_RATE = 1e-4
STEPS = 3600
CYCLES = 2
CYCLE_STEPS = 900
CYCLE_LEARNING_RATE = 1e-4
STUDENT_STEPS = 3000
STUDENT_LEARNING_RATE = 4e-4


Weights = dict[str, Tensor]


class Recipe:
    """All stages; what a stage leaves in the work folder is not made again."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._out: Path = arguments.out
        self._work: Path = arguments.work
        self._bf16: bool = arguments.bf16
        self._threads: int = arguments.threads
        self._base = Base()
        self._corpora = Corpora.read(arguments.data, arguments.seed)
        self._seed: int = arguments.seed

    def run(self) -> None:
        """Trains, distils, quantizes, measures and writes both bundles."""
        self._work.mkdir(parents=True, exist_ok=True)
        model = self.support()
        tokenizer = self._base.tokenizer_json
        self._pack("support", model, tokenizer)
        kept = student.kept_tokens(self._base.tokenizer, self._corpora.training_texts())
        mini = student.with_tokens(self.mini(), kept)
        self._pack("support-mini", mini, student.smaller_tokenizer(tokenizer, kept))

    def tutor(self, task: Task) -> MultiHeadModel:
        """The larger model, which knows one head alone."""
        torch.manual_seed(self._seed)
        model = tutoring.untrained(self._work, task.head)
        self._base.introduce_mark(model.encoder)
        config = self._config(TUTOR_STEPS[task.head.name], learning_rate=TUTOR_LEARNING_RATE)
        name = f"tutor-{task.head.name}"
        return self._trained(name, model, lambda file: train(model, [task], config, file))

    def support(self) -> MultiHeadModel:
        """The mean of what a training and shorter cycles behind it each end at.

        As in Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima and Better
        Generalization".
        """
        torch.manual_seed(self._seed)
        model = self._base.model(self._corpora.heads)
        ends = [self._cycle("support-0", model, self._config(STEPS))]
        for cycle in range(1, CYCLES + 1):
            config = self._config(
                CYCLE_STEPS, seed=self._seed + cycle, learning_rate=CYCLE_LEARNING_RATE
            )
            ends.append(self._cycle(f"support-{cycle}", model, config))
        model.load_state_dict({name: _mean([end[name] for end in ends]) for name in ends[0]})
        return model.eval()

    def _cycle(self, name: str, model: MultiHeadModel, config: TrainingConfig) -> Weights:
        self._trained(name, model, lambda file: self._train(model, config, file))
        return {name: weights.clone() for name, weights in model.state_dict().items()}

    def mini(self) -> MultiHeadModel:
        """The student of the trained model, with the whole vocabulary."""
        teacher = self.support()
        torch.manual_seed(self._seed)
        model = student.pruned(teacher)
        return self._trained("support-mini", model, lambda file: self._distil(teacher, model, file))

    def _train(self, model: MultiHeadModel, config: TrainingConfig, checkpoint: Path) -> None:
        tasks = intent, _, entities = self._corpora.tasks(self._base.tokenizer)
        tutors = self._tutors(intent, entities)
        train(model, tasks, config, checkpoint, tutoring.tutored_loss(tutors))

    def _tutors(self, *tasks: Task) -> dict[Head, MultiHeadModel]:
        return {task.head: self.tutor(task) for task in tasks}

    def _distil(self, teacher: MultiHeadModel, model: MultiHeadModel, checkpoint: Path) -> None:
        tasks = intent, emotion, entities = self._corpora.tasks(self._base.tokenizer)
        tutors = self._tutors(intent, entities) | {emotion.head: teacher}
        config = self._config(STUDENT_STEPS, learning_rate=STUDENT_LEARNING_RATE)
        train(model, tasks, config, checkpoint, tutoring.tutored_loss(tutors))

    def _config(self, steps: int, **changes: float) -> TrainingConfig:
        settings = {"seed": self._seed, "threads": self._threads, "bf16": self._bf16} | changes
        return TrainingConfig(steps=steps, **settings)

    def _trained(
        self, name: str, model: MultiHeadModel, learn: Callable[[Path], None]
    ) -> MultiHeadModel:
        file = self._work / f"{name}.pt"
        if file.exists():
            log.info("taking %s as it is", file)
            model.load_state_dict(torch.load(file, weights_only=True))
            return model.eval()
        checkpoint = self._work / f"{name}.checkpoint"
        learn(checkpoint)
        torch.save(model.state_dict(), file)
        checkpoint.unlink(missing_ok=True)
        return model

    def _pack(self, name: str, model: MultiHeadModel, tokenizer: str) -> None:
        """Writes a bundle folder, with its scores before and after quantization."""
        out = self._out / name
        out.mkdir(parents=True, exist_ok=True)
        cutting = cut(Tokenizer.from_str(tokenizer))
        exact = _written(model, Float32(), self._work / f"{name}-fp32.onnx", cutting)
        quantized = _written(model, TokenInt8(), out / bundle.MODEL_FILE, cutting)
        thresholds = self._thresholds(exact)
        before = scores(exact, self._corpora, thresholds)
        after = scores(quantized, self._corpora, thresholds)
        log.info("%s: before quantization %s", name, before)
        log.info("%s: after quantization %s", name, after)
        bundle.write_tokenizer(tokenizer, out)
        bundle.write_config(model, out)
        bundle.write_manifest(name, model.heads, thresholds, out)
        bundle.write_card(bundle.Card(name, before, after), out)

    def _thresholds(self, model: OnnxModel) -> Thresholds:
        _, emotion, _ = self._corpora.heads
        return choose_thresholds(model, emotion, self._corpora.comments.measure["thresholds"])


def _mean(tensors: list[Tensor]) -> Tensor:
    return torch.stack(tensors).mean(0) if tensors[0].is_floating_point() else tensors[0]


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
