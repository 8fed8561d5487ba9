"""One event an act within a document: what is told twice becomes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

if TYPE_CHECKING:
    from tagger.schema import Event


def merge(events: list[Event]) -> list[Event]:
    """Join events of one act; a citation joins the act it cites, whichever comes first."""
    kept: dict[int, Event] = {}
    known: dict[str, list[int]] = {}
    for number, event in enumerate(events):
        same = [place for place in known.get(_key(event), ()) if place in kept]
        twin = next((place for place in same if kept[place].status == event.status), None)
        if twin is None and event.status == "cited":
            twin = next(iter(same), None)
        if twin is not None:
            _join(kept[twin], event)
            continue
        cited = next((place for place in same if kept[place].status == "cited"), None)
        if cited is not None:
            event.evidence = kept[cited].evidence + event.evidence
            event.instruments = event.instruments or kept[cited].instruments
            event.targets = event.targets or kept[cited].targets
        place = number if cited is None else cited
        kept[place] = event
        for key in {_key(event), *_nicknames(event)}:
            places = known.setdefault(key, [])
            if place not in places:
                places.append(place)
    return [kept[place] for place in sorted(kept)]


def _key(event: Event) -> str:
    return event.policy or event.title


def _nicknames(event: Event) -> list[str]:
    return [] if event.aliases is UNSET else list(event.aliases)


def _join(event: Event, again: Event) -> None:
    """Fill what the first telling left open from the second."""
    event.evidence += [span for span in again.evidence if span not in event.evidence[-_LOOK_BACK:]]
    event.instruments = event.instruments or again.instruments
    event.targets = event.targets or again.targets
    event.issuers = event.issuers or again.issuers
    if event.date is None and again.date is not None:
        event.date, event.date_precision, event.date_from = again.date, again.date_precision, again.date_from


_LOOK_BACK = 8
