"""Writes what stands beside the graph in the bundle folder."""

import json
from collections.abc import Sequence
from pathlib import Path
from string import Template

from tokenizers import Tokenizer

from .evaluate import Score
from .heads import TOKEN, Head
from .tokens import MAX_TOKENS

NAME = "support"
VERSION = "0.1.0"
STRIDE = 64
MODEL_FILE = "model_quantized.onnx"

_CONFIG_KEYS = (
    "architectures",
    "model_type",
    "vocab_size",
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "intermediate_size",
    "hidden_act",
    "max_position_embeddings",
    "type_vocab_size",
    "layer_norm_eps",
    "pad_token_id",
)
_TOKENIZER_KEYS = (
    "tokenizer_class",
    "do_lower_case",
    "strip_accents",
    "tokenize_chinese_chars",
    "unk_token",
    "sep_token",
    "pad_token",
    "cls_token",
    "mask_token",
)
_CARD = Path(__file__).with_name("model_card.md")


def write_tokenizer(base: Path, out: Path) -> None:
    """The base model's tokenizer, without the cutting and padding it was published with."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(out / "tokenizer.json"))
    config = _chosen(base / "tokenizer_config.json", _TOKENIZER_KEYS)
    _write_json(out / "tokenizer_config.json", config | {"model_max_length": MAX_TOKENS})


def write_config(base: Path, out: Path) -> None:
    """The architecture of the encoder."""
    _write_json(out / "config.json", _chosen(base / "config.json", _CONFIG_KEYS))


def write_manifest(heads: Sequence[Head], out: Path) -> None:
    """What Winnow needs to know about the model."""
    lines = [
        f"name: {NAME}",
        f'version: "{VERSION}"',
        "window:",
        f"  tokens: {MAX_TOKENS}  # in one forward pass, special tokens included",
        f"  stride: {STRIDE}  # tokens that neighbouring windows share",
        "heads:",
    ]
    for head in heads:
        lines += _manifest_entry(head)
    _write(out / "winnow.yaml", "\n".join(lines) + "\n")


def write_card(before: Sequence[Score], after: Sequence[Score], out: Path) -> None:
    """The model card, with the scores before and after quantization."""
    rows = [
        f"| {b.measure} | {b.dataset} | {b.examples} | {b.value:.1%} | {a.value:.1%} |"
        for b, a in zip(before, after, strict=True)
    ]
    megabytes = (out / MODEL_FILE).stat().st_size / 1e6
    card = Template(_CARD.read_text(encoding="utf-8")).substitute(
        name=NAME,
        version=VERSION,
        tokens=MAX_TOKENS,
        megabytes=f"{megabytes:.1f}",
        scores="\n".join(rows),
    )
    _write(out / "README.md", card)


def _manifest_entry(head: Head) -> list[str]:
    entry = [f"  - name: {head.name}", f"    task: {head.task}", f"    output: {head.output}"]
    if head.task == TOKEN:
        entry.append("    aggregation: first")
    return [*entry, "    labels:", *(f"      - {json.dumps(label)}" for label in head.labels)]


def _chosen(path: Path, keys: Sequence[str]) -> dict[str, object]:
    published = json.loads(path.read_text(encoding="utf-8"))
    return {key: published[key] for key in keys}


def _write_json(path: Path, content: dict[str, object]) -> None:
    _write(path, json.dumps(content, indent=2) + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
