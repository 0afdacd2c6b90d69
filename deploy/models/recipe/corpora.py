"""Puts the corpora together to what each head learns from and is measured on."""

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from . import emotions, intents, names
from .batches import Example, Task, text_examples, token_examples
from .data import Labelled, Split, Tagged
from .heads import Head, support_heads
from .misspelling import misspelt

INTENT_BATCH = 32
EMOTION_BATCH = 12
ENTITY_BATCH = 32

# Examples of an epoch; the larger corpora take turns.
FOREIGN_TEXTS = 2500
UNNAMED_TEXTS = 2000
WIKIGOLD_TIMES = 3
RARE_SHARE = 0.01
MISSPELT_TEXTS = 0.25
SAMPLE_OF_A_KIND = 100


@dataclass(frozen=True)
class Corpora:
    """What the three heads learn from and are measured on."""

    heads: tuple[Head, Head, Head]
    requests: Split[Labelled]
    foreign: Split[Labelled]
    comments: Split[Labelled]
    named: tuple[Split[Tagged], Split[Tagged], list[Tagged]]
    unnamed: Split[Tagged]

    @classmethod
    def read(cls, root: Path, seed: int) -> "Corpora":
        """Reads all corpora from their folder."""
        requests = intents.banking77(root, seed)
        # Before the misspelt copies, which tell nothing of names.
        unnamed = names.without_names(requests)
        slips = random.Random(f"{seed} misspelt")
        for dataset, examples in list(requests.measure.items()):
            requests.measure[f"{dataset} misspelt"] = [misspelt(e, slips) for e in examples]
        return cls(
            support_heads(intents.intent_labels(root), emotions.emotion_labels(root)),
            requests,
            intents.out_of_scope(root),
            emotions.goemotions(root, seed),
            (names.wnut17(root), names.wikigold(root), names.btc(root)),
            unnamed,
        )

    def training_texts(self) -> list[str]:
        """All texts that the heads learn from."""
        wnut, wikigold, btc = self.named
        examples = [
            *self.requests.train,
            *self.foreign.train,
            *self.comments.train,
            *wnut.train,
            *wikigold.train,
            *btc,
        ]
        return [example.text for example in examples]

    def measured_texts(self) -> list[str]:
        """All texts that a model is measured on."""
        wnut, wikigold, _ = self.named
        splits = (self.requests, self.foreign, self.comments, wnut, wikigold)
        return [e.text for split in splits for part in split.measure.values() for e in part]

    def sample(self) -> list[str]:
        """Some texts of every kind that is learnt from."""
        rng = random.Random(7)
        wnut, wikigold, btc = self.named
        kinds = (
            self.requests.train,
            self.foreign.train,
            self.comments.train,
            [*wnut.train, *wikigold.train, *btc],
        )
        return [example.text for kind in kinds for example in rng.sample(kind, SAMPLE_OF_A_KIND)]

    def tasks(self, tokenizer: Tokenizer) -> tuple[Task, ...]:
        """What each head learns."""
        intent, emotion, entities = self.heads
        comments = text_examples(emotion, self.comments.train, tokenizer)
        comments += _repeated(self.comments.train, comments)
        wnut, wikigold, btc = self.named
        known = [*wnut.train, *wikigold.train, *btc]
        other = names.gazetteer(known)

        def requests_and_foreign(rng: random.Random) -> list[Example]:
            texts = [*self.requests.train, *rng.sample(self.foreign.train, FOREIGN_TEXTS)]
            typed = [misspelt(t, rng) if rng.random() < MISSPELT_TEXTS else t for t in texts]
            return text_examples(intent, typed, tokenizer, corrected=texts)

        def named(rng: random.Random) -> list[Example]:
            copies = [*known, *wikigold.train * (WIKIGOLD_TIMES - 1)]
            changed = [names.with_other_names(tagged, other, rng) for tagged in copies]
            mixed = [*known, *changed[len(known) :]] if rng.random() < 0.5 else changed
            unnamed = rng.sample(self.unnamed.train, UNNAMED_TEXTS)
            return token_examples(entities, [*mixed, *unnamed], tokenizer)

        return (
            Task(intent, INTENT_BATCH, 1.0, requests_and_foreign),
            Task(emotion, EMOTION_BATCH, 0.4, lambda _: comments),
            Task(entities, ENTITY_BATCH, 1.0, named),
        )


def _repeated(texts: list[Labelled], examples: list[Example]) -> list[Example]:
    """Further copies of the examples with rare labels.

    Repeat factor sampling, its whole part: Gupta et al. 2019, "LVIS", section 4.
    """
    counts = Counter(label for text in texts for label in text.labels)
    rarest = [min(counts[label] for label in text.labels) / len(texts) for text in texts]
    return [
        example
        for example, share in zip(examples, rarest, strict=True)
        for _ in range(round((RARE_SHARE / share) ** 0.5) - 1)
    ]
