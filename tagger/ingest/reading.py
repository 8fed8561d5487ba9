"""The reading text: what every format becomes, with the way back to the source.

A reader hands over blocks; a block is a list of segments, each a stretch of the source copied as it stands.
``assemble`` joins blocks with line ends and records where every character came from.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field

from tagger.schema import Meta, Origin, Section

HEADING_PROMINENCE = 100.0
"""How large formats with marked headings set a title; less the rank for headings."""


class Segment(NamedTuple):
    """A copied stretch: its text, where it starts in the source, and its page (from 1) where there are pages."""

    text: str
    source: int
    page: int | None = None


class Block(Struct):
    """A paragraph to be: segments in reading order. ``row`` marks a table row, ``heading`` a heading by form.

    ``prominence`` says how large it is set, in any measure that is the same for the whole source; 0 is unknown.
    """

    segments: list[Segment]
    row: bool = False
    heading: bool = False
    prominence: float = 0.0

    @property
    def text(self) -> str:
        """The block as it will be read."""
        return "".join(s.text for s in self.segments)


class Passage(Struct, gc=False):
    """A paragraph of the reading text: offsets, page, section, and whether it is a heading or masthead line."""

    start: int
    end: int
    page: int | None = None
    section: Section = "body"
    heading: bool = False
    row: bool = False
    prominence: float = 0.0


class Dropped(Struct, frozen=True, gc=False):
    """Something left out of the reading text on purpose: what, why, where."""

    text: str
    reason: str
    page: int | None = None


class Reading(Struct):
    """A source as text to read: paragraphs joined by line ends, with origins, metadata and what was dropped."""

    text: str
    origins: list[Origin] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    meta: Meta = field(default_factory=Meta)
    dropped: list[Dropped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def assemble(blocks: list[Block]) -> Reading:
    """Blocks to a reading text whose every character maps back through ``origins``.

    The line end between two paragraphs maps to the place just behind the first of them.
    """
    parts: list[str] = []
    origins: list[Origin] = []
    passages: list[Passage] = []
    at = 0
    run_text = run_source = run_length = 0
    run_page: int | None = None
    last = len(blocks) - 1
    for number, block in enumerate(blocks):
        begin = at
        first = block.segments[0]
        for text, source, page in block.segments:
            length = len(text)
            if run_length and source == run_source + run_length and page == run_page:
                run_length += length
            else:
                if run_length:
                    origins.append((run_text, run_source, run_length, run_page))
                run_text, run_source, run_length, run_page = at, source, length, page
            parts.append(text)
            at += length
        passages.append(
            Passage(begin, at, first.page, heading=block.heading, row=block.row, prominence=block.prominence)
        )
        if number != last:
            parts.append("\n")
            at += 1
            run_length += 1
    if run_length:
        origins.append((run_text, run_source, run_length, run_page))
    return Reading("".join(parts), origins, passages)
