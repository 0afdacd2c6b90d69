"""Messages of bank customers with their intent, and texts that hold none of these intents."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from .data import Labelled, Split, hold_out
from .heads import OUT_OF_SCOPE

HELD_OUT = 0.1

# Of CLINC150's banking and credit card domains: what is no intent of Banking77. The others of these
# domains may be one, so they teach nothing.
_FOREIGN_BANKING = frozenset(
    [
        "routing",
        "bill_due",
        "pay_bill",
        "interest_rate",
        "min_payment",
        "order_checks",
        "improve_credit_score",
        "apr",
        "redeem_rewards",
        "credit_limit_change",
        "credit_limit",
        "rewards_balance",
        "credit_score",
    ]
)
_BANKING_DOMAINS = ("banking", "credit_cards")
_LIKE_BANKING = frozenset({"exchange_rate"})  # of another domain, yet an intent of Banking77


def intent_labels(root: Path) -> tuple[str, ...]:
    """The intents in the order of the data set."""
    text = (root / "banking77" / "categories.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))


def banking77(root: Path, seed: int) -> Split[Labelled]:
    """The customers' messages, with a part of every intent held out."""
    with (root / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        examples = [Labelled(row["text"], (row["category"],)) for row in csv.DictReader(file)]
    train, held_out = hold_out(examples, HELD_OUT, seed, by=lambda example: example.labels)
    return Split(train, {"banking77": held_out})


def out_of_scope(root: Path) -> Split[Labelled]:
    """CLINC150's texts of other domains and of none; measured on its own development parts."""
    folder = root / "clinc150"
    full = json.loads((folder / "data_full.json").read_text(encoding="utf-8"))
    plus = json.loads((folder / "oos_plus.json").read_text(encoding="utf-8"))
    domains = json.loads((folder / "domains.json").read_text(encoding="utf-8"))
    foreign = {
        intent
        for domain, intents in domains.items()
        for intent in intents
        if domain not in _BANKING_DOMAINS or intent in _FOREIGN_BANKING
    } - _LIKE_BANKING
    without_domain = {text for text, _ in [*full["oos_train"], *plus["oos_train"]]}
    return Split(
        [*_foreign(full["train"], foreign), *map(_rejected, sorted(without_domain))],
        {
            "clinc150 oos": [_rejected(text) for text, _ in full["oos_val"]],
            "clinc150 other domains": list(_foreign(full["val"], foreign)),
        },
    )


def _foreign(rows: list[list[str]], intents: set[str]) -> Iterator[Labelled]:
    return (_rejected(text) for text, intent in rows if intent in intents)


def _rejected(text: str) -> Labelled:
    return Labelled(text, (OUT_OF_SCOPE,))
