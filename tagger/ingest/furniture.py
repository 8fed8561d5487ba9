"""What stands on a page but is not its text, told by its words alone: page numbers and axis labels."""

from __future__ import annotations

import re
from itertools import pairwise

from tagger.ingest._labels import are_even, label_shape

_FIGURES_RUN = 8
_UNEVEN = 0.12  # share of a step by which steps may differ that were rounded
AXIS_RUN = 4
"""So many numbers on end can be the ticks of an axis."""

__all__ = ["AXIS_RUN", "PAGE_MARK_STARTS", "TEMPLATE_MARK", "is_axis", "is_page_mark", "label_shape"]

PAGE_MARK_STARTS = "[第-—Pp0123456789"
"""What a page mark can begin with."""

TEMPLATE_MARK = re.compile(r"\[(?:Table|Report)\w*\]\s*|\[[A-Za-z]+_\w+\]\s*")
"""What the fields of a broker's template leave in the text layer: [Table_Summary]."""

_PAGE_MARK = re.compile(
    r"\[P\d+\]|第?\s*\d{1,4}\s*页?(\s*[/|共-]+\s*共?\s*\d{1,4}\s*页?)?|[-—]\s*\d{1,4}\s*[-—]|P\d{1,4}|Page\s*\d+(\s*of\s*\d+)?",
    re.I,
)


def is_page_mark(text: str) -> bool:
    """A page number in any of its dresses: 第 3 页 / 共 35 页, - 3 -, [P3]."""
    return bool(_PAGE_MARK.fullmatch(text))


def is_axis(labels: list[str]) -> bool:
    """Labels of one shape are the ticks of an axis: numbers at even steps, or days and months in their order.

    So many percentages on end that no table has them are the figures on its bars.
    """
    if label_shape(labels[0]) == "date":
        return all(earlier < later for earlier, later in pairwise(labels))
    if len(labels) >= _FIGURES_RUN and "%" in labels[0]:
        return True
    return are_even(labels, _UNEVEN)
