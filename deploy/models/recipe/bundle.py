"""Writes what stands beside the graph in a bundle folder."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from tokenizers import Tokenizer

from .evaluate import Score, Thresholds
from .heads import TOKEN, Head
from .model import MultiHeadModel
from .tokens import MAX_TOKENS

VERSION = "0.7.0"
STRIDE = 64
MODEL_FILE = "model_quantized.onnx"

_CONFIG_KEYS = (
    "model_type",
    "vocab_size",
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "intermediate_size",
    "hidden_act",
    "type_vocab_size",
    "layer_norm_eps",
    "pad_token_id",
)
_SPECIAL_TOKENS = ("unk_token", "sep_token", "pad_token", "cls_token", "mask_token")
BEGUN = (
    "\nFor this version only the last stage was run: it began with the weights of version {}"
    " (`--begin`).\n"
)
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Card:
    """What a model card tells beside its fixed text ``card_NAME.md``.

    ``beginning`` is ``BEGUN`` where weights of an earlier version were taken.
    """

    name: str
    vocabulary: int
    beginning: str
    before: Sequence[Score]
    after: Sequence[Score]


def write_tokenizer(tokenizer: str, out: Path) -> None:
    """A tokenizer without the cutting and padding that the base model was published with."""
    written = Tokenizer.from_str(tokenizer)
    written.no_truncation()
    written.no_padding()
    written.save(str(out / "tokenizer.json"))
    described = {name: f"[{name.removesuffix('_token').upper()}]" for name in _SPECIAL_TOKENS}
    described |= {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MAX_TOKENS}
    _write_json(out / "tokenizer_config.json", described)


def write_config(model: MultiHeadModel, out: Path) -> None:
    """The architecture of the encoder."""
    described = model.encoder.config.to_dict()
    chosen = {"architectures": ["BertModel"]} | {key: described[key] for key in _CONFIG_KEYS}
    _write_json(out / "config.json", chosen | {"max_position_embeddings": MAX_TOKENS})


def write_manifest(name: str, heads: Sequence[Head], thresholds: Thresholds, out: Path) -> None:
    """What Winnow needs to know about the model."""
    lines = [
        f"name: {name}",
        f'version: "{VERSION}"',
        "window:",
        f"  tokens: {MAX_TOKENS}  # in one forward pass, special tokens included",
        f"  stride: {STRIDE}  # tokens that neighbouring windows share",
        "heads:",
    ]
    for head in heads:
        lines += _manifest_entry(head, thresholds)
    _write(out / "winnow.yaml", "\n".join(lines) + "\n")


def write_card(card: Card, out: Path) -> None:
    """The model card, with the scores before and after quantization."""
    rows = [
        f"| {b.measure} | {b.dataset} | {b.examples} | {b.value:.1%} | {a.value:.1%} |"
        for b, a in zip(card.before, card.after, strict=True)
    ]
    text = Template((_FOLDER / f"card_{card.name}.md").read_text(encoding="utf-8")).substitute(
        name=card.name,
        version=VERSION,
        tokens=MAX_TOKENS,
        vocabulary=f"{card.vocabulary:,}",
        beginning=card.beginning,
        megabytes=f"{(out / MODEL_FILE).stat().st_size / 1e6:.1f}",
        scores="\n".join(rows),
        sources=(_FOLDER / "card_sources.md").read_text(encoding="utf-8").strip(),
    )
    _write(out / "README.md", text)


def version_of(folder: Path) -> str:
    """The version that a bundle's manifest states."""
    manifest = (folder / "winnow.yaml").read_text(encoding="utf-8")
    return re.search(r'^version: "(.+)"$', manifest, re.MULTILINE)[1]


def _manifest_entry(head: Head, thresholds: Thresholds) -> list[str]:
    entry = [f"  - name: {head.name}", f"    task: {head.task}", f"    output: {head.output}"]
    if head.task == TOKEN:
        entry.append("    aggregation: first")
    if head.multi_label:
        entry.append("    problem-type: multi-label-classification")
        entry.append("    thresholds:  # the best F1 of each label on texts held out of training")
        entry += [f"      {label}: {thresholds[label]}" for label in head.labels]
    return [*entry, "    labels:", *(f"      - {json.dumps(label)}" for label in head.labels)]


def _write_json(path: Path, content: dict[str, object]) -> None:
    _write(path, json.dumps(content, indent=2) + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
