"""What the patterns and words of ingest need a stretch of text to have, before they look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tagger.ingest._traits import AXIS, MARK, NOTE, PAGE, PAGE_BEGIN, SPACE, WORDS, Traits
from tagger.ingest.furniture import PAGE_MARK_STARTS
from tagger.ingest.reflow import CLOSED, TERMINAL, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["AXIS", "MARK", "NOTE", "PAGE_MARK", "SPACE", "Traits", "traits_of"]

PAGE_MARK = PAGE_BEGIN | PAGE
"""A stretch that begins as a page mark does and has nothing that no page mark has."""

CLASSES = (
    "label",
    "heading",
    "field",
    "heading_end",
    "closing",
    "closing_end",
    "furniture",
    "publisher",
    "rating",
    "signer",
    "related",
    "generic",
    "leaders",
    "year",
    "licence",
)
_BIT = {name: 1 << (WORDS + number) for number, name in enumerate(CLASSES)}
LABEL, HEADING, FIELD = _BIT["label"], _BIT["heading"], _BIT["field"]
"""The stretch begins as such a word does, a bullet or number before it left aside."""
HEADING_END = _BIT["heading_end"]
"""The stretch ends as such a word does."""
CLOSING = _BIT["closing"] | _BIT["closing_end"]
"""The beginning and the end of such a word stand in the stretch, which needs both bits."""
FURNITURE, PUBLISHER, RATING, SIGNER = (_BIT[name] for name in ("furniture", "publisher", "rating", "signer"))
RELATED, GENERIC, LEADERS, YEAR, LICENCE = (
    _BIT[name] for name in ("related", "generic", "leaders", "year", "licence")
)
"""The beginning of such a word stands in the stretch."""

_DIGITS = "0123456789０１２３４５６７８９"
_OWN = {
    "leaders": ["..", "……"],
    "year": ["20"],
    "licence": [letter + digit for letter in "SA" for digit in _DIGITS],
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
    "leading": "第章节部篇一二三四五六七八九十百" + _range((0x2460, 0x2473)),
    "unreadable": UNREADABLE,
    "wide": _range((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFFEF)) + "“”‘’…—",
    "mark": "■□●○◆◇▶►▲•·⚫⬤◼◾❖❑➢➤✓✔※第#*【[（(一二三四五六七八九十"
    + _range((0xF000, 0xF0FF), (0x2460, 0x2473)),  # ① to ⑳
    "note": "图表资数来注",
    "page_begin": PAGE_MARK_STARTS,
    "page": "[]第页共/|-—PAGEOFpageof",
    "axis": "（(-−–,.%）)/年月日QAE",
}


def traits_of(words: dict[str, Iterable[str]]) -> Traits:
    """Traits that tell the words of each class; ``…`` in a word stands for anything."""
    return Traits(_CHARACTERS, [_class(name, words) for name in CLASSES])


def _class(
    name: str, words: dict[str, Iterable[str]]
) -> tuple[Literal["anywhere", "beginning", "end"], list[str | None]]:
    if name in _OWN:
        return "anywhere", [*_OWN[name]]
    pairs = [_pair(word, by_end=name.endswith("_end")) for word in words[name]]
    if name in ("label", "heading", "field"):
        return "beginning", pairs
    return "end" if name == "heading_end" else "anywhere", pairs


def _pair(word: str, *, by_end: bool) -> str | None:
    """Two characters that tell the word; None where it has not so many on end."""
    parts = [part for part in word.split("…") if len(part) > 1]
    if not parts:
        return None
    return parts[-1][-2:] if by_end else parts[0][:2]
