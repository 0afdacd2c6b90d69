"""Writes a trained model as an ONNX graph, with its weights in a chosen format.

The graph is put together by hand: no exporter's traces to clean up, and each operator is meant. A
``plain`` graph holds operators of ONNX alone; a fused one ONNX Runtime's own for attention,
normalization of a sum, and activation behind a bias.
"""

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .heads import TEXT, Head
from .model import MultiHeadModel
from .weights import WeightFormat

INPUTS = ("input_ids", "attention_mask")
OPSET = 21
# What the runtime in operators reads, and older ones too.
IR_VERSION = 10
MICROSOFT = "com.microsoft"
_HIDDEN_SCORE = np.float32(-1e4)


class GraphWriter:
    """Collects the nodes and the constants of a graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self._names = 0
        self._shared: dict[object, str] = {}

    def node(self, operator: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        """Adds an operator with one output; returns its name."""
        return self.nodes_with(operator, inputs, 1, domain=domain, **attributes)[0]

    def nodes_with(
        self,
        operator: str,
        inputs: Sequence[str],
        outputs: int,
        *,
        domain: str = "",
        **attributes: object,
    ) -> list[str]:
        """Adds an operator with several outputs; returns their names."""
        self._names += 1
        names = [f"{operator}_{self._names}_{i}" for i in range(outputs)]
        self.nodes.append(
            helper.make_node(operator, inputs, names, name=names[0], domain=domain, **attributes)
        )
        return names

    def operator_of(self, output: str) -> str:
        """The operator that makes something."""
        return next(node.op_type for node in reversed(self.nodes) if output in node.output)

    def shared(self, operator: str, *inputs: str, **attributes: object) -> str:
        """Adds an operator unless the same one is there; returns its name."""
        key = (operator, inputs)
        if key not in self._shared:
            self._shared[key] = self.node(operator, *inputs, **attributes)
        return self._shared[key]

    def constant(self, name: str, values: np.ndarray) -> str:
        """Adds a constant once; returns its name."""
        if name not in self.constants:
            tensor = numpy_helper.from_array(np.ascontiguousarray(values), name)
            self.constants[name] = tensor
        return name


def write_graph(
    model: MultiHeadModel, weights: WeightFormat, *, fused: bool, positions: int
) -> onnx.ModelProto:
    """The graph of a model: logits of every head from token ids and the mask of padding."""
    return _Encoder(model, weights, fused=fused, positions=positions).write()


class _Encoder:
    """Writes one model."""

    def __init__(
        self, model: MultiHeadModel, weights: WeightFormat, *, fused: bool, positions: int
    ) -> None:
        self._heads = model.heads
        self._config = model.encoder.config
        self._state = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
        self._weights = weights
        self._fused = fused
        self._positions = positions
        self._graph = GraphWriter()

    def write(self) -> onnx.ModelProto:
        mask = self._mask()
        states = self._embeddings()
        for layer in range(self._config.num_hidden_layers):
            states = self._layer(states, mask, f"encoder.encoder.layer.{layer}")
        pooled = self._mean(states)
        for head in self._heads:
            self._head(head, pooled if head.task == TEXT else states)
        return self._model()

    def _mask(self) -> str:
        """What attention needs to pass over padding."""
        graph = self._graph
        if self._fused:
            return graph.node("Cast", "attention_mask", to=TensorProto.INT32)
        mask = graph.node("Cast", "attention_mask", to=TensorProto.FLOAT)
        hidden = graph.node("Sub", graph.constant("one", np.float32(1)), mask)
        score = graph.node("Mul", hidden, graph.constant("hidden_score", _HIDDEN_SCORE))
        return graph.node("Unsqueeze", score, graph.constant("axes_1_2", np.array([1, 2])))

    def _embeddings(self) -> str:
        graph, prefix = self._graph, "encoder.embeddings"
        words = self._weights.embedding(
            graph, "input_ids", self._state[f"{prefix}.word_embeddings.weight"]
        )
        # A text is one segment, so the first segment's embedding belongs to every position.
        places = self._state[f"{prefix}.position_embeddings.weight"][: self._positions]
        places = places + self._state[f"{prefix}.token_type_embeddings.weight"][0]
        length = graph.node("Shape", "input_ids", start=1, end=2)
        here = graph.node(
            "Slice",
            graph.constant("positions", places),
            graph.constant("from_0", np.array([0])),
            length,
        )
        return self._normalized(graph.node("Add", words, here), f"{prefix}.LayerNorm")

    def _layer(self, states: str, mask: str, prefix: str) -> str:
        context = self._attention(states, mask, f"{prefix}.attention.self")
        attended = self._linear(context, f"{prefix}.attention.output.dense", bias=not self._fused)
        states = self._sum_normalized(
            states, attended, f"{prefix}.attention.output", f"{prefix}.attention.output.dense"
        )
        wide = self._activated(states, f"{prefix}.intermediate.dense")
        narrow = self._linear(wide, f"{prefix}.output.dense", bias=not self._fused)
        return self._sum_normalized(states, narrow, f"{prefix}.output", f"{prefix}.output.dense")

    def _attention(self, states: str, mask: str, prefix: str) -> str:
        graph = self._graph
        heads = self._config.num_attention_heads
        if self._fused:
            parts = [f"{prefix}.{name}" for name in ("query", "key", "value")]
            weight = np.concatenate([self._state[f"{p}.weight"] for p in parts])
            bias = np.concatenate([self._state[f"{p}.bias"] for p in parts])
            return self._weights.attention(
                graph, states, mask, f"{prefix}.qkv", weight.T, bias, heads
            )
        size = self._config.hidden_size // heads
        split = graph.constant("split_heads", np.array([0, 0, heads, size]))
        join = graph.constant("join_heads", np.array([0, 0, heads * size]))
        root = graph.constant("root", np.float32(1 / np.sqrt(size)))

        def part(name: str, order: list[int]) -> str:
            projected = self._linear(states, f"{prefix}.{name}")
            return graph.node("Transpose", graph.node("Reshape", projected, split), perm=order)

        query, key = part("query", [0, 2, 1, 3]), part("key", [0, 2, 3, 1])
        scores = graph.node("Mul", graph.node("MatMul", query, key), root)
        shares = graph.node("Softmax", graph.node("Add", scores, mask), axis=-1)
        context = graph.node("MatMul", shares, part("value", [0, 2, 1, 3]))
        return graph.node("Reshape", graph.node("Transpose", context, perm=[0, 2, 1, 3]), join)

    def _activated(self, states: str, name: str) -> str:
        if not self._fused:
            return self._graph.node("Gelu", self._linear(states, name))
        wide = self._linear(states, name, bias=False)
        bias = self._graph.constant(f"{name}.bias", self._state[f"{name}.bias"])
        # By the hyperbolic tangent: off by 0.0005 at most and a third faster.
        return self._graph.node("FastGelu", wide, bias, domain=MICROSOFT)

    def _linear(self, states: str, name: str, *, bias: bool = True) -> str:
        return self._weights.linear(
            self._graph,
            states,
            name,
            self._state[f"{name}.weight"].T,
            self._state[f"{name}.bias"] if bias else None,
        )

    def _sum_normalized(self, states: str, change: str, name: str, biased: str) -> str:
        """Normalizes a sum; the fused operator adds the bias of the change, too."""
        if not self._fused:
            return self._normalized(self._graph.node("Add", states, change), f"{name}.LayerNorm")
        return self._graph.node(
            "SkipLayerNormalization",
            states,
            change,
            *self._scale_and_shift(f"{name}.LayerNorm"),
            self._graph.constant(f"{biased}.bias", self._state[f"{biased}.bias"]),
            domain=MICROSOFT,
            epsilon=self._config.layer_norm_eps,
        )

    def _normalized(self, states: str, name: str) -> str:
        return self._graph.node(
            "LayerNormalization",
            states,
            *self._scale_and_shift(name),
            axis=-1,
            epsilon=self._config.layer_norm_eps,
        )

    def _scale_and_shift(self, name: str) -> tuple[str, str]:
        return (
            self._graph.constant(f"{name}.weight", self._state[f"{name}.weight"]),
            self._graph.constant(f"{name}.bias", self._state[f"{name}.bias"]),
        )

    def _mean(self, states: str) -> str:
        """The mean over the tokens that are no padding."""
        graph = self._graph
        tokens = graph.constant("axis_1", np.array([1]))
        last = graph.constant("axis_last", np.array([-1]))
        mask = graph.node("Cast", "attention_mask", to=TensorProto.FLOAT)
        weighted = graph.node("Mul", states, graph.node("Unsqueeze", mask, last))
        total = graph.node("ReduceSum", weighted, tokens, keepdims=0)
        return graph.node("Div", total, graph.node("ReduceSum", mask, tokens, keepdims=1))

    def _head(self, head: Head, states: str) -> None:
        graph, name = self._graph, f"layers.{head.name}.1"
        # This layer is small and decides: it stays exact.
        weight = graph.constant(f"{name}.weight", self._state[f"{name}.weight"].T)
        product = graph.node("MatMul", states, weight)
        bias = graph.constant(f"{name}.bias", self._state[f"{name}.bias"])
        graph.nodes.append(
            helper.make_node("Add", [product, bias], [head.output], name=head.output)
        )

    def _model(self) -> onnx.ModelProto:
        axes = ["batch", "sequence"]
        graph = helper.make_graph(
            self._graph.nodes,
            "encoder",
            [helper.make_tensor_value_info(name, TensorProto.INT64, axes) for name in INPUTS],
            [
                helper.make_tensor_value_info(
                    head.output,
                    TensorProto.FLOAT,
                    [*(axes[:1] if head.task == TEXT else axes), len(head.labels)],
                )
                for head in self._heads
            ],
            list(self._graph.constants.values()),
        )
        domains = {"": OPSET} | {n.domain: 1 for n in graph.node if n.domain}
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid(name, version) for name, version in domains.items()],
            ir_version=IR_VERSION,
            producer_name="winnow recipe",
        )
        onnx.checker.check_model(model)
        return model
