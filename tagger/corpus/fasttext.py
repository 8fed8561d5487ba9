"""fastText: ``__label__policy __label__compute words of the text``, one line a text, words apart.

Holds the themes and the words; blanks and line breaks between words are not kept.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tagger import tokenizers
from tagger.corpus.files import SplitFiles
from tagger.corpus.labels import themes_of

if TYPE_CHECKING:
    from pathlib import Path

    from tagger.corpus.formats import Plan
    from tagger.schema import Document

LABEL = "__label__"


class Writer:
    """Writes ``train.txt`` and so on."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.lost: Counter[str] = Counter()
        self._plan = plan
        self._files = SplitFiles(folder, ".txt")
        self._tokenizer = tokenizers.make()

    def add(self, document: Document, split: str) -> None:
        """Write one line."""
        # A NUL would end the line for fastText; a word that looks like a label would be one.
        words = [
            word for cut in self._tokenizer.cut(document.text) for word in cut.replace("\0", " ").split()
        ]
        shown = [word for word in words if not word.startswith(LABEL)]
        self.lost["words that look like labels"] += len(words) - len(shown)
        if not shown:
            self.lost["empty texts"] += 1
            return
        labels = [LABEL + theme for theme in themes_of(document, self._plan.primary_only)]
        self._files[split].write(" ".join([*labels, *shown]).encode() + b"\n")

    def close(self) -> None:
        """Finish the files."""
        self._files.close()
