"""One event an act within a document: what is told twice becomes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

if TYPE_CHECKING:
    from tagger.schema import Event


def merge(events: list[Event]) -> list[Event]:
    """Join events of one act; a citation joins the act it cites, whichever comes first."""
    kept: list[Event] = []
    for event in events:
        same = [k for k in kept if _same_policy(k, event)]
        twin = next((k for k in same if k.status == event.status), None)
        if twin is None and event.status == "cited":
            twin = next(iter(same), None)
        if twin is not None:
            _join(twin, event)
            continue
        cited = next((k for k in same if k.status == "cited"), None)
        if cited is None:
            kept.append(event)
        else:
            event.evidence = cited.evidence + event.evidence
            event.instruments = event.instruments or cited.instruments
            event.targets = event.targets or cited.targets
            kept[kept.index(cited)] = event
    return kept


def _join(event: Event, again: Event) -> None:
    """Fill what the first telling left open from the second."""
    event.evidence += [span for span in again.evidence if span not in event.evidence]
    event.instruments = event.instruments or again.instruments
    event.targets = event.targets or again.targets
    event.issuers = event.issuers or again.issuers
    if event.date is None and again.date is not None:
        event.date, event.date_precision, event.date_from = again.date, again.date_precision, again.date_from


def _same_policy(one: Event, other: Event) -> bool:
    if one.policy and other.policy:
        return one.policy == other.policy
    aliases = [] if one.aliases is UNSET else one.aliases
    return one.title == other.title or other.title in aliases
