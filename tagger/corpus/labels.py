"""What formats ask of a document: its themes, the mentions that do not overlap, offsets as JavaScript counts them."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from tagger.schema import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tagger.schema import Document, Mention

OTHER = "other"


def themes_of(document: Document, primary_only: bool = False) -> list[str]:
    """The themes of a piece, the primary first; of a whole document, those of its paragraphs in the order of THEMES.

    ``other`` stands alone. ``primary_only`` keeps the first: of a document, the theme with the most characters.
    """
    paragraphs = document.paragraphs
    if not paragraphs:
        return [OTHER]
    if len(paragraphs) == 1:
        themes = paragraphs[0].themes
        return themes[:1] if primary_only else list(themes)
    weight: dict[str, int] = {}
    for paragraph in paragraphs:
        shown = [paragraph.theme] if primary_only else paragraph.themes
        for theme in shown:
            weight[theme] = weight.get(theme, 0) + paragraph.end - paragraph.start
    told = {theme: size for theme, size in weight.items() if theme != OTHER}
    if not told:
        return [OTHER]
    if primary_only:
        return [max(told, key=lambda theme: told[theme])]
    return [t for t in THEMES if t in told] + sorted(t for t in told if t not in THEMES)


def in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions by where they begin, the longer first."""
    return sorted(mentions, key=lambda m: (m.start, -m.end, m.kind))


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions that do not overlap: of those that do, the longest, then the first."""
    taken: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start, m.kind)):
        if not any(mention.start < other.end and other.start < mention.end for other in taken):
            taken.append(mention)
    return in_order(taken)


class CodeUnits:
    """Offsets of a text in UTF-16 code units, as browsers count, and back."""

    def __init__(self, text: str) -> None:
        self._at: Sequence[int] | None = None
        if any(char > "\uffff" for char in text):
            self._at = list(accumulate((1 + (char > "\uffff") for char in text), initial=0))

    def out(self, offset: int) -> int:
        """Code points to code units."""
        return offset if self._at is None else self._at[offset]

    def back(self, offset: int) -> int | None:
        """Code units to code points; None for an offset within a character or past the end."""
        if self._at is None:
            return offset
        place = bisect_left(self._at, offset)
        return place if place < len(self._at) and self._at[place] == offset else None
