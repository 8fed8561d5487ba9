"""Which claims on one policy tell one act: one status at about one time; a citation joins what it cites."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, field

from tagger.timeline.days import DRIFT, Span, ordinal, span_of, year_of
from tagger.timeline.titles import is_draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.schema import Status
    from tagger.timeline.policies import Policy
    from tagger.timeline.record import Claim

_MONTH = 31
_encoder = msgspec.json.Encoder()
_NEVER, _FOREVER = Span(0, 0), Span(1, date.max.toordinal())
_CITED_FIRST: tuple[Status, ...] = ("issued", "amended", "draft", "planned", "repealed")


class Act(Struct):
    """Claims on one policy that tell one act; ``span`` is the first and the last day told, None without any."""

    status: Status
    claims: list[Claim] = field(default_factory=list)
    span: Span | None = None


def acts_of(policy: Policy) -> list[Act]:
    """The acts on a policy in the order of time."""
    told: dict[Status, list[Claim]] = {}
    for claim in sorted(policy.claims, key=claim_order):
        told.setdefault(claim.event.status, []).append(claim)
    cited = told.pop("cited", [])
    one_text = bool(policy.entries or policy.numbers or policy.name.edition)
    acts = [
        act
        for status in sorted(told)
        for act in _acts(status, told[status], one_text=one_text and status == "issued")
    ]
    acts = _revisions(acts)
    strays: list[Claim] = []
    for claim in cited:
        act = _cited_by(claim, acts)
        (strays if act is None else act.claims).append(claim)
    acts += _acts("cited", strays, one_text=one_text)
    return sorted(acts, key=lambda act: (act.span or _FOREVER, act.status))


def claim_order(claim: Claim) -> tuple[str, str, int, bytes]:
    """The earliest report first, then in the order of its text; what is said decides between equals."""
    at = claim.evidence[0].start if claim.evidence else 0
    return claim.report.published or "9999", claim.report.id, at, _encoder.encode(claim.event)


def _acts(status: Status, claims: Sequence[Claim], *, one_text: bool) -> list[Act]:
    """Claims of one status by time; ``one_text``: there is but one act, whatever days reports tell.

    The surest of the claims, which come in their order, are placed first: those dated to the month or better make
    the acts that the others join.
    """
    acts: list[Act] = []
    for claim in sorted(claims, key=_vagueness_and_day):
        span = told_day(claim) or _recent_day(claim)
        act = _act_at(acts, span, one_text=one_text) if span else _act_before(acts, claim)
        if act is None:
            act = Act(status)
            acts.append(act)
        act.claims.append(claim)
        if span and (act.span is None or _vagueness(claim) == 0):
            act.span = _wider(act.span, span)
    return acts


def told_day(claim: Claim) -> Span | None:
    """When a claim says the act was; a year or month that begins after the report is an aim of the policy, no day."""
    span, told = span_of(claim.event.date), ordinal(claim.report.published)
    if span and told and span.first > told and span.last > span.first and claim.event.status != "planned":
        return None
    return span


def _vagueness_and_day(claim: Claim) -> tuple[int, Span]:
    return _vagueness(claim), told_day(claim) or _FOREVER


def _vagueness(claim: Claim) -> int:
    """0: dated to the month or better; 1: dated; 2: recent when its report came out; 3: without a date."""
    span = told_day(claim)
    if span is not None:
        return int(span.last - span.first > _MONTH)
    return 2 if _recent_day(claim) else 3


def _recent_day(claim: Claim) -> Span | None:
    """近日 is about the day of the report."""
    return span_of(claim.report.published) if claim.event.date_precision == "recent" else None


def _act_at(acts: Sequence[Act], span: Span, *, one_text: bool) -> Act | None:
    """The latest act that may have been in a span of days."""
    fits = [a for a in acts if one_text or a.span is None or _near(a.span, span)]
    return max(fits, key=lambda a: a.span or _NEVER, default=None)


def _act_before(acts: Sequence[Act], claim: Claim) -> Act | None:
    """The latest act that a report without a date can know of."""
    told = span_of(claim.report.published)
    fits = [
        a for a in acts if a.span is None or told is None or a.span.first <= told.last or _near(a.span, told)
    ]
    return max(fits, key=lambda a: a.span or _NEVER, default=None)


def _near(known: Span, span: Span) -> bool:
    """Whether two spans of days may be one act's: they touch a common year, or nearly meet over its turn."""
    if {year_of(known.first), year_of(known.last)} & {year_of(span.first), year_of(span.last)}:
        return True
    return max(known.first, span.first) - min(known.last, span.last) <= DRIFT


def _wider(known: Span | None, span: Span) -> Span:
    return span if known is None else Span(min(known.first, span.first), max(known.last, span.last))


def _revisions(acts: list[Act]) -> list[Act]:
    """An amendment and the issue of the amended text on the same days are one act; the more told status names it."""
    amended = [a for a in acts if a.status == "amended"]
    kept = [a for a in acts if a.status != "amended"]
    for act in amended:
        twin = next(
            (k for k in kept if k.status == "issued" and k.span is not None and k.span == act.span), None
        )
        if twin is None:
            kept.append(act)
        else:
            twin.status = "amended" if len(act.claims) > len(twin.claims) else "issued"
            twin.claims += act.claims
    return kept


def _cited_by(claim: Claim, acts: Sequence[Act]) -> Act | None:
    """The act that a citation means: the last one told before its report, of the year it names if it names one.

    A citation that calls the text a draft means the draft.
    """
    span = told_day(claim)
    told = ordinal(claim.report.published)
    for status in sorted(_CITED_FIRST, key="draft".__ne__) if is_draft(claim.event.title) else _CITED_FIRST:
        fits = [
            act
            for act in acts
            if act.status == status and (span is None or act.span is None or _near(act.span, span))
        ]
        known = [act for act in fits if act.span is None or told is None or act.span.first <= told]
        if known or (fits and span is not None):
            return max(known or fits, key=lambda act: act.span or _NEVER)
    return None
