"""Tiny tokenizers with the structure of the real ones of each model family."""

import json
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import sentencepiece
from tokenizers import (
    AddedToken,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)
from transformers import (
    BertTokenizer,
    DebertaV2Tokenizer,
    DistilBertTokenizer,
    PreTrainedTokenizerFast,
    RobertaTokenizer,
    XLMRobertaTokenizer,
)
from transformers.convert_slow_tokenizer import DebertaV2Converter

from parity_texts import CORPUS

VOCAB_SIZE = 640
MAX_LENGTH = 160

BERT_SPECIAL = {
    f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")
}
ROBERTA_SPECIAL = {
    "bos_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "cls_token": "<s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}


@dataclass(frozen=True)
class TokenizerFiles:
    """The content of tokenizer.json and of tokenizer_config.json."""

    tokenizer: dict[str, Any]
    config: dict[str, Any]

    def save(self, folder: Path) -> None:
        """Write both files."""
        compact = json.dumps(self.tokenizer, ensure_ascii=False, separators=(",", ":"))
        (folder / "tokenizer.json").write_text(compact + "\n", encoding="utf-8")
        config = json.dumps(self.config, ensure_ascii=False, indent=2)
        (folder / "tokenizer_config.json").write_text(config + "\n", encoding="utf-8")

    def load(self, folder: Path) -> PreTrainedTokenizerFast:
        """Load tokenizer.json as it stands.

        AutoTokenizer may rebuild the normalizer from the class named in tokenizer_config.json
        (it does so for DeBERTa-v2); this class never does.
        """
        return PreTrainedTokenizerFast.from_pretrained(folder)


def _files(
    tokenizer: Tokenizer, tokenizer_class: str, inputs: list[str], **config: Any
) -> TokenizerFiles:
    common = {
        "model_input_names": inputs,
        "model_max_length": MAX_LENGTH,
        "tokenizer_class": tokenizer_class,
    }
    return TokenizerFiles(json.loads(tokenizer.to_str()), config | common)


def _length(piece: str) -> int:
    return len(piece.removeprefix("##"))


def _substrings(word: str, longest: int) -> list[str]:
    """Return the word and its pieces of up to longest characters, as WordPiece spells them."""
    pieces = [word]
    for start in range(len(word)):
        prefix = "##" if start else ""
        pieces += [
            prefix + word[start:end]
            for end in range(start + 1, min(start + longest, len(word)) + 1)
        ]
    return pieces


def _wordpiece_vocab(lowercase: bool) -> dict[str, int]:
    """Choose the pieces that cover most of the corpus.

    The trainer of the tokenizers library orders ties by chance: its vocabulary is not repeatable.
    """
    normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    splitter = pre_tokenizers.BertPreTokenizer()
    text = normalizer.normalize_str(CORPUS.read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    for word, _ in splitter.pre_tokenize_str(text):
        counts.update(_substrings(word, 5))
    # Rarer characters stay outside the vocabulary, so that whole words become [UNK].
    single = sorted(p for p in counts if _length(p) == 1 and (counts[p] > 1 or p.isascii()))
    several = sorted(p for p in counts if _length(p) > 1 and counts[p] > 1)
    several.sort(key=lambda piece: -counts[piece] * _length(piece))
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces = (special + single + several)[:VOCAB_SIZE]
    return {piece: index for index, piece in enumerate(pieces)}


def bert() -> TokenizerFiles:
    """Cased WordPiece."""
    vocab = _wordpiece_vocab(lowercase=False)
    backend = BertTokenizer(vocab=vocab, do_lower_case=False).backend_tokenizer
    inputs = ["input_ids", "token_type_ids", "attention_mask"]
    return _files(backend, "BertTokenizer", inputs, do_lower_case=False, **BERT_SPECIAL)


def distilbert() -> TokenizerFiles:
    """Uncased WordPiece, which strips accents too."""
    vocab = _wordpiece_vocab(lowercase=True)
    backend = DistilBertTokenizer(vocab=vocab, do_lower_case=True).backend_tokenizer
    inputs = ["input_ids", "attention_mask"]
    return _files(backend, "DistilBertTokenizer", inputs, do_lower_case=True, **BERT_SPECIAL)


def _byte_level_bpe(
    normalizer: normalizers.Normalizer | None, reserved: list[str], size: int
) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Train a byte-level BPE on the corpus; the reserved tokens take the first ids."""
    tokenizer = Tokenizer(models.BPE())
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=reserved,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train([str(CORPUS)], trainer)
    model = json.loads(tokenizer.to_str())["model"]
    return model["vocab"], [tuple(pair) for pair in model["merges"]]


def roberta() -> TokenizerFiles:
    """Byte-level BPE with RobertaProcessing, which trims the offsets."""
    vocab, merges = _byte_level_bpe(None, ["<s>", "<pad>", "</s>", "<unk>"], VOCAB_SIZE - 1)
    vocab["<mask>"] = len(vocab)
    mask = AddedToken("<mask>", lstrip=True, normalized=False, special=True)
    backend = RobertaTokenizer(vocab=vocab, merges=merges, mask_token=mask).backend_tokenizer
    inputs = ["input_ids", "attention_mask"]
    return _files(backend, "RobertaTokenizer", inputs, add_prefix_space=False, **ROBERTA_SPECIAL)


def modernbert() -> TokenizerFiles:
    """Byte-level BPE after NFC, with runs of spaces as added tokens."""
    vocab, merges = _byte_level_bpe(normalizers.NFC(), ["<|padding|>"], VOCAB_SIZE)
    backend = Tokenizer(models.BPE(vocab=vocab, merges=merges))
    backend.normalizer = normalizers.NFC()
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(
        add_prefix_space=False, trim_offsets=True, use_regex=True
    )
    backend.decoder = decoders.ByteLevel()
    backend.add_special_tokens(["<|padding|>"])
    backend.add_tokens([AddedToken(" " * run, normalized=True) for run in range(24, 1, -1)])
    specials = ["<|endoftext|>", "[UNK]", "[CLS]", "[SEP]", "[PAD]"]
    backend.add_special_tokens([AddedToken(token, normalized=False) for token in specials])
    backend.add_special_tokens([AddedToken("[MASK]", lstrip=True, normalized=False)])
    backend.add_tokens([AddedToken(f"[unused{index}]", normalized=True) for index in range(3)])
    backend.post_processor = _cls_sep(backend.token_to_id)
    inputs = ["input_ids", "attention_mask"]
    return _files(
        backend,
        "PreTrainedTokenizerFast",
        inputs,
        clean_up_tokenization_spaces=True,
        **BERT_SPECIAL,
    )


def _cls_sep(token_to_id: Callable[[str], int | None]) -> processors.TemplateProcessing:
    return processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0",
        pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1",
        special_tokens=[(token, token_to_id(token)) for token in ("[CLS]", "[SEP]")],
    )


def _train_sentencepiece(prefix: Path, **options: Any) -> Path:
    """Train a unigram model with SentencePiece's default rule, nmt_nfkc, as the real ones."""
    sentencepiece.SentencePieceTrainer.train(
        input=str(CORPUS),
        model_prefix=str(prefix),
        vocab_size=VOCAB_SIZE,
        model_type="unigram",
        # Some ideographs stay outside, so that unknown tokens occur.
        character_coverage=0.99,
        hard_vocab_limit=False,
        # More threads may sum in another order.
        num_threads=1,
        minloglevel=2,
        **options,
    )
    return Path(f"{prefix}.model")


def xlm_roberta() -> TokenizerFiles:
    """SentencePiece, converted by transformers."""
    mask = AddedToken("<mask>", lstrip=True, normalized=False, special=True)
    with tempfile.TemporaryDirectory() as folder:
        _train_sentencepiece(Path(folder, "x")).rename(Path(folder, "sentencepiece.bpe.model"))
        backend = XLMRobertaTokenizer.from_pretrained(folder, mask_token=mask).backend_tokenizer
    inputs = ["input_ids", "attention_mask"]
    return _files(backend, "XLMRobertaTokenizer", inputs, **ROBERTA_SPECIAL)


def deberta_v2() -> TokenizerFiles:
    """SentencePiece, converted by transformers' converter, as the checkpoints on the Hub were."""
    pieces = ["[PAD]", "[CLS]", "[SEP]", "[UNK]"]
    options = {}
    for index, name in enumerate(("pad", "bos", "eos", "unk")):
        options |= {f"{name}_id": index, f"{name}_piece": pieces[index]}
    with tempfile.TemporaryDirectory() as folder:
        slow = SimpleNamespace(
            vocab_file=str(_train_sentencepiece(Path(folder, "d"), **options)),
            split_by_punct=False,
            do_lower_case=False,
            convert_tokens_to_ids=pieces.index,
        )
        backend = DebertaV2Converter(slow).converted()
    backend.add_special_tokens([AddedToken("[UNK]", normalized=True)])
    backend.add_special_tokens([AddedToken("[MASK]", normalized=False)])
    return _deberta_files(backend)


def deberta_v2_resaved() -> TokenizerFiles:
    """The same pieces as transformers 5 loads and saves them: NFC in the place of the charsmap."""
    files = deberta_v2()
    with tempfile.TemporaryDirectory() as folder:
        files.save(Path(folder))
        backend = DebertaV2Tokenizer.from_pretrained(folder).backend_tokenizer
    return _deberta_files(backend)


def _deberta_files(backend: Tokenizer) -> TokenizerFiles:
    inputs = ["input_ids", "token_type_ids", "attention_mask"]
    options = {
        "do_lower_case": False,
        "split_by_punct": False,
        "bos_token": "[CLS]",
        "eos_token": "[SEP]",
    }
    return _files(backend, "DebertaV2Tokenizer", inputs, **options, **BERT_SPECIAL)
