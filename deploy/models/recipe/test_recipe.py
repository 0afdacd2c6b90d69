"""What the recipe relies on: ``python -m unittest recipe.test_recipe``; some seconds."""

import random
import tempfile
import unittest
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig

from .batches import Batch, Tokens, collate, text_examples, token_examples
from .calibrate import measured_inputs
from .data import Labelled, Span, Tagged, hold_out
from .evaluate import OnnxModel
from .graph import write_graph
from .heads import TEXT, Head, support_heads
from .losses import batch_loss
from .misspelling import misspelt
from .mixed import MixedInt8, compensated
from .model import MultiHeadModel
from .pruning import Shape, pruned
from .restore import restore
from .rounding import rounding
from .tokens import admissible_labels, cut, decode_spans
from .unlabelled import Unlabelled, sentences, without_markup
from .weights import Float32, TokenInt8, WeightFormat, per_output

HEADS = support_heads(("lost_card", "top_up"), ("joy", "grief"))
INTENT, _, ENTITIES = HEADS
SENTENCE = "angela met tim cook in paris my card is lost topped up twice ?"
MASK_ID = 1
POSITIONS = 32


def tokenizer() -> Tokenizer:
    """Words of a small vocabulary; all others letter by letter."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    pieces = ["[PAD]", "[MASK]", "[UNK]", "[CLS]", "[SEP]", *SENTENCE.split(), *letters]
    pieces += [f"##{letter}" for letter in letters]
    vocabulary = {piece: i for i, piece in enumerate(dict.fromkeys(pieces))}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(("[SEP]", 4), ("[CLS]", 3))
    return cut(made)


def model(layers: int = 2) -> MultiHeadModel:
    """An untrained one of the sizes that the graph's fused operators take."""
    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=tokenizer().get_vocab_size(),
        hidden_size=48,
        num_hidden_layers=layers,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=POSITIONS,
        initializer_range=0.3,
        attn_implementation="eager",
    )
    return MultiHeadModel(config, HEADS).eval()


def batch(*texts: str, typed: Sequence[str] | None = None) -> Batch:
    """A batch of intents; ``typed`` are the texts with slips."""
    written = [Labelled(text, ("top_up",)) for text in typed or texts]
    corrected = [Labelled(text, ("top_up",)) for text in texts]
    return collate(INTENT, text_examples(INTENT, written, tokenizer(), corrected))


def logits(of: MultiHeadModel, head: Head, tokens: Tokens) -> np.ndarray:
    """What a model says to texts, computed by PyTorch."""
    with torch.no_grad():
        return of.logits(head, of.encode(*tokens.inputs), tokens.mask).numpy()


class Data(unittest.TestCase):
    def test_a_share_of_every_group_is_held_out_and_the_seed_decides_which(self) -> None:
        train, held_out = hold_out(range(200), 0.1, 17, by=lambda number: number % 4)

        self.assertEqual(sorted([*train, *held_out]), list(range(200)))
        self.assertEqual([sum(n % 4 == g for n in held_out) for g in range(4)], [5] * 4)
        self.assertEqual(held_out, hold_out(range(200), 0.1, 17, by=lambda n: n % 4)[1])
        self.assertNotEqual(held_out, hold_out(range(200), 0.1, 18, by=lambda n: n % 4)[1])

    def test_slips_leave_labels_and_most_words(self) -> None:
        example = Labelled("Why was my card declined twice in Paris?", ("declined",))
        typed = [misspelt(example, random.Random(seed)) for seed in range(50)]

        self.assertTrue(all(t.labels == example.labels for t in typed))
        self.assertGreater(len({t.text for t in typed}), 10)
        words = example.text.lower().strip("?").split()
        kept = [w for t in typed for w in t.text.lower().strip("?").split() if w in words]
        self.assertGreater(len(kept), 0.7 * 50 * len(words))


class Batches(unittest.TestCase):
    def test_neither_padding_nor_special_tokens_are_hidden(self) -> None:
        whole = batch("my card is lost", "topped up twice ?", "lost")
        hidden = whole.hiding(1.0, 1.0, MASK_ID).tokens

        real = whole.tokens.mask.sum(1)
        for ids, before, length in zip(hidden.ids, whole.tokens.ids, real, strict=True):
            self.assertEqual(ids[1 : length - 1].tolist(), [MASK_ID] * (length - 2))
            self.assertEqual(ids[0], before[0])
            self.assertEqual(ids[length - 1 :].tolist(), before[length - 1 :].tolist())

    def test_texts_with_slips_are_not_hidden(self) -> None:
        whole = batch("my card is lost", "lost", typed=["my crd is lost", "lost"])
        hidden = whole.hiding(1.0, 1.0, MASK_ID)

        for part, before in ((hidden.tokens, whole.tokens), (hidden.corrected, whole.corrected)):
            self.assertEqual(part.ids[0].tolist(), before.ids[0].tolist())
            self.assertIn(MASK_ID, part.ids[1].tolist())

    def test_what_is_unannotated_may_be_either_and_what_is_unsure_teaches_nothing(self) -> None:
        text = "angela met tim in paris"
        tagged = Tagged(
            text, (Span(0, 6, "PER"),), frozenset({"MISC"}), unsure=(Span(18, 23, "LOC"),)
        )
        (example,) = token_examples(ENTITIES, [tagged], tokenizer())
        named = [[ENTITIES.labels[i] for i in example.labels[p]] for p in sorted(example.labels)]

        self.assertEqual(named[0], ["B-PER"])
        self.assertEqual(sorted(named[1]), ["B-MISC", "I-MISC", "O"])
        self.assertEqual(len(named), 4)


class TextsWithoutLabels(unittest.TestCase):
    def test_a_sentence_does_not_end_in_a_title_or_an_initial(self) -> None:
        found = sentences('Mr. Lee met J. Smith in St. Ives. "Who?" they asked. 3 of us left.')

        self.assertEqual(
            found, ["Mr. Lee met J. Smith in St. Ives.", '"Who?" they asked.', "3 of us left."]
        )

    def test_links_of_a_wiki_page_leave_their_text_and_notes_leave_nothing(self) -> None:
        page = (
            "{{Infobox|a={{b}}}}'''Ada''' met [[Charles Babbage|Babbage]] in [[London]]"
            '<ref name="x">{{cite}}</ref>, see [http://x.org here].[[File:a.png|left|her]]'
        )

        self.assertEqual(without_markup(page), "Ada met Babbage in London, see here.")

    def test_what_is_measured_on_is_not_learnt_from(self) -> None:
        measured, other = "tim met angela in paris", "angela met tim in paris"
        texts = Unlabelled([[measured, other, "paris"]], [measured])
        (left,) = texts.epoch(tokenizer(), random.Random(1))

        self.assertEqual(left.ids, tokenizer().encode(other).ids)

    def test_no_labels_cost_nothing(self) -> None:
        texts = Unlabelled([["angela met tim in paris"]], [])
        whole = collate(ENTITIES, texts.epoch(tokenizer(), random.Random(1)))

        self.assertEqual(batch_loss(model(), whole).item(), 0.0)


class Spans(unittest.TestCase):
    def test_spans_come_back_from_their_labels(self) -> None:
        text = "Angela met Tim Cook in Paris"
        spans = (Span(0, 6, "PER"), Span(11, 19, "PER"), Span(23, 28, "LOC"))
        encoding = tokenizer().encode(text)
        labels = ["O"] * len(encoding)
        for i, held in admissible_labels(encoding, Tagged(text, spans), ENTITIES.labels).items():
            (labels[i],) = held

        self.assertEqual(tuple(decode_spans(encoding, labels)), spans)


class Graphs(unittest.TestCase):
    TEXTS = ("my card is lost", "Angela met Tim Cook in Paris, and topped up twice?")

    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.model = model()

    def mixed(self, *, fused: bool) -> MixedInt8:
        return MixedInt8(measured_inputs(self.model, self.TEXTS, tokenizer(), fused=fused))

    def written(self, weights: WeightFormat, *, fused: bool) -> OnnxModel:
        file = self.folder / "model.onnx"
        onnx.save(write_graph(self.model, weights, fused=fused, positions=POSITIONS), file)
        return OnnxModel(file, tokenizer())

    def test_a_graph_says_what_the_model_says(self) -> None:
        for fused in (False, True):
            graph = self.written(Float32(), fused=fused)
            encodings = tokenizer().encode_batch(list(self.TEXTS))
            found = graph.run(HEADS, encodings)
            tokens = batch(*self.TEXTS).tokens
            for head, values in zip(HEADS, found, strict=True):
                expected = logits(self.model, head, tokens)
                for row, encoding in enumerate(encodings):
                    # What is said to padding is not read.
                    size = None if head.task == TEXT else len(encoding)
                    np.testing.assert_allclose(values[row][:size], expected[row][:size], atol=1e-3)

    def test_an_answer_in_8_bits_does_not_depend_on_its_batch(self) -> None:
        short, longer = tokenizer().encode_batch(list(self.TEXTS))
        for weights in (TokenInt8(), self.mixed(fused=True)):
            graph = self.written(weights, fused=True)
            alone = graph.run([INTENT], [short])[0][0]

            np.testing.assert_allclose(graph.run([INTENT], [short, longer])[0][0], alone, atol=1e-4)
            np.testing.assert_allclose(graph.run([INTENT], [short], 5)[0][0], alone, atol=1e-4)

    def test_scales_that_were_measured_are_as_exact_as_8_bits(self) -> None:
        (encoding,) = tokenizer().encode_batch(list(self.TEXTS[1:]))
        expected = logits(self.model, INTENT, batch(self.TEXTS[1]).tokens)
        for fused in (False, True):
            found = self.written(self.mixed(fused=fused), fused=fused).run([INTENT], [encoding])[0]
            np.testing.assert_allclose(found, expected, atol=0.1 * np.abs(expected).max())

    def test_weights_are_read_back_as_exact_as_their_8_bits(self) -> None:
        for weights in (TokenInt8(), self.mixed(fused=True)):
            self.written(weights, fused=True)
            read = model()
            for parameter in read.parameters():
                torch.nn.init.zeros_(parameter)
            restore(read, self.folder / "model.onnx")

            tokens = batch(*self.TEXTS).tokens
            expected, found = (logits(m, INTENT, tokens) for m in (self.model, read.eval()))
            np.testing.assert_allclose(found, expected, atol=0.1 * np.abs(expected).max())


class Rounding(unittest.TestCase):
    def test_errors_cancel_in_what_is_made_of_the_measured_inputs(self) -> None:
        numbers = np.random.default_rng(3)
        inputs = numbers.normal(size=(200, 4)) @ numbers.normal(size=(4, 24))
        inputs += 0.1 * numbers.normal(size=inputs.shape)
        matrix = numbers.normal(size=(24, 8)).astype(np.float32)

        def error(values: np.ndarray, scale: np.ndarray) -> float:
            return float(np.abs(inputs @ (values * scale - matrix)).mean())

        nearest = error(*per_output(matrix))
        self.assertLess(error(*compensated(matrix, inputs.T @ inputs)), 0.7 * nearest)

    def test_a_training_that_rounds_meets_weights_and_inputs_of_as_many_steps(self) -> None:
        whole = model()
        rounded = rounding(whole).encoder.encoder.layer[0].output.dense
        inputs = torch.randn(2, 3, 64, generator=torch.Generator().manual_seed(3))
        with torch.no_grad():
            found = rounded(inputs).numpy()

        exact = whole.encoder.encoder.layer[0].output.dense
        matrix, scale = per_output(exact.weight.detach().numpy().T)
        step = inputs.abs().amax(-1, keepdim=True).numpy() / 127
        expected = step * np.rint(inputs.numpy() / step) @ (matrix * scale)
        expected += exact.bias.detach().numpy()
        np.testing.assert_allclose(found, expected, atol=1e-4)
        self.assertGreater(np.abs(found - exact(inputs).detach().numpy()).max(), 1e-3)

    def test_a_training_that_rounds_is_as_near_to_the_exact_answers_as_the_format(self) -> None:
        whole, tokens = model(), batch("my card is lost", "topped up twice ?").tokens
        expected = logits(whole, INTENT, tokens)
        found = logits(rounding(whole).eval(), INTENT, tokens)

        self.assertFalse(np.array_equal(found, expected))
        np.testing.assert_allclose(found, expected, atol=0.1 * np.abs(expected).max())

    def test_a_training_that_rounds_changes_all_weights_under_their_own_names(self) -> None:
        whole = model()
        rounded = rounding(whole).train()
        batch_loss(rounded, batch("my card is lost", "topped up twice ?")).backward()

        self.assertEqual(list(rounded.state_dict()), list(whole.state_dict()))
        for name, parameter in rounded.encoder.encoder.layer.named_parameters():
            # A bias of keys adds the same to all scores of a query.
            if not name.endswith("key.bias"):
                self.assertGreater(parameter.grad.abs().max().item(), 0, name)


class Pruning(unittest.TestCase):
    def test_a_model_that_keeps_all_is_the_same(self) -> None:
        whole = model()
        same = pruned(whole, Shape((0, 1), 64), [batch("my card is lost")])
        tokens = batch("topped up twice ?").tokens

        np.testing.assert_array_equal(logits(same, INTENT, tokens), logits(whole, INTENT, tokens))

    def test_padding_has_no_say_in_what_is_kept(self) -> None:
        whole = model(3)
        alone = [batch("lost")]
        padded = Tokens.padded([alone[0].tokens.ids[0, :3].tolist()], POSITIONS)
        behind = [Batch(INTENT, padded, padded, alone[0].labels)]
        small, same = (pruned(whole, Shape((0, 2), 16), texts) for texts in (alone, behind))

        self.assertEqual(len(small.encoder.encoder.layer), 2)
        for one, other in zip(small.parameters(), same.parameters(), strict=True):
            np.testing.assert_array_equal(one.detach().numpy(), other.detach().numpy())


if __name__ == "__main__":
    unittest.main()
