"""The timeline record: what one merged act is, as classes; and the claim, which is one report's word on an act."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

from tagger.schema import DatePrecision, Event, Instrument, Level, Status, Target

LinkType = Literal["draft_of", "amends", "repeals", "implements"]


class Evidence(Struct, frozen=True, gc=False):
    """Words of a report that tell the act, within their paragraph.

    ``start`` and ``end`` count code points into the report's reading text, as in its record; ``paragraph`` is the
    text around them and begins at ``paragraph_start``. ``page`` counts from 1, null for plain text.
    """

    start: int
    end: int
    paragraph: str
    paragraph_start: int
    page: int | None = None


class Report(Struct, frozen=True, gc=False):
    """A report that tells an act, with its evidence. ``published`` is an ISO day."""

    id: str
    published: str | None = None
    publisher: str | None = None
    source: str | None = None
    title: str | None = None
    evidence: list[Evidence] = field(default_factory=list)


class Link(Struct, frozen=True):
    """How an act bears on another one: ``to`` is the id of the event that is drafted, amended, repealed or carried out."""

    type: LinkType
    to: str


class Disagreement(Struct, frozen=True):
    """One of the values of a field that reports disagree on, and the ids of those that say so."""

    value: Any
    documents: list[str]


class TimelineEvent(Struct):
    """An act on a policy, merged over the reports that tell it.

    ``said_by`` names for every field that holds something the reports that say so; a field that is not in it was
    supplied by the lexicon. ``also`` are ids under which a part of this event stands when a report that connects
    the parts is missing, so that an id once given is always found again.
    """

    id: str
    title: str
    policy: str | None = None
    status: Status = "issued"
    issuers: list[str] = field(default_factory=list)
    region: str | None = None
    level: Level = "national"
    date: str | None = None
    date_precision: DatePrecision = "none"
    effective: str | None = None
    until: str | None = None
    doc_number: str | None = None
    instruments: list[Instrument] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    documents: list[Report] = field(default_factory=list)
    conflicts: dict[str, list[Disagreement]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    said_by: dict[str, list[str]] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)


class Claim(Struct, frozen=True, gc=False):
    """What one report says about one act; ``supplied`` names the fields that the lexicon filled in for it."""

    event: Event
    report: Report
    evidence: tuple[Evidence, ...] = ()
    themes: tuple[str, ...] = ()
    supplied: frozenset[str] = frozenset()
