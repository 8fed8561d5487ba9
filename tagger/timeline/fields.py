"""What an act's reports say together: the value of every field, who says so, and where they disagree.

Every report has one voice. Values that only differ in detail support each other (a coarser date, a shorter list of
issuers, another scope of money); of those that differ in substance the majority wins, then the earliest report.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

from tagger.schema import Instrument, Target
from tagger.timeline.acts import told_day
from tagger.timeline.record import Disagreement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tagger.schema import DatePrecision, Event
    from tagger.timeline.record import Claim, TimelineEvent

T = TypeVar("T")
Voices = list[tuple[T, str]]
"""Values with the report that says them, the earliest report first."""

_GOVERNMENT = "人民政府"


def settle(event: TimelineEvent, claims: Sequence[Claim]) -> None:
    """Fill the fields of an event from its claims, the earliest first; ``conflicts`` and ``said_by`` come with them."""
    _settle_date(event, claims)
    _settle(event, "region", _voices(claims, lambda e: e.region), _equal)
    _settle_known(event, "doc_number", claims, lambda e: e.doc_number, _equal)
    _settle(event, "effective", _voices(claims, lambda e: e.effective), _within)
    _settle(event, "until", _voices(claims, lambda e: e.until), _within)
    _settle_issuers(event, claims)
    levels = Counter(c.event.level for c in claims if c.event.region == event.region)
    event.level = max(sorted(levels), key=lambda level: levels[level])
    event.instruments = _settle_instruments(event, claims)
    event.targets = _settle_targets(event, claims)


def _voices(claims: Iterable[Claim], value: Callable[[Event], T | None]) -> Voices[T]:
    voices: dict[str, T] = {}
    for claim in claims:
        said = value(claim.event)
        if said:
            voices.setdefault(claim.report.id, said)
    return [(said, report) for report, said in voices.items()]


def _settle(event: TimelineEvent, field: str, voices: Voices[Any], agree: Callable[[Any, Any], bool]) -> None:
    if not voices:
        return
    camps = _camps(voices, agree)
    best = camps[0]
    setattr(event, field, best[0])
    event.said_by[field] = best[1]
    if len(camps) > 1:
        event.conflicts[field] = [
            Disagreement(list(v) if isinstance(v, tuple) else v, who) for v, who in camps
        ]


def _camps(voices: Voices[Any], agree: Callable[[Any, Any], bool]) -> list[tuple[Any, list[str]]]:
    """The values that differ in substance with those who say them, the one with most voices first.

    The fullest values lead; a value with less detail supports every one that it agrees with, and is a camp of its
    own only when it agrees with none.
    """
    order = {value: number for number, (value, _) in reversed(list(enumerate(voices)))}
    said: Counter[Any] = Counter(value for value, _ in voices)
    leaders: list[Any] = []
    for value in sorted(said, key=lambda v: (_detail(v), said[v], -order[v]), reverse=True):
        if not any(agree(leader, value) for leader in leaders):
            leaders.append(value)
    camps = [(leader, [who for value, who in voices if agree(leader, value)]) for leader in leaders]
    return sorted(camps, key=lambda camp: (-len(camp[1]), order[camp[0]]))


def _detail(value: Any) -> tuple[int, int]:
    """How much a value tells: a longer date, more sums or issuers; a government less than a body that acts for it."""
    vague = sum(isinstance(part, str) and part.endswith(_GOVERNMENT) for part in value)
    return len(value) - vague, len(value)


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)


def _within(fine: str, coarse: str) -> bool:
    """2025-06-12 and 2025-06 do not disagree."""
    return fine.startswith(coarse)


def _same_issuers(more: tuple[str, ...], fewer: tuple[str, ...]) -> bool:
    """Lists that share an issuer are one list told in full or in part; 某市人民政府 may stand for any body of the place."""
    if set(more) & set(fewer):
        return True
    return any(_stands_for(a, b) or _stands_for(b, a) for a in more for b in fewer)


def _stands_for(government: str, body: str) -> bool:
    place = government.removesuffix(_GOVERNMENT) if government.endswith(_GOVERNMENT) else None
    return body.startswith(government) or (bool(place) and body.startswith(place or ""))


def _settle_known(
    event: TimelineEvent,
    field: str,
    claims: Sequence[Claim],
    value: Callable[[Event], str | None],
    agree: Callable[[str, str], bool],
) -> None:
    """Settle a field that the lexicon may know too: it is heard only where no text tells it."""
    _settle(event, field, _voices([c for c in claims if field not in c.supplied], value), agree)
    known = _camps(_voices(claims, value), agree)
    if known and field not in event.said_by:
        setattr(event, field, known[0][0])


def _settle_issuers(event: TimelineEvent, claims: Sequence[Claim]) -> None:
    """Who acted. A citation often names another body beside the policy, so it is heard only where no one tells."""
    telling = [claim for claim in claims if claim.event.status != "cited" and claim.event.issuers]
    _settle(event, "issuers", _voices(telling or claims, lambda e: tuple(e.issuers)), _same_issuers)
    event.issuers = list(event.issuers)


def _settle_date(event: TimelineEvent, claims: Sequence[Claim]) -> None:
    """The day of the act, and how exactly it is known."""
    dated = [claim for claim in claims if told_day(claim)]
    _settle_known(event, "date", dated, lambda e: e.date, _within)
    said = [c.event.date_precision for c in claims if c.event.date == event.date]
    if event.date is None:
        said = [c.event.date_precision for c in claims if c.event.date_precision == "recent"]
    event.date_precision = min(said, key=_precision_order, default="none")


def _precision_order(precision: DatePrecision) -> int:
    return ("day", "month", "quarter", "half", "year", "recent", "none").index(precision)


def _settle_instruments(event: TimelineEvent, claims: Sequence[Claim]) -> list[Instrument]:
    """Every means with its money. Sums of one name, scope and period that reports tell differently are a conflict."""
    voices: dict[tuple[str, str], dict[str, dict[float | None, Instrument]]] = {}
    for claim in claims:
        for one in claim.event.instruments:
            voices.setdefault((one.name, one.scope), {}).setdefault(claim.report.id, {}).setdefault(
                one.amount_cny, one
            )
    paid = {
        name
        for (name, _), said in voices.items()
        for sums in said.values()
        for amount in sums
        if amount is not None
    }
    kept: list[Instrument] = []
    who: dict[str, None] = {}
    quarrels: list[Disagreement] = []
    for (name, _scope), said in voices.items():
        sums: Voices[tuple[float, ...]] = [
            (tuple(sorted(a for a in found if a is not None)), report)
            for report, found in said.items()
            if any(a is not None for a in found)
        ]
        if not sums:
            if name not in paid:
                kept.append(_one([sums_of[None] for sums_of in said.values()]))
                who.update(dict.fromkeys(said))
            continue
        camps = _camps(sums, lambda more, fewer: bool(set(more) & set(fewer)))
        for amount in _order_of(said, camps[0][0]):
            tellers = [found[amount] for found in said.values() if amount in found]
            kept.append(_one(tellers))
        who.update(dict.fromkeys(camps[0][1]))
        if len(camps) > 1 and not _another_period(said, camps):
            quarrels += [
                Disagreement([said[reports[0]][a] for a in amounts], reports) for amounts, reports in camps
            ]
    if kept:
        event.said_by["instruments"] = list(who)
    if quarrels:
        event.conflicts["instruments"] = quarrels
    return kept


def _order_of(said: dict[str, dict[float | None, Instrument]], amounts: tuple[float, ...]) -> list[float]:
    """The amounts in the order in which the first report tells them."""
    told = [amount for found in said.values() for amount in found if amount in amounts]
    return [amount for amount in dict.fromkeys(told) if amount is not None]


def _another_period(
    said: dict[str, dict[float | None, Instrument]], camps: list[tuple[Any, list[str]]]
) -> bool:
    """1亿元 a year and 3亿元 in all are two ways of telling, when every camp names a period of its own."""
    periods = [
        {said[who][a].period for who in reports for a in amounts if a in said[who]}
        for amounts, reports in camps
    ]
    return all(len(p) == 1 and None not in p for p in periods) and len(set.union(*periods)) == len(camps)


def _one(tellers: Sequence[Instrument]) -> Instrument:
    """One instrument of those that say the same sum: what most say of its period, the telling qualifier before exact."""
    first = tellers[0]
    qualifiers = [t.qualifier for t in tellers if t.qualifier is not None]
    telling = [qualifier for qualifier in qualifiers if qualifier != "exact"] or qualifiers
    periods = [t.period for t in tellers if t.period is not None]
    return Instrument(first.name, first.amount_cny, _most(telling), _most(periods), first.scope)


def _most(values: Sequence[T]) -> T | None:
    counts = Counter(values)
    return max(counts, key=lambda value: counts[value]) if counts else None


def _settle_targets(event: TimelineEvent, claims: Sequence[Claim]) -> list[Target]:
    """Every aim. One metric, unit and deadline with two values is a conflict."""
    voices: dict[tuple[str, str, str | None], Voices[tuple[float, ...]]] = {}
    aims: dict[tuple[tuple[str, str, str | None], tuple[float, ...]], Target] = {}
    for claim in claims:
        for target in claim.event.targets:
            key = (target.metric, target.unit, target.by)
            value = (target.value,) if target.value_high is None else (target.value, target.value_high)
            aims.setdefault((key, value), target)
            if all(who != claim.report.id for _, who in voices.get(key, [])):
                voices.setdefault(key, []).append((value, claim.report.id))
    dated = {key[:2] for key in voices if key[2] is not None}
    kept: list[Target] = []
    who: dict[str, None] = {}
    quarrels: list[Disagreement] = []
    for key, said in voices.items():
        camps = _camps(said, _equal)
        if key[2] is not None or key[:2] not in dated:
            kept.append(aims[key, camps[0][0]])
            who.update(dict.fromkeys(camps[0][1]))
        if len(camps) > 1:
            quarrels += [Disagreement(aims[key, value], reports) for value, reports in camps]
    if kept:
        event.said_by["targets"] = list(who)
    if quarrels:
        event.conflicts["targets"] = quarrels
    return kept
