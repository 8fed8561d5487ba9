"""Which section of the report a paragraph stands in, from headings and what disclaimers say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagger.ingest.reading import Reading
    from tagger.schema import Section

_MARK = re.compile(r"^[\s■□●○◆◇▶►•⚫➢#*]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*|\d+(?:\.\d+)*\s+)?")
_LONGEST_HEADING = 30


def assign_sections(reading: Reading, headings: dict[str, Section], closing: re.Pattern[str]) -> None:
    """Set ``section`` and ``heading`` on the passages that the masthead left.

    ``headings`` maps heading words to sections; ``closing`` matches sentences that only a disclaimer holds.
    A single paragraph has no headings.
    """
    if len(reading.passages) < 2:
        return
    section: Section = "body"
    for passage in reading.passages:
        if passage.section == "masthead":
            continue
        line = reading.text[passage.start : passage.end]
        name = heading_name(line)
        if name is not None:
            known = section_of(name, headings)
            if known is not None:
                section = known
                passage.heading = True
            elif passage.heading and section == "risk":
                section = "body"
        elif section != "disclaimer" and closing.search(line):
            passage.section = "disclaimer"
            continue
        passage.section = section


def heading_name(line: str) -> str | None:
    """The words of a line that can be a heading: short, no sentence; None for running text."""
    if len(line) > _LONGEST_HEADING or "\t" in line:
        return None
    name = _MARK.sub("", line).rstrip("：: ")
    return name if name and name[-1] not in "。；！？，、" else None


def section_of(name: str, headings: dict[str, Section]) -> Section | None:
    """The section a heading opens: by the whole heading, else by the longest known word it ends or starts with."""
    if name in headings:
        return headings[name]
    fits = [word for word in headings if len(word) >= 4 and (name.endswith(word) or name.startswith(word))]
    return headings[max(fits, key=len)] if fits else None
