"""Trains all heads together: every step takes a batch of every head."""

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch
from torch.nn.utils import clip_grad_norm_
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from .batches import Task, batches
from .checkpoint import Checkpoint
from .heads import Head
from .losses import Loss
from .model import MultiHeadModel, pick_device

log = logging.getLogger(__name__)

LOG_EVERY = 100
SAVE_EVERY = 100


@dataclass(frozen=True)
class TrainingConfig:
    """The settings of a training run."""

    steps: int
    seed: int = 17
    learning_rate: float = 2e-4
    head_learning_rate: float = 6e-4
    warm_up: float = 0.06
    last_rate: float = 0.1
    average_decay: float = 0.998
    weight_decay: float = 0.01
    threads: int = 2
    bf16: bool = False


def train(
    model: MultiHeadModel,
    tasks: Sequence[Task],
    config: TrainingConfig,
    checkpoint: Path,
    loss: Loss,
) -> None:
    """Trains a model in place and leaves it on the CPU, ready to be exported.

    What it ends with is the moving average of its weights. A training that was cut off goes on from
    its checkpoint.
    """
    torch.set_num_threads(config.threads)
    device = pick_device()
    model.to(device).train()
    streams = [batches(task, random.Random(f"{config.seed} {task.head.name}")) for task in tasks]
    optimizer = _optimizer(model, config)
    schedule = LambdaLR(optimizer, _linear_decay(config))
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(config.average_decay))
    saved = Checkpoint(
        checkpoint, model=model, average=average, optimizer=optimizer, schedule=schedule
    )
    done = saved.restore()
    for stream in streams:
        next(islice(stream, done, done), None)
    meter = _Meter(config.steps)
    for step in range(done + 1, config.steps + 1):
        for task, stream in zip(tasks, streams, strict=True):
            batch = next(stream).to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=config.bf16):
                value = loss(model, batch)
            (task.weight * value).backward()
            meter.record(task.head, value.item())
        clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        average.update_parameters(model)
        meter.step(step)
        if step % SAVE_EVERY == 0:
            saved.save(step)
    model.load_state_dict(average.module.state_dict())
    model.cpu().eval()


def _optimizer(model: MultiHeadModel, config: TrainingConfig) -> torch.optim.Optimizer:
    """AdamW that leaves biases and normalisation weights undecayed."""
    parts = (
        (model.encoder, config.learning_rate),
        (model.layers, config.head_learning_rate),
    )
    groups = [
        {
            "params": [p for p in part.parameters() if p.requires_grad and (p.ndim > 1) == matrix],
            "lr": rate,
            "weight_decay": config.weight_decay if matrix else 0.0,
        }
        for part, rate in parts
        for matrix in (True, False)
    ]
    return torch.optim.AdamW(groups, fused=True)


def _linear_decay(config: TrainingConfig) -> Callable[[int], float]:
    """Factor of the learning rate: up over the warm-up, then down to its last."""
    rising = max(1, round(config.steps * config.warm_up))
    falling = max(1, config.steps - rising)

    def factor(step: int) -> float:
        left = (config.steps - step) / falling
        return min((step + 1) / rising, config.last_rate + (1 - config.last_rate) * left)

    return factor


class _Meter:
    """Logs the mean loss of every head now and then."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._losses: dict[str, list[float]] = {}
        self._began = time.monotonic()

    def record(self, head: Head, loss: float) -> None:
        self._losses.setdefault(head.name, []).append(loss)

    def step(self, step: int) -> None:
        if step % LOG_EVERY == 0 or step == self._steps:
            means = {name: f"{sum(v) / len(v):.3f}" for name, v in self._losses.items()}
            elapsed = time.monotonic() - self._began
            log.info("step %d of %d, %.0f s, loss %s", step, self._steps, elapsed, means)
            self._losses.clear()
