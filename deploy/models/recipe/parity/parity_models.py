"""Tiny models with random weights, and their export to ONNX."""

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import (
    AutoConfig,
    AutoModelForSequenceClassification,
    AutoModelForTokenClassification,
    PreTrainedConfig,
    PreTrainedModel,
)

from parity_tokenizers import MAX_LENGTH, TokenizerFiles

AUTO_CLASSES = {
    "text-classification": AutoModelForSequenceClassification,
    "token-classification": AutoModelForTokenClassification,
}

SIZES = {
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 32,
}

FAMILY_OPTIONS: dict[str, dict[str, Any]] = {
    "bert": {"max_position_embeddings": MAX_LENGTH},
    "distilbert": {
        "dim": 16,
        "n_layers": 2,
        "n_heads": 2,
        "hidden_dim": 32,
        "max_position_embeddings": MAX_LENGTH,
    },
    # Positions start after the padding id.
    "roberta": {"max_position_embeddings": MAX_LENGTH + 2, "type_vocab_size": 1},
    "xlm-roberta": {"max_position_embeddings": MAX_LENGTH + 2, "type_vocab_size": 1},
    # As DeBERTa-v3: relative positions only, no token types, shared projections.
    "deberta-v2": {
        "max_position_embeddings": MAX_LENGTH,
        "type_vocab_size": 0,
        "relative_attention": True,
        "position_buckets": 32,
        "max_relative_positions": -1,
        "pos_att_type": ["p2c", "c2p"],
        "norm_rel_ebd": "layer_norm",
        "share_att_key": True,
        "position_biased_input": False,
    },
    # The window is small, so that the local layer differs from the global one.
    "modernbert": {
        "max_position_embeddings": MAX_LENGTH,
        "local_attention": 16,
        "global_attn_every_n_layers": 2,
        "classifier_pooling": "mean",
    },
}

INPUTS: dict[str, list[str]] = {"bert": ["input_ids", "attention_mask", "token_type_ids"]}
DEFAULT_INPUTS = ["input_ids", "attention_mask"]


@dataclass(frozen=True)
class ModelSpec:
    """What to build: one folder."""

    name: str
    family: str
    task: str
    labels: list[str]
    problem_type: str | None = None
    layout: str = "plain"
    tokenizer: str = ""


def model_inputs(family: str) -> list[str]:
    """Return the names of the graph's inputs."""
    return INPUTS.get(family, DEFAULT_INPUTS)


def _special_ids(files: TokenizerFiles) -> dict[str, int]:
    ids = {token["content"]: token["id"] for token in files.tokenizer["added_tokens"]}
    config = files.config
    tokens = {name: config[f"{name}_token"] for name in ("pad", "cls", "sep")}
    tokens["bos"] = config.get("bos_token", tokens["cls"])
    tokens["eos"] = config.get("eos_token", tokens["sep"])
    return {f"{name}_token_id": ids[token] for name, token in tokens.items()}


def _config(spec: ModelSpec, files: TokenizerFiles) -> PreTrainedConfig:
    ids = [token["id"] for token in files.tokenizer["added_tokens"]]
    options = FAMILY_OPTIONS[spec.family] | _special_ids(files)
    if spec.family != "distilbert":
        options = SIZES | options
    return AutoConfig.for_model(
        spec.family,
        vocab_size=max(len(files.tokenizer["model"]["vocab"]), max(ids) + 1),
        id2label=dict(enumerate(spec.labels)),
        label2id={label: index for index, label in enumerate(spec.labels)},
        problem_type=spec.problem_type,
        **options,
    )


def build_model(spec: ModelSpec, files: TokenizerFiles, seed: int) -> PreTrainedModel:
    """Build the model with weights large enough for predictions to vary."""
    torch.manual_seed(seed)
    model = AUTO_CLASSES[spec.task].from_config(_config(spec, files), attn_implementation="eager")
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weights in sorted(model.named_parameters()):
            noise = torch.randn(weights.shape, generator=generator)
            if weights.dim() < 2:
                # Norms stay near one and biases near zero.
                weights.add_(0.1 * noise)
            else:
                weights.copy_(noise * (_scale(name) / weights.shape[-1] ** 0.5))
        if spec.task == "token-classification":
            # O is the most frequent label of a real model, too.
            model.classifier.bias[0] += 1.5
    return model.eval()


def _scale(name: str) -> float:
    if "embeddings" in name:
        return 4.0
    return 2.5 if name.startswith("classifier.") else 1.5


class _Logits(torch.nn.Module):
    """Positional inputs and one output, as the exporter wants them."""

    def __init__(self, model: PreTrainedModel, names: list[str]) -> None:
        super().__init__()
        self.model = model
        self.names = names

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return self.model(**dict(zip(self.names, inputs, strict=True))).logits


def export(spec: ModelSpec, model: PreTrainedModel, folder: Path) -> Path:
    """Write the model in the folder layout of the spec; return the path of the graph."""
    plain = folder / "model.onnx"
    _export_plain(spec, model, plain)
    if spec.layout == "external":
        graph = onnx.load(plain)
        plain.unlink()
        onnx.save_model(graph, plain, save_as_external_data=True, location="model.onnx_data")
    elif spec.layout == "quantized":
        quantized = folder / "onnx" / "model_quantized.onnx"
        quantized.parent.mkdir()
        # Seven-bit weights: with eight, processors without VNNI saturate and give other scores.
        quantize_dynamic(plain, quantized, weight_type=QuantType.QInt8, reduce_range=True)
        plain.unlink()
        return quantized
    return plain


def _export_plain(spec: ModelSpec, model: PreTrainedModel, path: Path) -> None:
    names = model_inputs(spec.family)
    # Two rows of unlike length, so that tracing sees a real mask.
    ids = torch.randint(5, 100, (2, 9), generator=torch.Generator().manual_seed(0))
    mask = torch.ones_like(ids)
    mask[1, 6:] = 0
    values = {"input_ids": ids, "attention_mask": mask, "token_type_ids": torch.zeros_like(ids)}
    axes = {0: "batch_size", 1: "sequence_length"}
    text = spec.task == "text-classification"
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            # The exporter leaves the whole tree in the mode of this wrapper.
            _Logits(model, names).eval(),
            tuple(values[name] for name in names),
            path,
            input_names=names,
            output_names=["logits"],
            dynamic_axes={name: axes for name in names}
            | {"logits": {0: axes[0]} if text else axes},
            opset_version=17,
            dynamo=False,
        )
    _shorten_names(path)


def _shorten_names(path: Path) -> None:
    """Shorten the names inside the graph: they take half of a file this small."""
    graph = onnx.load(path)
    short: dict[str, str] = {}
    for index, node in enumerate(graph.graph.node):
        node.name = f"n{index}"
        for values in (node.input, node.output):
            for position, value in enumerate(values):
                if value.startswith("/"):
                    values[position] = short.setdefault(value, f"v{len(short)}")
    onnx.checker.check_model(graph, full_check=True)
    onnx.save_model(graph, path)
