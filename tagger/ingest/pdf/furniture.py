"""Running headers, footers, page numbers and strips at the edge: what stands on the page but is not its text."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from tagger.ingest.furniture import TEMPLATE_MARK, is_page_mark
from tagger.ingest.reading import Dropped
from tagger.ingest.reflow import CAPTION, SOURCE_NOTE

if TYPE_CHECKING:
    from tagger.ingest.pdf.glyphs import Run, Sheet

_BAND = 0.13  # share of the page's height at top and bottom where furniture stands
_DIGITS = re.compile(r"\d+")
_FIRST_OF_KIND_SIZE = 1.25


def take_furniture(sheets: list[Sheet], cues: re.Pattern[str]) -> list[Dropped]:
    """Take the furniture off the sheets; what was taken is the answer.

    A line is furniture when it stands at the same place in the top or bottom band of several pages (its
    digits aside), when it is a page number there, or when it holds one of the ``cues``. A large line that
    comes again, such as the title of slides that go on, is kept where it stands first.
    """
    often = _repeated(sheets)
    body = _body_size(sheets)
    dropped: list[Dropped] = []
    seen: set[str] = set()
    for sheet in sheets:
        strip = _vertical_strip(sheet)
        kept: list[Run] = []
        for run in sheet.runs:
            if id(run) in strip:
                dropped.append(Dropped(run.text, "vertical strip", sheet.number))
                continue
            if mark := TEMPLATE_MARK.match(run.text):
                dropped.append(Dropped(mark[0], "mark of a template", sheet.number))
                del run.sources[: mark.end()]
                run.text = run.text[mark.end() :]
                if not run.text:
                    continue
            reason = _reason(run, sheet, often, cues)
            if (
                reason
                and run.size > _FIRST_OF_KIND_SIZE * body
                and run.text not in seen
                and not is_page_mark(run.text)
            ):
                seen.add(run.text)
                reason = None
            if reason:
                dropped.append(Dropped(run.text, reason, sheet.number))
            else:
                kept.append(run)
        sheet.runs = kept
    return dropped


def _reason(run: Run, sheet: Sheet, often: set[tuple[str, int]], cues: re.Pattern[str]) -> str | None:
    if CAPTION.match(run.text) or SOURCE_NOTE.match(run.text):
        return None
    if _in_band(run, sheet):
        repeated = any((_key(run), _place(run) + shift) in often for shift in (-1, 0, 1))
        if is_page_mark(run.text) and (repeated or not run.text.isdigit() or int(run.text) == sheet.number):
            return "page number"
        if repeated:
            return "running header or footer"
    if len(run.text) < 60 and cues.search(run.text):
        return "running header or footer"
    return None


def _repeated(sheets: list[Sheet]) -> set[tuple[str, int]]:
    """Lines, by their text less digits and their height on the page, that stand on many pages."""
    counts: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        counts.update({(_key(run), _place(run)) for run in sheet.runs if _in_band(run, sheet)})
    enough = max(2, min(6, len(sheets) // 3))
    return {
        place for place in counts if sum(counts[place[0], place[1] + shift] for shift in (-1, 0, 1)) >= enough
    }


def _key(run: Run) -> str:
    return _DIGITS.sub("0", run.text.replace(" ", ""))


def _place(run: Run) -> int:
    return round(run.base / 4)


def _in_band(run: Run, sheet: Sheet) -> bool:
    return run.base < _BAND * sheet.height or run.base > (1 - _BAND) * sheet.height


def _body_size(sheets: list[Sheet]) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for run in sheet.runs:
            sizes[round(run.size, 1)] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _vertical_strip(sheet: Sheet) -> set[int]:
    """Single characters stacked one under the other: at least three at the same place from the left."""
    stacks: dict[int, list[Run]] = {}
    for run in sheet.runs:
        if len(run.text) == 1 and not run.text.isdigit() and run.text.isalpha():
            stacks.setdefault(round(run.left / 3), []).append(run)
    strip: set[int] = set()
    for stack in stacks.values():
        stack.sort(key=lambda run: run.base)
        near = [a for a, b in pairwise(stack) if b.base - a.base < 2.2 * a.size]
        if len(near) >= 2:
            strip.update(map(id, stack))
    return strip
