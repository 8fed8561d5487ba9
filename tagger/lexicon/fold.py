"""The folded view: the text as the matcher reads it, with the way back to the text as it stands.

Full-width letters and digits become half-width, traditional characters and PDF radicals simplified, letters
lower case; blanks beside a Han character and a line break between two Han characters are taken out. Every
other character keeps its place one to one, so an offset is found again by adding what was taken out before it.
"""

from __future__ import annotations

from tagger.lexicon._fold import Fold, View

__all__ = ["HAN", "WIDTH", "Folder", "View"]

HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
WIDTH = {
    chr(code): chr(code - 0xFEE0)
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
WIDTH |= {"％": "%", "＋": "+", "－": "-", "．": ".", "＄": "$", "￥": "¥"}


class Folder:
    """Folds texts by a table of single characters. The tables are data (``chars.csv``)."""

    def __init__(self, characters: dict[str, str]) -> None:
        self._characters = characters
        self._fold = Fold(WIDTH | {a: b for a, b in characters.items() if len(a) == len(b) == 1})

    def fold(self, text: str) -> View:
        """The view of ``text``."""
        return self._fold.view(text)

    def fold_characters(self, text: str) -> str:
        """Width, script and case folded; as many characters as before."""
        return self._fold.characters(text)

    def fold_term(self, term: str) -> str:
        """A lexicon surface as it stands in a folded text."""
        return self.fold(term.strip()).text

    def __reduce__(self) -> tuple[type[Folder], tuple[dict[str, str]]]:
        return Folder, (self._characters,)
