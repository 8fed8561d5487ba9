"""What the patterns and words of ingest need a stretch of text to have, before they look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.ingest._traits import AXIS, MARK, PAGE, PAGE_BEGIN, SPACE, WORDS, Traits
from tagger.ingest.furniture import PAGE_MARK_STARTS
from tagger.ingest.reflow import CLOSED, TERMINAL, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["AXIS", "MARK", "PAGE_MARK", "SPACE", "Traits", "traits_of"]

PAGE_MARK = PAGE_BEGIN | PAGE
"""A stretch that begins as a page mark does and has nothing that no page mark has."""

LABEL, HEADING, FIELD = (1 << (WORDS + number) for number in range(3))
"""Classes of words that tell something where a stretch begins with one, as bits of its traits."""
HEADING_END = 1 << (WORDS + 3)
"""A class of words that tell something at the end."""
FURNITURE, CLOSING, PUBLISHER, RATING, SIGNER, RELATED, GENERIC, LEADERS, YEAR, LICENCE = (
    1 << (WORDS + number) for number in range(4, 14)
)
"""Classes of words that tell something anywhere."""

_DIGITS = "0123456789０１２３４５６７８９"
_OWN = {
    LEADERS: ["..", "……"],
    YEAR: ["20"],
    LICENCE: [letter + digit for letter in "SA" for digit in _DIGITS],
}


def _range(*ranges: tuple[int, int]) -> str:
    return "".join(chr(code) for first, last in ranges for code in range(first, last + 1))


_CHARACTERS = {
    "terminal": TERMINAL,
    "closed": CLOSED,
    "clause": "，、；",
    "stop": "。；、",
    "comma": "，",
    "trailing": "：: 】",
    "unreadable": UNREADABLE,
    "wide": _range((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFFEF)) + "“”‘’…—",
    "mark": "■□●○◆◇▶►▲•·⚫⬤◼◾❖❑➢➤✓✔※第#*【[（(一二三四五六七八九十"
    + _range((0xF000, 0xF0FF), (0x2460, 0x2473)),  # ① to ⑳
    "note": "图表资数来注",
    "page_begin": PAGE_MARK_STARTS,
    "page": "[]第页共/|-—PAGEOFpageof",
    "axis": "（(-−–,.%）)/年月日QAE",
}


def traits_of(words: Mapping[int, Iterable[str]]) -> Traits:
    """Traits that tell the words of each class."""
    given = words | _OWN
    classes = [1 << (WORDS + number) for number in range(len(given))]
    return Traits(
        _CHARACTERS,
        [
            (
                "beginning" if one <= FIELD else "end" if one == HEADING_END else "anywhere",
                given[one],
            )
            for one in classes
        ],
    )
