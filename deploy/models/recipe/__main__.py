"""Makes the bundle: ``python -m recipe --data DIR --out DIR``."""

import argparse
import logging
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from . import bundle, data
from .evaluate import OnnxModel, Score, accuracy, false_alarms, span_f1
from .export import export_onnx, quantize
from .heads import support_heads
from .model import MultiHeadModel, base_folder
from .tokens import load_tokenizer
from .train import Task, TrainingConfig, text_examples, token_examples, train

log = logging.getLogger("recipe")

INTENT_EPOCHS = 6
ENTITY_EPOCHS = 3


def main() -> None:
    """Trains the model and packs it."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    arguments = _arguments()
    config = TrainingConfig(bf16=arguments.bf16)
    torch.manual_seed(config.seed)

    base = base_folder()
    tokenizer = load_tokenizer(base / "tokenizer.json")
    intents, requests = data.banking77(arguments.data, config.seed)
    named = data.entities(arguments.data, config.seed)
    unnamed = data.without_names(requests)
    intent, entities = support_heads(intents)

    model = MultiHeadModel.pretrained(base, (intent, entities))
    texts = text_examples(intent, requests.train, tokenizer)
    tokens = token_examples(entities, [*named.train, *unnamed.train], tokenizer)
    tasks = (Task(intent, texts, INTENT_EPOCHS), Task(entities, tokens, ENTITY_EPOCHS))
    train(model, tasks, config)

    def measure(path: Path) -> list[Score]:
        graph = OnnxModel(path, tokenizer)
        return [
            *(accuracy(graph, intent, *measured) for measured in requests.measure.items()),
            *(span_f1(graph, entities, *measured) for measured in named.measure.items()),
            *(false_alarms(graph, entities, *measured) for measured in unnamed.measure.items()),
        ]

    _pack(model, base, arguments.out, measure)


def _pack(
    model: MultiHeadModel, base: Path, out: Path, measure: Callable[[Path], list[Score]]
) -> None:
    """Writes the bundle folder."""
    out.mkdir(parents=True, exist_ok=True)
    quantized = out / bundle.MODEL_FILE
    with TemporaryDirectory() as folder:
        exported = Path(folder) / "model.onnx"
        export_onnx(model, exported)
        quantize(exported, quantized)
        before, after = measure(exported), measure(quantized)
    log.info("before quantization: %s", before)
    log.info("after quantization: %s", after)
    bundle.write_tokenizer(base, out)
    bundle.write_config(base, out)
    bundle.write_manifest(model.heads, out)
    bundle.write_card(before, after, out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m recipe", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="bundle folder to write")
    parser.add_argument(
        "--bf16",
        action="store_true",
        help="compute in bfloat16, faster on a processor that has instructions for it",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
