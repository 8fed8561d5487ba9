"""A column as rows: lines of text, rows of tables, and labels of charts."""

from __future__ import annotations

import re
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from tagger.ingest.pdf.glyphs import Run
from tagger.ingest.reflow import CAPTION, SOURCE_NOTE, is_contents_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tagger.ingest.pdf.glyphs import Rule

_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMERIC = re.compile(r"[-+−–(（]?[\d.,:/年月日季度HQEA%％‰xX倍亿万元\s~-]+[)）]?")
_DAY = re.compile(r"20\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}")
_STAMP = re.compile(r"[A-Za-z0-9]{40,}")
_CAPTION_NUMBER = re.compile(r"(?:图表|图|表)\s?\d{1,3}\s?[：:.]?")
_LEAST_RULES = 3


class Kind(Enum):
    """What a row of the page is."""

    LINE = "line"
    ROW = "row"
    LABEL = "label"
    NOTE = "note"  # the caption of a figure or table, or its source


class Row(Struct):
    """Runs on one line of the page, or, for a row of a table, the lines of each of its cells."""

    cells: list[list[Run]]
    kind: Kind = Kind.LINE
    reason: str = "label of a chart"  # why a label is left out

    @property
    def first(self) -> Run:
        """The leftmost run."""
        return self.cells[0][0]

    @property
    def last(self) -> Run:
        """The rightmost run of a line."""
        return self.cells[-1][-1]

    @property
    def size(self) -> float:
        """Height of most of its glyphs."""
        return max((run for cell in self.cells for run in cell), key=lambda run: len(run.text)).size

    @property
    def base(self) -> float:
        """Where the row stands on the page."""
        return self.first.base

    @property
    def text(self) -> str:
        """The row in words; cells parted by tabs."""
        return "\t".join("".join(run.text for run in cell) for cell in self.cells)


def rows_of(runs: list[Run], rules: list[Rule]) -> list[Row]:
    """The rows of a column from top to bottom, each with its kind."""
    rows = _lines(runs)
    grids = _grids(runs, rules)
    rows = _with_grids(rows, grids)
    _tell_contents(rows)
    _tell_notes(rows)
    _tell_tables(rows)
    _tell_labels(rows)
    return rows


def _lines(runs: Iterable[Run]) -> list[Row]:
    """Runs on a common base line make a row; those close to each other a cell."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.base):
        if rows and abs(run.base - rows[-1][0].base) < 0.35 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [Row(_cells(sorted(row, key=lambda run: run.left))) for row in rows]


def _cells(row: list[Run]) -> list[list[Run]]:
    cells = [[row[0]]]
    for run in row[1:]:
        number = len(cells[-1]) == 1 and _CAPTION_NUMBER.fullmatch(cells[-1][0].text)
        if number or run.left - cells[-1][-1].right < 0.9 * run.size:
            cells[-1].append(run)
        else:
            cells.append([run])
    if (
        len(cells) > 1
        and len(cells[0]) == 1
        and len(cells[0][0].text) == 1
        and not cells[0][0].text.isalnum()
    ):
        cells[:2] = [cells[0] + cells[1]]  # a bullet and what it stands before
    return cells


def _grids(runs: list[Run], rules: list[Rule]) -> list[list[Rule]]:
    """Stacks of rules of common breadth: the ruled tables of the column."""
    if len(rules) < _LEAST_RULES or not runs:
        return []
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    lines = _joined(rule for rule in rules if rule.left < right and rule.right > left)
    stacks: list[list[Rule]] = []
    for rule in lines:
        for stack in stacks:
            if abs(stack[-1].left - rule.left) < 8 and abs(stack[-1].right - rule.right) < 8:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [
        stack for stack in stacks if len(stack) >= _LEAST_RULES + 1 and stack[0].right - stack[0].left > 100
    ]


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules from top to bottom; pieces of one line, as cells draw them, put together."""
    lines: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.top), rule.left)):
        if lines and abs(lines[-1].top - rule.top) < 1.6 and rule.left - lines[-1].right < 4:
            lines[-1] = lines[-1]._replace(
                left=min(lines[-1].left, rule.left), right=max(lines[-1].right, rule.right)
            )
        else:
            lines.append(rule)
    return lines


def _with_grids(rows: list[Row], grids: list[list[Rule]]) -> list[Row]:
    """The lines between two rules of a grid become one row where they are the broken lines of its cells."""
    for grid in grids:
        for above, below in pairwise(grid):
            inside = [
                row
                for row in rows
                if above.top < row.base - 0.3 * row.first.size and row.base <= below.top + 1
            ]
            if len(inside) < 2:
                continue
            cells = _columns([run for row in inside for cell in row.cells for run in cell])
            if len(cells) > 1 and not _are_records(inside, len(cells)) and not any(map(_are_ticks, cells)):
                at = rows.index(inside[0])
                rows[at : at + len(inside)] = [Row(cells, Kind.ROW)]
    return rows


def _are_records(lines: list[Row], columns: int) -> bool:
    """Nearly every line fills nearly every column: no broken cells but a row each."""
    return columns > 2 and sum(len(line.cells) for line in lines) > 0.8 * columns * len(lines)


def _are_ticks(cell: list[Run]) -> bool:
    """Numbers on end, one a line: the axis of a chart whose grid looks like the rules of a table."""
    return len(cell) > 2 and all(_is_numeric([run]) for run in cell)


def _columns(runs: list[Run]) -> list[list[Run]]:
    """The cells of one table row: runs parted where a blank strip runs down between them."""
    cells: list[list[Run]] = []
    right = float("-inf")
    for run in sorted(runs, key=lambda run: run.left):
        if run.left > right + 0.15 * run.size:
            cells.append([run])
        else:
            cells[-1].append(run)
        right = max(right, run.right)
    for cell in cells:
        cell.sort(key=lambda run: (round(run.base), run.left))
    return cells


def _tell_tables(rows: list[Row]) -> None:
    """Mark as table rows what stands in several cells in at least two lines on end."""
    at = 0
    while at < len(rows):
        stop = at
        while stop < len(rows) and _tabular(rows, stop):
            stop += 1
        block = rows[at:stop]
        many = [row for row in block if len(row.cells) > 1]
        if len(many) >= 2:
            kind = Kind.ROW if _is_table(block) else Kind.LABEL
            for row in block:
                if row.kind is Kind.LINE:
                    row.kind = kind
        elif len(many) == 1 and any(
            row.kind is Kind.ROW for row in (*rows[max(0, at - 1) : at], *rows[stop : stop + 1])
        ):
            many[0].kind = Kind.ROW
        at = max(stop, at + 1)


def _tell_contents(rows: list[Row]) -> None:
    """Mark the lines of a table of contents, with those that stand between two of its entries."""
    marked = [number for number, row in enumerate(rows) if "..." in row.text and is_contents_line(row.text)]
    for a, b in pairwise(marked) if len(marked) > 2 else ():
        if b - a <= 3:
            for row in rows[a : b + 1]:
                row.kind, row.reason = Kind.LABEL, "table of contents"
    for row in rows:
        if _STAMP.fullmatch(row.text):
            row.kind, row.reason = Kind.LABEL, "stamp of a distributor"


def _tell_notes(rows: list[Row]) -> None:
    """Mark captions and sources; one that is broken over two lines is put together."""
    right = max(row.last.right for row in rows)
    for row in rows:
        if row.kind is Kind.LINE and all(_is_note(cell) for cell in row.cells):
            row.kind = Kind.NOTE
    for note, below in reversed(list(pairwise(rows))):
        if note.kind is Kind.NOTE and below.kind is Kind.LINE and _completes(note, below, right):
            for cell in below.cells:
                _cell_above(note, cell)[:] += cell
            rows.remove(below)


def _completes(note: Row, below: Row, right: float) -> bool:
    """The line under a caption or source holds the ends of what did not fit on it."""
    if below.base - note.base > 1.9 * note.size or not 0.85 < below.size / note.size < 1.18:
        return False
    above = [_cell_above(note, cell) for cell in below.cells]
    if not all(above):
        return False
    texts = ["".join(run.text for run in cell) for cell in above]
    open_bracket = any(
        text.count("（") > text.count("）") or text.count("《") > text.count("》") for text in texts
    )
    full = len(note.cells) == 1 and note.last.right > right - 2 * note.size
    return open_bracket or full or (len(note.cells) > 1 and SOURCE_NOTE.match(texts[0]) is not None)


def _cell_above(note: Row, cell: list[Run]) -> list[Run]:
    """The cell of the note under which a cell stands; an empty one where none does."""
    return next((above for above in note.cells if abs(above[0].left - cell[0].left) < 1.5 * note.size), [])


def _is_note(cell: list[Run]) -> bool:
    text = "".join(run.text for run in cell)
    return bool(CAPTION.match(text) or SOURCE_NOTE.match(text))


def _tabular(rows: Sequence[Row], at: int) -> bool:
    """Several cells, or a short line among such rows."""
    row = rows[at]
    if row.kind is not Kind.LINE:
        return False
    if len(row.cells) > 1:
        return True
    near = [*rows[max(0, at - 2) : at], *rows[at + 1 : at + 3]]
    alike = (other for other in near if abs(other.size / row.size - 1) < 0.15)
    return (
        len(row.text) < 12 and row.text[-1] not in "。；：:" and any(len(other.cells) > 1 for other in alike)
    )


def _is_table(rows: list[Row]) -> bool:
    """Most rows have words beside their figures; a chart has rows of numbers, and of labels alone."""
    records = sum(len(row.cells) > 1 and not all(_is_numeric(cell) for cell in row.cells) for row in rows)
    numbers = sum(all(_is_numeric(cell) for cell in row.cells) for row in rows)
    return records >= 2 and records >= 0.5 * len(rows) and numbers <= 0.3 * len(rows)


def _is_numeric(cell: list[Run]) -> bool:
    return bool(_NUMERIC.fullmatch("".join(run.text for run in cell)))


def _tell_labels(rows: list[Row]) -> None:
    """Numbers that stand alone are the ticks of an axis; words beside them, or in a figure, are its legend."""
    for row in rows:
        if (
            row.kind is Kind.LINE
            and all(_is_numeric(cell) for cell in row.cells)
            and not _DAY.search(row.text)
        ):
            row.kind = Kind.LABEL
    for at, row in enumerate(rows):
        near = rows[max(0, at - 1) : at] + rows[at + 1 : at + 2]
        if (
            row.kind is Kind.LINE
            and len(row.cells) > 1
            and _is_short(row)
            and any(other.kind is Kind.LABEL for other in near)
        ):
            row.kind = Kind.LABEL
    for row in _in_figures(rows):
        row.kind, row.reason = Kind.LABEL, "text of a figure"


def _in_figures(rows: list[Row]) -> Iterator[Row]:
    """Short lines between the caption of a figure and its source."""
    inside: list[Row] | None = None
    for row in rows:
        if row.kind is Kind.NOTE:
            if inside is not None and SOURCE_NOTE.match(row.text):
                yield from inside
            inside = [] if CAPTION.match(row.text) else None
        elif row.kind is Kind.LINE and inside is not None:
            if _is_short(row):
                inside.append(row)
            else:
                inside = None


def _is_short(row: Row) -> bool:
    return len(row.text) <= 40 and row.text[-1] not in "。；：:"
