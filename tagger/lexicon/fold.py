"""The folded view: the text as the matcher reads it, with the way back to the text as it stands.

Full-width letters and digits become half-width, traditional characters and PDF radicals simplified, letters
lower case; blanks beside a Han character and a line break between two Han characters are taken out. Every
other character keeps its place one to one, so an offset is found again by adding what was taken out before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_BLANK = " \t\u3000\xa0\u2009"
# A run of blanks is looked at from its beginning only, so that a page of blanks costs one look.
_GAP = re.compile(
    f"(?<=[{HAN}])[{_BLANK}]++|(?<![{_BLANK}])[{_BLANK}]++(?=[{HAN}])|(?<=[{HAN}])\n(?=[{HAN}])"
)
WIDTH = {
    chr(code): chr(code - 0xFEE0)
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
WIDTH |= {"％": "%", "＋": "+", "－": "-", "．": ".", "＄": "$", "￥": "¥"}


class View:
    """A text folded for matching. ``start`` and ``end`` turn offsets of ``text`` into offsets of the original."""

    __slots__ = ("_cuts", "_shifts", "source", "text")

    def __init__(self, source: str, text: str, cuts: list[int], shifts: list[int]) -> None:
        self.source = source
        self.text = text
        self._cuts = cuts
        self._shifts = shifts

    def start(self, at: int) -> int:
        """Where the character at ``at`` stands in the original."""
        return at + self._shifts[bisect_right(self._cuts, at)] if self._cuts else at

    def starts(self, places: list[int]) -> list[int]:
        """Where the characters at these places stand in the original."""
        cuts, shifts = self._cuts, self._shifts
        return [at + shifts[bisect_right(cuts, at)] for at in places] if cuts else places

    def end(self, at: int) -> int:
        """Where a span that ends before ``at`` ends in the original: right behind its last character."""
        return self.start(at - 1) + 1 if at else 0

    def origin(self) -> NDArray[np.int64]:
        """Where every character of the folded text stands in the original."""
        import numpy as np

        runs = np.diff([0, *self._cuts, len(self.text)])
        places: NDArray[np.int64] = np.arange(len(self.text)) + np.repeat(self._shifts or [0], runs)
        return places

    def back(self, at: int) -> int:
        """The place in the folded text of an offset of the original (of a blank taken out: what follows it)."""
        if not self._cuts:
            return at
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            if self.start(middle) < at:
                low = middle + 1
            else:
                high = middle
        return low


class Folder:
    """Folds texts by a table of single characters. The tables are data (``chars.csv``)."""

    def __init__(self, characters: dict[str, str]) -> None:
        table = WIDTH | {a: b for a, b in characters.items() if len(a) == len(b) == 1}
        self._table = table
        self._foreign = re.compile("[" + re.escape("".join(sorted(table))) + "]") if table else None

    def fold(self, text: str) -> View:
        """The view of ``text``."""
        folded = self.fold_characters(text)
        gaps = [found.span() for found in _GAP.finditer(folded)]
        if not gaps:
            return View(text, folded, [], [])
        pieces: list[str] = []
        cuts: list[int] = []
        at = kept = 0
        for begin, end in gaps:
            pieces.append(folded[at:begin])
            kept += begin - at
            cuts.append(kept)
            at = end
        pieces.append(folded[at:])
        shifts = [0, *accumulate(end - begin for begin, end in gaps)]
        return View(text, "".join(pieces), cuts, shifts)

    def fold_characters(self, text: str) -> str:
        """Width, script and case folded; as many characters as before."""
        if not text.isascii() and self._foreign is not None and self._foreign.search(text):
            table = self._table
            text = self._foreign.sub(lambda found: table[found[0]], text)
        lower = text.lower()
        # A few letters (İ) grow when lowered; those stay as they are.
        return (
            lower
            if len(lower) == len(text)
            else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
        )

    def fold_term(self, term: str) -> str:
        """A lexicon surface as it stands in a folded text."""
        return self.fold(term.strip()).text
