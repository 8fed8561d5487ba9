"""Claims of many reports merged into one timeline; the order of the reports plays no part."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import UNSET, structs

from tagger.timeline.acts import acts_of, claim_order, told_day
from tagger.timeline.days import span_of, year_of
from tagger.timeline.fields import settle
from tagger.timeline.links import link
from tagger.timeline.policies import PolicyFinder
from tagger.timeline.record import Evidence, Report, TimelineEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.lexicon import Lexicon
    from tagger.timeline.acts import Act
    from tagger.timeline.policies import Policy
    from tagger.timeline.record import Claim

    Told = list[tuple[Policy, list[tuple[Act, TimelineEvent]]]]

_ID_LENGTH = 12


def merge(claims: Iterable[Claim], lexicon: Lexicon) -> list[TimelineEvent]:
    """The timeline of all claims, the earliest act first; acts without a date come last.

    An id is a hash of how the earliest telling report names the act (place, title, edition, status, year), so it
    stays when documents are added. Where an added document shows that two events are one, the merged event keeps
    the id of the one told first and lists the other under ``also``: an id once given always leads to its act.
    """
    finder = PolicyFinder(lexicon)
    return finish(tell(claims, finder, lexicon), lexicon)


def tell(claims: Iterable[Claim], finder: PolicyFinder, lexicon: Lexicon) -> Told:
    """The policies of claims with their acts as events; what needs all events is left to ``finish``."""
    told: Told = []
    for policy in finder.find(claims):
        told.append((policy, [(act, _event(policy, act, finder)) for act in acts_of(policy)]))
    _themes(told, lexicon)
    return told


def finish(told: Told, lexicon: Lexicon) -> list[TimelineEvent]:
    """The timeline of policies that were told together or apart: ids made unique, events linked and put in order."""
    events = [event for _, acts in told for _, event in acts]
    _unique(events)
    link(told, lexicon)
    return sorted(events, key=lambda e: (e.date is None, e.date or "", e.region or "", e.title, e.id))


def _event(policy: Policy, act: Act, finder: PolicyFinder) -> TimelineEvent:
    claims = sorted(act.claims, key=claim_order)
    ids = list(dict.fromkeys(_id(finder, claim) for claim in sorted(claims, key=_telling)))
    event = TimelineEvent(
        id=ids[0], also=sorted(ids[1:]), title=_title(policy, claims, finder), status=act.status
    )
    event.policy = next((c.event.policy for c in claims if c.event.policy), None) or min(
        policy.entries, default=None
    )
    settle(event, claims)
    event.said_by["status"] = _reports(c for c in claims if c.event.status == act.status)
    event.said_by["title"] = _reports(c for c in claims if c.event.title == event.title)
    event.aliases = _aliases(event.title, claims)
    event.documents = _documents(claims)
    return event


def _telling(claim: Claim) -> tuple[bool, bool]:
    """The claims that tell an act best come first: no citations, with a date."""
    return claim.event.status == "cited", told_day(claim) is None


def _id(finder: PolicyFinder, claim: Claim) -> str:
    """The id that a claim alone gives its act; without a date the report's year stands for that of the act."""
    span = told_day(claim) or span_of(claim.report.published)
    words = (*finder.name_of(claim), claim.event.status, str(year_of(span.first)) if span else "")
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:_ID_LENGTH]


def _title(policy: Policy, claims: list[Claim], finder: PolicyFinder) -> str:
    """The lexicon's title where a claim is linked; else the full one that most reports write, then the earliest."""
    for told in (claims, sorted(policy.claims, key=claim_order)):
        linked = [claim for claim in told if claim.event.policy]
        titled = linked or [claim for claim in told if finder.name_of(claim) in policy.full]
        if titled:
            break
    votes = Counter(title for _, title in {(claim.report.id, claim.event.title) for claim in titled})
    first = {claim.event.title: number for number, claim in reversed(list(enumerate(titled)))}
    return max(votes, key=lambda title: (votes[title], -first[title]))


def _reports(claims: Iterable[Claim]) -> list[str]:
    return list(dict.fromkeys(claim.report.id for claim in claims))


def _aliases(title: str, claims: list[Claim]) -> list[str]:
    names = {claim.event.title for claim in claims}
    for claim in claims:
        if claim.event.aliases is not UNSET:
            names.update(claim.event.aliases)
    return sorted(names - {title})


def _documents(claims: list[Claim]) -> list[Report]:
    reports: dict[str, tuple[Report, dict[Evidence, None]]] = {}
    for claim in claims:
        reports.setdefault(claim.report.id, (claim.report, {}))[1].update(dict.fromkeys(claim.evidence))
    return [
        structs.replace(report, evidence=sorted(evidence, key=lambda e: e.start))
        for report, evidence in reports.values()
    ]


def _themes(told: Told, lexicon: Lexicon) -> None:
    """What an event is about: as the lexicon says of its policy, else the themes of its paragraphs."""
    for _, acts in told:
        for act, event in acts:
            entry = lexicon.entries.get(event.policy) if event.policy else None
            themes = entry.facts_of("themes") if entry else ()
            event.themes = list(themes or sorted({theme for claim in act.claims for theme in claim.themes}))


def _unique(events: list[TimelineEvent]) -> None:
    """Two events never share an id, should their earliest reports name them alike."""
    taken: set[str] = set()
    for event in sorted(events, key=lambda e: (e.id, e.date or "", e.documents[0].id)):
        base, number = event.id, 1
        while event.id in taken:
            number += 1
            event.id = f"{base}-{number}"
        taken.add(event.id)
    for event in events:
        event.also = [other for other in event.also if other not in taken]
