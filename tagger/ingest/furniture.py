"""What stands on a page but is not its text, told by its words alone: page numbers and axis labels."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIGURES_RUN = 8
AXIS_RUN = 4
"""So many numbers on end can be the ticks of an axis."""

PAGE_MARK_STARTS = "[第-—Pp0123456789"
"""What a page mark can begin with."""

TEMPLATE_MARK = re.compile(r"\[(?:Table|Report)\w*\]\s*|\[[A-Za-z]+_\w+\]\s*")
"""What the fields of a broker's template leave in the text layer: [Table_Summary]."""

_PAGE_MARK = re.compile(
    r"\[P\d+\]|第?\s*\d{1,4}\s*页?(\s*[/|共-]+\s*共?\s*\d{1,4}\s*页?)?|[-—]\s*\d{1,4}\s*[-—]|P\d{1,4}|Page\s*\d+(\s*of\s*\d+)?",
    re.I,
)
_NUMBER = re.compile(r"[（(]?([-−–]?\d[\d,]*(?:\.\d+)?)%?[）)]?")
_MONTH = re.compile(r"(?:20)?\d\d[-./年]\d{1,2}(?:[-./月]\d{1,2})?日?月?|\d\dQ[1-4]|20\d\d[AE]?")


def is_page_mark(text: str) -> bool:
    """A page number in any of its dresses: 第 3 页 / 共 35 页, - 3 -, [P3]."""
    return bool(_PAGE_MARK.fullmatch(text))


def label_shape(text: str) -> str | None:
    """What kind of axis label a line can be: percent, date or number; None for words."""
    if len(text) > 12 or not (text[-1].isdigit() or text[-1] in "%）)年月日AE"):
        return None
    if _MONTH.fullmatch(text):
        return "date"
    if not _NUMBER.fullmatch(text):
        return None
    return "percent" if "%" in text else "number"


def is_axis(labels: Sequence[str]) -> bool:
    """The labels are the ticks of an axis: numbers at even steps, or days and months in their order.

    So many percentages on end that no table has them are the figures on its bars.
    """
    if all(_MONTH.fullmatch(label) for label in labels):
        return list(labels) == sorted(labels) and len(set(labels)) == len(labels)
    numbers: list[float] = []
    for label in labels:
        found = _NUMBER.fullmatch(label)
        if found is None:
            return False
        value = float(found[1].replace(",", "").replace("−", "-").replace("–", "-"))
        numbers.append(-value if label[0] in "（(" else value)
    if len(numbers) >= _FIGURES_RUN and "%" in labels[0]:
        return True
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    widest = max(map(abs, steps))
    return widest > 0 and max(steps) - min(steps) <= 0.12 * widest + 1e-9
