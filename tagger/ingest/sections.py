"""Which section of the report a paragraph stands in, from headings, their numbers, and what disclaimers say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tagger.ingest._headings import LOWEST_OF_CHAPTERS, LOWEST_OF_PARTS, behind_mark, heading_of
from tagger.ingest.reflow import CAPTION, SOURCE_NOTE
from tagger.ingest.traits import AXIS, CLOSING, HEADING, HEADING_END, MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.ingest._headings import Heading
    from tagger.ingest.cues import Cues
    from tagger.ingest.reading import Passage, Reading
    from tagger.schema import Section

_LONGEST_KNOWN = 30
_LONGEST_HEADING = 50
_LEAST_PROMINENCE = 1.12  # times the size of the running text
_NO_HEADING = re.compile(f"{CAPTION.pattern}|{SOURCE_NOTE.pattern}|[•●·⚫]")
_LABEL_END = re.compile(r"[：:】]")
_KNOWN = HEADING | HEADING_END
"""A passage without these traits is no heading that is known, nor labelled as one."""


def assign_sections(reading: Reading, cues: Cues, told: Sequence[int]) -> None:
    """Set ``section`` and ``heading`` on the passages that the masthead left; ``told`` are the traits of each.

    A heading that is known opens its section; a heading of the same or a higher rank that is not known closes it.
    A paragraph that begins with a known label (风险提示：…) is of that section by itself. A single paragraph has
    no headings.
    """
    if len(reading.passages) < 2:
        return
    text = reading.text
    usual = _LEAST_PROMINENCE * _usual_prominence(reading.passages)
    alike = not usual  # nothing tells a heading but its words
    section: Section = "body"
    opened: Heading | None = None
    for passage, its in zip(reading.passages, told, strict=True):
        short = passage.end - passage.start <= _LONGEST_HEADING
        if (
            alike  # then what is numbered closes a section, nothing else
            and (not its & (_KNOWN | MARK if short and opened else _KNOWN) or its & AXIS)
            and its & CLOSING != CLOSING
        ):
            if section != "body" and passage.section != "masthead":
                passage.section = section
            continue
        if passage.section == "masthead":
            continue
        settled = section == "disclaimer" and passage.start > len(text) // 2
        closes = not settled and its & CLOSING == CLOSING
        line = text[passage.start : passage.end if short else passage.start + 20]
        heading = heading_of(line, passage.prominence) if short and not passage.row else None
        known = labelled = None
        if its & _KNOWN:
            if heading and len(heading.name) <= _LONGEST_KNOWN:
                known = section_of(heading.name, cues, its)
            labelled = _by_label(line, cues) if known is None else None
        if heading and known and (known == "disclaimer" or not settled):
            section, opened = known, heading
            passage.heading = True
        elif labelled and not settled:
            passage.section = labelled
            continue
        elif heading and not settled:
            prominent = passage.heading or (passage.prominence > usual > 0 and not _NO_HEADING.match(line))
            if opened and _closes(heading, opened, prominent):
                section, opened = "body", heading
            passage.heading = prominent
        elif closes and cues.closing.search(text, passage.start, passage.end):
            passage.section = "disclaimer"
            continue
        passage.section = section


def section_of(name: str, cues: Cues, its: int) -> Section | None:
    """The section a heading opens: by the whole heading, else by the longest known word it starts or ends with.

    ``its`` are the traits of its line.
    """
    if name in cues.headings:
        return cues.headings[name]
    start = cues.heading_starts.match(name)
    end = cues.heading_ends.search(name) if its & HEADING_END else None
    fits = [found[0] for found in (start, end) if found]
    return cues.headings[max(fits, key=len)] if fits else None


def _by_label(line: str, cues: Cues) -> Section | None:
    """The section of a paragraph that begins with its name: ❖投资建议：…, 【风险提示】…."""
    end = _LABEL_END.search(line, 2, 20)
    if end is None or end.end() >= len(line.rstrip()):
        return None
    return cues.headings.get(line[behind_mark(line) : end.start()].strip())


def _closes(heading: Heading, opened: Heading, prominent: bool) -> bool:
    """Whether a heading that is not known ends the section that ``opened`` began."""
    if heading.path and opened.path and heading.rank == opened.rank:
        if heading.path[: len(opened.path)] == opened.path:
            return False
        # A list inside a section begins at 1 again; a chapter goes on counting.
        return (
            len(heading.path) > 1
            or heading.path > opened.path
            or (prominent and _is_as_large(heading, opened))
        )
    if heading.rank is not None and opened.rank is not None:
        return heading.rank <= opened.rank
    if heading.rank is not None:
        return heading.rank <= LOWEST_OF_CHAPTERS or (heading.rank <= LOWEST_OF_PARTS and prominent)
    return prominent and _is_as_large(heading, opened)


def _is_as_large(heading: Heading, opened: Heading) -> bool:
    return opened.prominence > 0 and heading.prominence >= 0.98 * opened.prominence


def _usual_prominence(passages: list[Passage]) -> float:
    """The size most of the text is set in; 0 where it is unknown."""
    sizes: Counter[float] = Counter()
    for passage in passages:
        if passage.prominence and not passage.row:
            sizes[round(passage.prominence, 1)] += passage.end - passage.start
    return sizes.most_common(1)[0][0] if sizes else 0.0
