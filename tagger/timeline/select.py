"""Which events a reader asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from tagger.schema import STATUSES
from tagger.timeline.days import span_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.lexicon import Lexicon
    from tagger.timeline.record import TimelineEvent


class Selection(Struct, frozen=True):
    """Conditions that must all hold; an empty one holds always.

    ``since`` and ``until`` are ISO dates (2025, 2025-03, 2025-03-01), both included; an event without a date lies in
    no span of time. A region takes in the places below it. Of several regions, instruments or statuses one will do.
    """

    since: str | None = None
    until: str | None = None
    regions: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    query: str | None = None

    def check(self) -> None:
        """Raise ValueError for a date or status that is none."""
        for name, day in (("--since", self.since), ("--until", self.until)):
            if day is not None and span_of(day) is None:
                raise ValueError(f"{name}: {day!r} is no date such as 2025, 2025-03 or 2025-03-01")
        for status in self.statuses:
            if status not in STATUSES:
                raise ValueError(f"--status: {status!r} is none of {', '.join(STATUSES)}")

    def of(self, events: Iterable[TimelineEvent], lexicon: Lexicon) -> list[TimelineEvent]:
        """The events that fulfil every condition, in their order."""
        parents = _parents(lexicon)
        wanted = {place for name in self.regions for place in _places(name, lexicon)}
        return [
            event
            for event in events
            if self._in_time(event) and self._in_place(event, wanted, parents) and self._matches(event)
        ]

    def _in_time(self, event: TimelineEvent) -> bool:
        if self.since is None and self.until is None:
            return True
        when, since, until = span_of(event.date), span_of(self.since), span_of(self.until)
        return (
            when is not None
            and (since is None or when.last >= since.first)
            and (until is None or when.first <= until.last)
        )

    def _in_place(self, event: TimelineEvent, wanted: set[str], parents: dict[str, str]) -> bool:
        if not self.regions:
            return True
        place = event.region or "全国"
        while place:
            if place in wanted:
                return True
            place = parents.get(place, "")
        return False

    def _matches(self, event: TimelineEvent) -> bool:
        if self.statuses and event.status not in self.statuses:
            return False
        if self.instruments and not any(
            name in one.name for name in self.instruments for one in event.instruments
        ):
            return False
        return self.query is None or all(word in searched(event) for word in self.query.casefold().split())


def searched(event: TimelineEvent) -> str:
    """The words of an event that a query is looked for in."""
    parts = [event.title, *event.aliases, *event.issuers, event.region or "全国", event.doc_number or ""]
    parts += [one.name for one in event.instruments] + [one.metric for one in event.targets]
    parts += [evidence.paragraph for report in event.documents for evidence in report.evidence]
    return "\n".join(parts).casefold()


def _places(name: str, lexicon: Lexicon) -> set[str]:
    """The canonical places that a name means; the name itself where the lexicon knows none."""
    if name in ("全国", "中国", "national"):
        return {"全国"}
    return {
        entry.canonical for entry in lexicon.of_kind("region") if name in (entry.canonical, *entry.surfaces)
    } or {name}


def _parents(lexicon: Lexicon) -> dict[str, str]:
    entries = lexicon.entries
    return {
        e.canonical: entries[p].canonical
        for e in lexicon.of_kind("region")
        if (p := e.fact("parent")) in entries and entries[p].canonical != e.canonical
    }
