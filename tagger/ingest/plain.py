"""Plain text: lines, dropped characters and hard wraps become paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tagger.ingest import traits
from tagger.ingest._furniture import take_furniture
from tagger.ingest._lines import Lines
from tagger.ingest.furniture import TEMPLATE_MARK, label_shape
from tagger.ingest.reading import Reading, Segment
from tagger.ingest.reflow import (
    BULLET,
    CAPTION,
    CLOSED,
    LONE_MARK,
    SOURCE_NOTE,
    TERMINAL,
    UNREADABLE,
    columns,
    opens_with_label,
)

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from tagger.ingest.cues import Cues

_UNREADABLE = re.compile(f"[{re.escape(UNREADABLE)}]+")
_ENDS = TERMINAL + "."
_SAMPLE = 2000  # lines that are measured to find the width of the wrap
_FEW = 6  # lines
_LEAST_PAIRS = 2
_NARROW = 48  # columns; labels and titles come as wide by chance
_WIDE = 80  # columns; no label or title is so wide by chance twice on end
_BRIM = 3  # columns that stay free in a line that is full to the brim
_ROOM = 8  # columns that may stay free at the end of a full line


def read_plain(text: str, cues: Cues) -> Reading:
    """The paragraphs of a plain text, and what was left out of them.

    Hard-wrapped lines are joined where the text is wrapped at a width; a sentence cut by a page break is
    joined where its first half ends open and the next line goes on with it.
    """
    lines = Lines(text, cues.traits, traits.LABEL, TEMPLATE_MARK)
    dropped = take_furniture(lines, cues.furniture, traits.FURNITURE, traits.LEADERS)
    paragraphs = lines.paragraphs(wrap_widths(lines), Rules(cues.openers))
    return Reading(*paragraphs.copy(), dropped=dropped)


class Rules:
    """What the beginning of a line says of it; asked of lines only that begin as such lines can."""

    def __init__(self, openers: Set[str]) -> None:
        self._openers = openers

    def begins_anew(self, text: str) -> bool:
        """The line begins as no line does that goes on with a sentence: as a bullet, label, caption or axis label."""
        return bool(
            BULLET.match(text)
            or self.is_note(text)
            or opens_with_label(text, self._openers)
            or LONE_MARK.fullmatch(text)
            or label_shape(text)
        )

    def is_note(self, text: str) -> bool:
        """The caption of a figure, or its source."""
        return bool(CAPTION.match(text) or SOURCE_NOTE.match(text))

    def is_caption(self, text: str) -> bool:
        """The caption of a figure or table."""
        return CAPTION.match(text) is not None

    def is_source(self, text: str) -> bool:
        """The line that says where a figure is from."""
        return SOURCE_NOTE.match(text) is not None

    def is_lone_mark(self, text: str) -> bool:
        """A bullet or number without what it marks."""
        return bool(LONE_MARK.fullmatch(text))


def wrap_widths(lines: Lines) -> list[int]:
    """The widths at which the text is hard-wrapped, in columns; none where a line is a paragraph.

    A page has more than one where a side column or a first page is set narrower than the body.
    """
    if len(lines) < _FEW and (width := _width_of_few([lines.words_of(at) for at in range(len(lines))])):
        return [width]
    measured, long, ends = lines.sample(_SAMPLE)
    if long > 0.1 * measured or not ends:
        return []
    counts = Counter(lines.wrapped(_SAMPLE, traits.LEADERS))
    if counts.total() < _LEAST_PAIRS:
        return []
    usual = lines.broad(_SAMPLE, 36, 150)
    peaks: list[int] = []
    for half, _ in counts.most_common():
        around = sum(counts[half + shift] for shift in range(-2, 2))
        if around < _enough(2 * half, usual):
            continue
        if all(abs(2 * half - peak) > _ROOM for peak in peaks):
            peaks.append(2 * half + 1)
    # A text whose lines are paragraphs has lines far wider than any peak.
    beyond = lines.broad(_SAMPLE, max(peaks, default=0) + _ROOM + 1, len(lines.text) * 3)
    return sorted(peaks) if peaks and beyond <= 0.1 * measured else []


def _width_of_few(texts: Sequence[str]) -> int | None:
    """The width of a text of a few lines that are one wrapped paragraph: all but the last are full and end open."""
    *full, last = texts or [""]
    if not full or any(len(text) < 18 or text[-1] in CLOSED for text in full) or last[-1] not in _ENDS:
        return None
    widths = [columns(text) for text in full]
    clauses = sum(text.count(mark) for text in full for mark in "，、；。,")
    if clauses < 2 or max(widths) - min(widths) > _BRIM or columns(last) > max(widths):
        return None
    return max(widths)


def _enough(columns: int, long: int) -> float:
    """How many lines of one width, of so many long ones, make it a width of the wrap."""
    if columns > _WIDE:
        return _LEAST_PAIRS
    return max(_LEAST_PAIRS, 0.008 * long) if columns > _NARROW else max(4, 0.05 * long)


def readable(text: str, start: int, page: int | None = None) -> list[Segment]:
    """A stretch of the source less the characters that cannot be read."""
    if text.isprintable():
        return [Segment(text, start, page)]
    segments: list[Segment] = []
    at = 0
    for found in _UNREADABLE.finditer(text):
        if found.start() > at:
            segments.append(Segment(text[at : found.start()], start + at, page))
        at = found.end()
    if at < len(text):
        segments.append(Segment(text[at:], start + at, page))
    return segments
