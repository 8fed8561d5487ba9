"""The columns of a page: what stands side by side is read one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagger.ingest.furniture import label_shape
from tagger.ingest.reflow import CLOSED

if TYPE_CHECKING:
    from tagger.ingest.pdf.glyphs import Rule, Run

_PROSE_EM = 9  # a line of running text is at least this many of its heights long
_DEEPEST = 6


class Column(NamedTuple):
    """Runs that are read from top to bottom; ``side`` marks a narrow column beside the body."""

    runs: list[Run]
    side: bool = False


def columns_of(runs: list[Run], rules: list[Rule], depth: int = 0) -> list[Column]:
    """The columns in reading order: a side column before the body beside it, else from left to right."""
    split = _best_gutter(runs, rules) if depth < _DEEPEST and len(runs) >= 8 else None
    if split is None:
        return [Column(runs)] if runs else []
    edge, top, bottom = split
    above = [run for run in runs if run.base < top]
    below = [run for run in runs if run.base > bottom]
    between = [run for run in runs if top <= run.base <= bottom]
    left = [run for run in between if run.right <= edge + 1]
    right = [run for run in between if run.right > edge + 1]
    beside = sorted((_as_column(left, right), _as_column(right, left)), key=lambda column: not column.side)
    inner = [
        Column(part.runs, part.side or column.side)
        for column in beside
        for part in columns_of(column.runs, rules, depth + 1)
    ]
    return [*columns_of(above, rules, depth + 1), *inner, *columns_of(below, rules, depth + 1)]


def _as_column(runs: list[Run], beside: list[Run]) -> Column:
    """A column is a side column when it is clearly narrower than the one beside it."""
    return Column(runs, _breadth(runs) < 0.75 * _breadth(beside))


def _breadth(runs: list[Run]) -> float:
    return max(run.right for run in runs) - min(run.left for run in runs)


def _best_gutter(runs: list[Run], rules: list[Rule]) -> tuple[float, float, float] | None:
    """The gutter with the most runs beside it: (left edge of what stands right of it, top, bottom)."""
    best: tuple[float, float, float] | None = None
    most = 0
    for edge in _left_edges(runs):
        for stretch in _stretches(runs, edge):
            if len(stretch) > most and _are_columns(stretch, edge, rules):
                most = len(stretch)
                best = (edge - 1, stretch[0].base - 0.5, stretch[-1].base + 0.5)
    return best


def _left_edges(runs: list[Run]) -> list[float]:
    """Places at which several runs begin."""
    places: dict[int, list[float]] = {}
    for run in runs:
        places.setdefault(round(run.left / 3), []).append(run.left)
    leftmost = min(run.left for run in runs)
    return [min(lefts) for lefts in places.values() if len(lefts) >= 3 and min(lefts) > leftmost + 20]


def _stretches(runs: list[Run], edge: float) -> list[list[Run]]:
    """The runs from top to bottom, parted where one crosses the gutter left of ``edge``."""
    stretches: list[list[Run]] = [[]]
    for run in sorted(runs, key=lambda run: run.base):
        if run.left < edge - 1 and run.right > edge - 0.45 * run.size:
            stretches.append([])
        else:
            stretches[-1].append(run)
    return [stretch for stretch in stretches if len(stretch) >= 6]


def _are_columns(runs: list[Run], edge: float, rules: list[Rule]) -> bool:
    """Running text stands on one side at least, and the lines of the two sides are no rows of a table."""
    left = [run for run in runs if run.left < edge - 1]
    right = [run for run in runs if run.left >= edge - 1]
    if len(left) < 3 or len(right) < 3 or not _overlap(left, right):
        return False
    top, bottom = runs[0].base - runs[0].size, runs[-1].base + runs[-1].size
    across = sum(
        rule.left < edge - 24 and rule.right > edge + 24 and top < rule.top < bottom for rule in rules
    )
    if across > 2:
        return False
    prose_left, prose_right = _prose_lines(left), _prose_lines(right)
    if max(prose_left, prose_right) < 3 or not (_has_words(left) and _has_words(right)):
        return False
    if min(prose_left, prose_right) >= 3 and min(_full_lines(left), _full_lines(right)) >= 2:
        return True
    return _aligned(left, right) < 0.5


def _has_words(runs: list[Run]) -> bool:
    """More than the ticks of an axis stand there."""
    words = sum(len(run.text) > 2 and label_shape(run.text) is None for run in runs)
    return words >= 3 and words >= 0.5 * len(runs)


def _overlap(left: list[Run], right: list[Run]) -> bool:
    """The two sides stand beside each other over most of the shorter one's height."""
    top = max(left[0].base, right[0].base)
    bottom = min(left[-1].base, right[-1].base)
    shorter = min(left[-1].base - left[0].base, right[-1].base - right[0].base)
    return bottom - top > 0.5 * shorter


def _prose_lines(runs: list[Run]) -> int:
    breadth = _breadth(runs)
    return sum(run.width > _PROSE_EM * run.size and run.width > 0.6 * breadth for run in runs)


def _full_lines(runs: list[Run]) -> int:
    """Lines that reach the right edge of their column and end open: only a wrap makes them."""
    right = max(run.right for run in runs)
    return sum(run.right > right - run.size and run.text[-1] not in CLOSED for run in runs)


def _aligned(left: list[Run], right: list[Run]) -> float:
    """The share of the side with fewer lines that stands on a line of the other side."""
    few, many = sorted((left, right), key=len)
    bases = sorted(run.base for run in many)
    return sum(any(abs(base - run.base) < 0.12 * run.size for base in bases) for run in few) / len(few)
