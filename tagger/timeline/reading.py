"""Claims read off tagged JSONL: every file once, line by line; a document without events leaves nothing behind."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, field

from tagger.schema import Event, Meta
from tagger.timeline.record import Claim, Evidence, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tagger.schema import Document, Paragraph

_LONGEST_PARAGRAPH = 600
_NUMBER = re.compile(r"(\d{4})\D(\d+)号")
_SUPPLIED = {
    (False, False): frozenset[str](),
    (True, False): frozenset({"date"}),
    (False, True): frozenset({"doc_number"}),
    (True, True): frozenset({"date", "doc_number"}),
}


class TaggedError(ValueError):
    """A line that is no tagged record; the message names file and line."""


class _Paragraph(Struct, gc=False):
    start: int
    end: int
    page: int | None = None
    themes: tuple[str, ...] = ()


class _Document(Struct):
    """The parts of a record that a timeline needs."""

    id: str
    text: str
    source: str | None = None
    meta: Meta = field(default_factory=Meta)
    paragraphs: list[_Paragraph] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def claims_in(paths: Iterable[Path]) -> Iterator[Claim]:
    """The claims of tagged JSONL files; ``-`` is standard input.

    Raises OSError when a file cannot be read, TaggedError naming file and line for what is no tagged record.
    """
    decoder = msgspec.json.Decoder(_Document)
    for path in paths:
        name = str(path)
        with sys.stdin.buffer if name == "-" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        document = decoder.decode(line)
                    except (msgspec.DecodeError, UnicodeDecodeError) as error:
                        raise TaggedError(f"{name}:{number}: not a tagged record ({error})") from None
                    if document.events:
                        yield from claims_of(document)


def claims_of(document: _Document | Document) -> Iterator[Claim]:
    """The claims of one record."""
    meta = document.meta
    report = Report(document.id, meta.published, meta.publisher, document.source, meta.title)
    for event in document.events:
        themes: dict[str, None] = {}
        evidence = []
        for start, end in event.evidence:
            paragraph = next((p for p in document.paragraphs if p.start <= start < p.end), None)
            if paragraph is not None:
                themes.update(dict.fromkeys(map(sys.intern, paragraph.themes)))
            evidence.append(_evidence(document.text, start, end, paragraph))
        yield Claim(_lean(event), report, tuple(evidence), tuple(themes), _supplied(event, document.text))


def _evidence(text: str, start: int, end: int, paragraph: _Paragraph | Paragraph | None) -> Evidence:
    begin, stop = (paragraph.start, max(paragraph.end, end)) if paragraph is not None else (start, end)
    if stop - begin > _LONGEST_PARAGRAPH:
        spare = max(_LONGEST_PARAGRAPH - (end - start), 0) // 2
        begin, stop = max(begin, start - spare), min(stop, end + spare)
    return Evidence(start, end, text[begin:stop], begin, paragraph.page if paragraph is not None else None)


def _lean(event: Event) -> Event:
    """The event with its words shared among claims, and without the evidence, which the claim holds."""
    event.title = sys.intern(event.title)
    event.policy = _shared(event.policy)
    event.region = _shared(event.region)
    event.date = _shared(event.date)
    event.doc_number = _shared(event.doc_number)
    event.issuers = [sys.intern(name) for name in event.issuers]
    event.evidence = []
    for instrument in event.instruments:
        instrument.name = sys.intern(instrument.name)
    return event


def _supplied(event: Event, text: str) -> frozenset[str]:
    """What the text does not say itself: a date that says so, a document number that is not in it."""
    number = _NUMBER.search(event.doc_number) if event.doc_number else None
    unsaid = number is not None and not re.search(rf"{number[1]}\D{{1,4}}{number[2]}\s?号", text)
    return _SUPPLIED[event.date_from == "lexicon", unsaid]


def _shared(word: str | None) -> str | None:
    return None if word is None else sys.intern(word)
