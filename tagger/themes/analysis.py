"""What training and explaining need of a text: the folded view, its words and its mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tagger.lexicon import Lexicon, View
    from tagger.schema import Mention
    from tagger.tokenizers import Tokenizer


class Analyser(Protocol):
    """Reads a text as the corridor does up to the mentions."""

    lexicon: Lexicon
    tokenizer: Tokenizer

    def analyse(self, text: str) -> tuple[View, bytes, list[Mention]]:
        """The folded view of a text, the bounds of its words and its mentions."""
