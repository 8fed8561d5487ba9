"""Paragraphs that a page break cut in two, put together again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.ingest.reading import Block, Segment
from tagger.ingest.reflow import (
    BULLET,
    CAPTION,
    CLOSED,
    SOURCE_NOTE,
    ends_sentence,
    joint,
    opens_with_label,
    reads_on,
)

if TYPE_CHECKING:
    from collections.abc import Set


def mended(blocks: list[Block], openers: Set[str]) -> list[Block]:
    """Blocks, each joined to the one before where that ends open in the middle of a sentence this one goes on with."""
    whole: list[Block] = []
    for block in blocks:
        if whole and _belong(whole[-1], block, openers):
            first = whole[-1].segments
            last = first[-1]
            if between := joint(last.text[-1], block.segments[0].text[0]):
                first.append(Segment(between, last.source + len(last.text), last.page))
            first.extend(block.segments)
        else:
            whole.append(block)
    return whole


def _belong(before: Block, block: Block, openers: Set[str]) -> bool:
    if before.row or block.row or before.heading or block.heading or before.segments[-1].text[-1] in CLOSED:
        return False
    left, right = before.text, block.text
    if not (ends_sentence(right) and reads_on(left)) or SOURCE_NOTE.match(left) or CAPTION.match(left):
        return False
    return not (
        BULLET.match(right)
        or CAPTION.match(right)
        or SOURCE_NOTE.match(right)
        or opens_with_label(right, openers)
    )
