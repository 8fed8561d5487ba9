"""How acts bear on each other: a draft on its final text, an amendment or repeal on the text, a local plan on a national one."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tagger.timeline.record import Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tagger.lexicon import Lexicon
    from tagger.timeline.merge import Told
    from tagger.timeline.record import Claim, Evidence, LinkType, TimelineEvent

_RANK = {"international": 0, "national": 0, "provincial": 1, "municipal": 2, "district": 3}
_STOP = re.compile("[。！？\n]")
_BEFORE = 12
"""Characters before a policy's evidence in which the words that say it is carried out are looked for."""


def link(told: Told, lexicon: Lexicon) -> None:
    """Add the links to the events of all policies; what carries out what is said by cues ``timeline/implements``."""
    for _, acts in told:
        _within_policy([event for _, event in acts])
    _implementations(told, re.compile("|".join(map(re.escape, lexicon.cue("timeline/implements")))))
    for _, acts in told:
        for _, event in acts:
            event.links.sort(key=lambda one: (one.type, one.to))


def _within_policy(events: Sequence[TimelineEvent]) -> None:
    issued = [e for e in events if e.status == "issued"]
    for event in events:
        if event.status in ("draft", "planned"):
            later = [e for e in issued if _not_before(e.date, event.date)]
            _add(event, "draft_of", later[:1])
        elif event.status in ("amended", "repealed"):
            earlier = [e for e in issued if _not_before(event.date, e.date)]
            _add(event, "amends" if event.status == "amended" else "repeals", earlier[-1:])


def _not_before(later: str | None, earlier: str | None) -> bool:
    """Whether one date is not before another, as far as both are known."""
    return later is None or earlier is None or later >= earlier[: len(later)]


def _add(event: TimelineEvent, kind: LinkType, to: Sequence[TimelineEvent]) -> None:
    for other in to:
        found = Link(kind, other.id)
        if other is not event and found not in event.links:
            event.links.append(found)


def _implementations(told: Told, cue: re.Pattern[str]) -> None:
    """An act carries out a policy of a higher level that a report cites in the same sentence as what it follows."""
    followed: dict[tuple[str, int], list[TimelineEvent]] = defaultdict(list)
    for claim, evidence, event in _quotes(told):
        if claim.event.status == "cited" and cue.search(_words_up_to(evidence)):
            followed[claim.report.id, _sentence(evidence)].append(event)
    for claim, evidence, event in _quotes(told):
        if claim.event.status not in ("cited", "repealed"):
            _add(
                event,
                "implements",
                [e for e in followed[claim.report.id, _sentence(evidence)] if _above(e, event)],
            )


def _quotes(told: Told) -> Iterator[tuple[Claim, Evidence, TimelineEvent]]:
    for _, acts in told:
        for act, event in acts:
            for claim in act.claims:
                for evidence in claim.evidence:
                    yield claim, evidence, event


def _words_up_to(evidence: Evidence) -> str:
    """The evidence and a few words before it."""
    at = evidence.start - evidence.paragraph_start
    return evidence.paragraph[max(0, at - _BEFORE) : at + evidence.end - evidence.start]


def _sentence(evidence: Evidence) -> int:
    """Where the sentence of an evidence begins in its report."""
    before = evidence.paragraph[: evidence.start - evidence.paragraph_start]
    stops = [stop.end() for stop in _STOP.finditer(before)]
    return evidence.paragraph_start + (stops[-1] if stops else 0)


def _above(higher: TimelineEvent, event: TimelineEvent) -> bool:
    """Whether an act is of a higher level than another, or national where the other is of a place."""
    return _RANK[higher.level] < _RANK[event.level] or (higher.region is None and event.region is not None)
