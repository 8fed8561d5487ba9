"""What brat's writer and reader agree on: names, fragments, and which mentions an event is tied to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagger.schema import Document, Event, Mention

EVENT, PARAGRAPH = "event", "paragraph"
STATUS, LEVEL, THEME, ALSO = "status", "level", "theme", "also_"
ROLES = {
    "acts_on": "policy",
    "issued_by": "issuer",
    "in_force_in": "region",
    "grants": "instrument",
    "dated": "date",
    "numbered": "doc_number",
}
"""Relation of an event to the kind of mention that it is tied to."""

Fragments = list[tuple[int, int]]

_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE = re.compile(f"[^{_BREAKS}]+")
_GAP = re.compile(f"[{_BREAKS}]+")


def fragments_of(text: str, start: int, end: int) -> Fragments:
    """A span without its line breaks: the stretches between them."""
    return [found.span() for found in _LINE.finditer(text, start, end)]


def evidence_of(event: Event, text: str) -> Fragments:
    """The evidence of an event without its line breaks."""
    return [fragment for start, end in event.evidence for fragment in fragments_of(text, start, end)]


def covered_by(text: str, fragments: Fragments) -> str:
    """The text of fragments as an ``.ann`` line has it: fragments apart by a blank, no tab, which would end the field."""
    return " ".join(text[start:end] for start, end in fragments).replace("\t", " ")


def joined(text: str, fragments: Fragments) -> Fragments:
    """Fragments with those made one that only line breaks keep apart."""
    spans: Fragments = []
    for start, end in fragments:
        if spans and _GAP.fullmatch(text, spans[-1][1], start):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def related(event: Event, document: Document) -> Iterator[tuple[str, int]]:
    """The mentions within the evidence that an event names: relation, place in ``document.mentions``."""
    names = {event.title, *(event.aliases or ())}
    granted = {instrument.name for instrument in event.instruments}
    for place, mention in enumerate(document.mentions):
        if any(start <= mention.start and mention.end <= end for start, end in event.evidence):
            role = next((role for role, kind in ROLES.items() if kind == mention.kind), None)
            if role is not None and _fits(mention, event, names, granted):
                yield role, place


def _fits(mention: Mention, event: Event, names: set[str], granted: set[str]) -> bool:
    match mention.kind:
        case "policy":
            return mention.canonical in names or (event.policy is not None and mention.entry == event.policy)
        case "issuer":
            return mention.canonical in event.issuers
        case "region":
            return mention.canonical == event.region
        case "instrument":
            return mention.canonical in granted
        case "doc_number":
            return mention.canonical == event.doc_number
        case _:
            day = mention.value.start if mention.value is not None else None
            return isinstance(day, str) and event.date is not None and day.startswith(event.date)
