"""One encoder with a linear layer for every head."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from .heads import TEXT, Head

INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class MultiHeadModel(nn.Module):
    """Answers every head in one pass through the encoder."""

    def __init__(self, config: BertConfig, heads: Sequence[Head]) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.heads = tuple(heads)
        size = config.hidden_size
        self.layers = nn.ModuleDict(
            {
                head.name: nn.Sequential(nn.Dropout(0.1), nn.Linear(size, len(head.labels)))
                for head in heads
            }
        )

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, ...]:
        """Logits of every head, in their order."""
        states = self.encode(input_ids, attention_mask, token_type_ids)
        return tuple(self.logits(head, states, attention_mask) for head in self.heads)

    def encode(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """The encoder's state of every token."""
        return self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state

    def logits(self, head: Head, states: Tensor, attention_mask: Tensor) -> Tensor:
        """Logits of one head: for each text or for each token."""
        if head.task == TEXT:
            states = _mean(states, attention_mask)
        return self.layers[head.name](states)


def _mean(states: Tensor, attention_mask: Tensor) -> Tensor:
    weights = attention_mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1)


def pick_device() -> torch.device:
    """The GPU if there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
