"""What the model answers: its heads and their labels."""

from dataclasses import dataclass

TEXT = "text-classification"
TOKEN = "token-classification"

OUTSIDE = "O"
ENTITY_TYPES = ("PER", "ORG", "LOC", "MISC")


@dataclass(frozen=True)
class Head:
    """One linear layer on the encoder and the meaning of its outputs."""

    name: str
    task: str
    labels: tuple[str, ...]

    @property
    def output(self) -> str:
        """Name of the head's output in the ONNX graph."""
        return f"{self.name}_logits"


def iob2_labels(types: tuple[str, ...]) -> tuple[str, ...]:
    """O, then B- and I- of every type."""
    return (OUTSIDE, *(f"{prefix}-{kind}" for kind in types for prefix in "BI"))


def support_heads(intents: tuple[str, ...]) -> tuple[Head, ...]:
    """The heads of the bundle, in output order."""
    return (
        Head("intent", TEXT, intents),
        Head("entities", TOKEN, iob2_labels(ENTITY_TYPES)),
    )
