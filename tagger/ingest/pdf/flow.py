"""Rows of all pages as paragraphs: lines joined, over columns, figures and page breaks too."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

from tagger.ingest.pdf.rows import Kind, Row
from tagger.ingest.reading import Block, Dropped, Segment
from tagger.ingest.reflow import BULLET, CLOSED, joint, opens_with_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from tagger.ingest.pdf.glyphs import Run


_LONG_EM = 18
_LETTER = 0.55  # of the height of a line: the breadth of a letter or digit
_WORD = re.compile(r"[!-~]+")


class Layout(Struct):
    """How the document sets its text: where full lines end, and how far lines are apart (in heights of a line)."""

    edges: list[float]
    pitch: float


class Frame(Struct):
    """Where the running text of a column stands."""

    left: float
    right: float
    size: float
    layout: Layout


class _Open(Struct):
    """A paragraph that may go on."""

    block: Block
    row: Row
    frame: Frame
    lines: int = 1


def frame_of(rows: list[Row], layout: Layout) -> Frame:
    """The frame of a column, from its long lines."""
    lines = [row for row in rows if row.kind is Kind.LINE]
    if not lines:
        return Frame(0.0, 0.0, 0.0, layout)
    breadth = max(row.last.right - row.first.left for row in lines)
    long = [row for row in lines if row.last.right - row.first.left > 0.6 * breadth]
    rights = sorted(row.last.right for row in long)
    lefts = sorted(row.first.left for row in long)
    return Frame(lefts[len(lefts) // 8], rights[(len(rights) * 3) // 4], long[len(long) // 2].size, layout)


def layout_of(columns: Iterable[list[Row]]) -> Layout:
    """The layout that most long lines of the document have."""
    ends: Counter[int] = Counter()
    pitches: list[float] = []
    for rows in columns:
        lines = [
            row
            for row in rows
            if row.kind is Kind.LINE and row.last.right - row.first.left > _LONG_EM * row.size
        ]
        ends.update(round(row.last.right / 4) for row in lines)
        gaps = ((below.base - above.base) / above.size for above, below in pairwise(lines))
        pitches += [gap for gap in gaps if 0.9 < gap < 3]
    enough = max(4, 0.05 * ends.total())
    edges = [
        4.0 * place
        for place, count in ends.items()
        if count + (ends[place - 1] + ends[place + 1]) / 2 >= enough
    ]
    return Layout(edges, median(pitches) if pitches else 1.6)


class Flow:
    """Takes the rows of one column after the other and makes blocks of them."""

    def __init__(self, layout: Layout, openers: Set[str]) -> None:
        self._layout = layout
        self._openers = openers
        self.blocks: list[Block] = []
        self.dropped: list[Dropped] = []
        self._open: _Open | None = None

    def take(self, rows: list[Row], *, apart: bool = False) -> None:
        """Take a column; ``apart`` keeps its text from joining with that of others."""
        kept = self._open if apart else None
        if apart:
            self._open = None
        frame = frame_of(rows, self._layout)
        fresh = True
        for row in rows:
            if row.kind is Kind.LABEL:
                self.dropped.append(Dropped(row.text, row.reason, row.first.page))
                fresh = True
            elif row.kind is Kind.ROW:
                self.blocks.append(_table_row(row))
                fresh = True
            elif row.kind is Kind.NOTE:
                self.blocks.extend(Block(_segments([cell]), prominence=cell[0].size) for cell in row.cells)
                fresh = True
            else:
                if apart and self._open and _is_entry(self._open.row.text):
                    self._open = None
                self._line(row, frame, fresh)
                fresh = False
        if apart:
            self._open = kept

    def _line(self, row: Row, frame: Frame, fresh: bool) -> None:
        last = self._open
        anew = BULLET.match(row.text) or opens_with_label(row.text, self._openers)
        if (
            last is not None
            and not anew
            and (_resumes(last, row, frame) if fresh else _continues(last, row, frame))
        ):
            _join(last.block.segments, row)
            last.row, last.frame, last.lines = row, frame, last.lines + 1
            return
        block = Block(_segments(row.cells), prominence=row.size)
        self.blocks.append(block)
        self._open = _Open(block, row, frame)


def _is_entry(text: str) -> bool:
    """A line of a side column that is whole: a name, a rating, a figure; nothing that goes on below."""
    return not any(mark in text for mark in "，。；、：:") and all(
        text.count(begin) <= text.count(end) for begin, end in ("《》", "（）", "()")
    )


def _continues(last: _Open, row: Row, frame: Frame) -> bool:
    """Whether a line goes on with the paragraph of the line above it."""
    above = last.row
    size = above.size
    if not 0.8 < row.size / size < 1.25:
        return False
    if size > 1.25 * frame.size and not 0.96 < row.size / size < 1.04:
        return False
    if above.first.left - row.first.left > 4 * size:  # set to the right or the middle
        return size > 1.25 * frame.size and row.base - above.base < 1.7 * size
    if size > 1.25 * frame.size and row.first.left > above.first.left + 4 * size:
        return row.base - above.base < 1.7 * size
    if row.base - above.base > 1.45 * frame.layout.pitch * size:
        return False
    if not _is_full(above, frame, row.text):
        return False
    # A first line stands in from the ones below it; a hanging one stands out.
    if last.lines > 1 and row.first.left > above.first.left + 1.3 * size:
        return False
    return not (
        last.lines == 1 and row.first.left > above.first.left + 1.3 * size and not BULLET.match(above.text)
    )


def _resumes(last: _Open, row: Row, frame: Frame) -> bool:
    """Whether a line after a break of column, page or figure goes on with the paragraph left open."""
    text = last.row.text
    if text[-1] in CLOSED and text[-1] not in "”）)》":
        return False
    if not 0.85 < row.size / last.row.size < 1.18:
        return False
    if not _is_full(last.row, last.frame, row.text):
        return False
    return (
        row.first.left < frame.left + 2.6 * row.size
        and last.row.last.right - last.row.first.left > 10 * row.size
    )


def _is_full(row: Row, frame: Frame, after: str) -> bool:
    """The line reaches the right edge: the word with which the next line begins had no room."""
    word = _WORD.match(after)
    right, room = row.last.right, max(1.9, _LETTER * len(word[0]) if word else 0) * row.size
    return right > frame.right - room or any(abs(right - edge) < room for edge in frame.layout.edges)


def _table_row(row: Row) -> Block:
    return Block(_segments(row.cells), row=True, prominence=row.size)


def _segments(cells: list[list[Run]]) -> list[Segment]:
    """The cells of a row, parted by tabs; the lines of a cell joined."""
    segments: list[Segment] = []
    for number, cell in enumerate(cells):
        for place, run in enumerate(cell):
            if place:
                _glue(segments, run)
            elif number:
                segments.append(_behind(segments, "\t"))
            segments.extend(_copied(run))
    return segments


def _join(segments: list[Segment], row: Row) -> None:
    for cell in row.cells:
        for run in cell:
            _glue(segments, run)
            segments.extend(_copied(run))


def _glue(segments: list[Segment], run: Run) -> None:
    between = joint(segments[-1].text[-1], run.text[0])
    if between:
        segments.append(_behind(segments, between))


def _behind(segments: list[Segment], text: str) -> Segment:
    """A joiner; it maps to the place just behind what it follows."""
    last = segments[-1]
    return Segment(text, last.source + len(last.text), last.page)


def _copied(run: Run) -> list[Segment]:
    """A run as stretches of the page's character stream."""
    sources = run.sources
    segments: list[Segment] = []
    begin = 0
    for at in range(1, len(sources) + 1):
        if at == len(sources) or sources[at] != sources[at - 1] + 1:
            segments.append(
                Segment(
                    run.text[begin:at],
                    sources[begin] if sources[begin] >= 0 else sources[begin - 1] + 1,
                    run.page,
                )
            )
            begin = at
    return segments
