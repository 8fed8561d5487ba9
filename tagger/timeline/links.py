"""How acts bear on each other: a draft on its final text, an amendment or repeal on the text, a local plan on a national one."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tagger.timeline.record import Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.lexicon import Lexicon
    from tagger.timeline.acts import Act
    from tagger.timeline.policies import Policy, PolicyFinder
    from tagger.timeline.record import LinkType, TimelineEvent

_RANK = {"international": 0, "national": 0, "provincial": 1, "municipal": 2, "district": 3}
_SHORTEST_STEM = 5


def link(
    told: Sequence[tuple[Policy, list[tuple[Act, TimelineEvent]]]], finder: PolicyFinder, lexicon: Lexicon
) -> None:
    """Add the links to the events of all policies. Words that say what carries out what are cues ``timeline/implements``."""
    for _, acts in told:
        _within_policy([event for _, event in acts])
    _implementations(told, finder, re.compile("|".join(map(re.escape, lexicon.cue("timeline/implements")))))


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


def _implementations(
    told: Sequence[tuple[Policy, list[tuple[Act, TimelineEvent]]]], finder: PolicyFinder, cue: re.Pattern[str]
) -> None:
    """An act carries out a policy of a higher level that a report names, in the same paragraph, as what it follows."""
    followed: dict[tuple[str, int], list[TimelineEvent]] = defaultdict(list)
    for _, acts in told:
        for act, event in acts:
            for claim in act.claims:
                if claim.event.status == "cited" or event.status == "cited":
                    for evidence in claim.evidence:
                        at = evidence.start - evidence.paragraph_start
                        if cue.search(
                            evidence.paragraph[max(0, at - 12) : at + (evidence.end - evidence.start)]
                        ):
                            followed[claim.report.id, evidence.paragraph_start].append(event)
    for _, acts in told:
        for act, event in acts:
            if event.status in ("cited", "repealed"):
                continue
            for claim in act.claims:
                for evidence in claim.evidence if claim.event.status == event.status else ():
                    for other in followed.get((claim.report.id, evidence.paragraph_start), ()):
                        if _RANK[other.level] < _RANK[event.level] or (
                            other.region is None and event.region is not None
                        ):
                            _add(event, "implements", [other])
    for _, acts in told:
        for _, event in acts:
            event.links.sort(key=lambda one: (one.type, one.to))
    del finder
