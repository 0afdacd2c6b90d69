"""What the model answers: its heads and their labels."""

from dataclasses import dataclass

TEXT = "text-classification"
TOKEN = "token-classification"

OUT_OF_SCOPE = "out_of_scope"
OUTSIDE = "O"
ENTITY_TYPES = ("PER", "ORG", "LOC", "MISC")


@dataclass(frozen=True)
class Head:
    """One output of the model and the meaning of its values."""

    name: str
    task: str
    labels: tuple[str, ...]
    multi_label: bool = False

    @property
    def output(self) -> str:
        """Name of the head's output in the ONNX graph."""
        return f"{self.name}_logits"


def iob2_labels(types: tuple[str, ...]) -> tuple[str, ...]:
    """O, then B- and I- of every type."""
    return (OUTSIDE, *(f"{prefix}-{kind}" for kind in types for prefix in "BI"))


def support_heads(intents: tuple[str, ...], emotions: tuple[str, ...]) -> tuple[Head, ...]:
    """The heads of the bundles, in output order."""
    return (
        Head("intent", TEXT, (*intents, OUT_OF_SCOPE)),
        Head("emotion", TEXT, emotions, multi_label=True),
        Head("entities", TOKEN, iob2_labels(ENTITY_TYPES)),
    )
