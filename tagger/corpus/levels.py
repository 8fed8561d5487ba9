"""A document cut into paragraphs or sentences, each a short document of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from tagger.schema import Document, Event, Mention, Origin, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

Level = Literal["document", "paragraph", "sentence"]
LEVELS: tuple[Level, ...] = ("document", "paragraph", "sentence")

_SENTENCE_END = re.compile(r"[。！？!?]+[”’』」》）)\"]*|\n+")


def cut(document: Document, level: Level) -> Iterator[Document]:
    """The pieces of a document at a level; mentions, events and origins count from the piece's first character.

    A piece is called after its document (``id#p3``, ``id#s7``) and says under ``meta.extra["slice"]`` where it came
    from. A sentence never ends within a mention. Pieces of blanks alone are left out.
    """
    if level == "document":
        yield document
        return
    letter = level[0]
    number = 0
    for paragraph in document.paragraphs:
        spans = [(paragraph.start, paragraph.end)]
        if level == "sentence":
            spans = sentences(document, paragraph)
        for start, end in spans:
            if document.text[start:end].strip():
                yield _piece(document, paragraph, start, end, f"{document.id}#{letter}{number}")
                number += 1


def sentences(document: Document, paragraph: Paragraph) -> list[tuple[int, int]]:
    """The sentences of a paragraph as spans of the document's text; together they are the whole paragraph."""
    inside = [m for m in document.mentions if m.start < paragraph.end and m.end > paragraph.start]
    spans: list[tuple[int, int]] = []
    start = paragraph.start
    for mark in _SENTENCE_END.finditer(document.text, paragraph.start, paragraph.end):
        stop = mark.end()
        if not any(m.start < stop < m.end for m in inside):
            spans.append((start, stop))
            start = stop
    if start < paragraph.end:
        spans.append((start, paragraph.end))
    return spans


def _piece(document: Document, paragraph: Paragraph, start: int, end: int, name: str) -> Document:
    origin = {"document": document.id, "start": start}
    return replace(
        document,
        id=name,
        text=document.text[start:end],
        origins=[run for o in document.origins if (run := _origin(o, start, end)) is not None],
        meta=replace(document.meta, extra={**document.meta.extra, "slice": origin}),
        paragraphs=[replace(paragraph, start=0, end=end - start)],
        mentions=[_moved(m, start) for m in document.mentions if start <= m.start and m.end <= end],
        events=[event for e in document.events if (event := _event(e, start, end)) is not None],
        warnings=[],
    )


def _moved(mention: Mention, start: int) -> Mention:
    return replace(mention, start=mention.start - start, end=mention.end - start)


def _event(event: Event, start: int, end: int) -> Event | None:
    """The event with the evidence that lies in the piece; None when none does."""
    evidence = [(a - start, b - start) for a, b in event.evidence if start <= a and b <= end]
    return replace(event, evidence=evidence) if evidence else None


def _origin(origin: Origin, start: int, end: int) -> Origin | None:
    at, source, length, page = origin
    first, last = max(at, start), min(at + length, end)
    return (first - start, source + first - at, last - first, page) if first < last else None
