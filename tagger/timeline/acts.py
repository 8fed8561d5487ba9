"""Which claims on one policy tell one act: one status at about one time; a citation joins what it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from tagger.timeline.days import DRIFT, Span, ordinal, span_of, year_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.schema import Status
    from tagger.timeline.policies import Policy
    from tagger.timeline.record import Claim

_RECENT = 200
"""Days that may lie between an act and a report that calls it recent."""
_FOREVER = Span(1, 3652059)
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


def claim_order(claim: Claim) -> tuple[str, str, str]:
    """The earliest report first."""
    return claim.report.published or "9999", claim.report.id, claim.event.title


def _acts(status: Status, claims: Sequence[Claim], *, one_text: bool) -> list[Act]:
    """Claims of one status by time; ``one_text``: there is but one act, whatever days reports tell."""
    dated = sorted(
        ((span, claim) for claim in claims if (span := span_of(claim.event.date))),
        key=lambda pair: (pair[0].last - pair[0].first, pair[0], claim_order(pair[1])),
    )
    acts: list[Act] = []
    for span, claim in sorted(
        (pair for pair in dated if pair[0].last - pair[0].first <= 31), key=lambda pair: pair[0]
    ):
        if acts and (one_text or _near(acts[-1], span)):
            _add(acts[-1], claim, span)
        else:
            acts.append(_add(Act(status), claim, span))
    for span, claim in dated:
        if span.last - span.first > 31:
            act = next(
                (a for a in acts if a.span and a.span.last >= span.first and a.span.first <= span.last),
                acts[0] if acts and one_text else None,
            )
            if act is None:
                acts.append(_add(Act(status), claim, span))
            else:
                act.claims.append(claim)
    undated = [claim for claim in claims if not span_of(claim.event.date)]
    for claim in sorted(undated, key=lambda c: (c.event.date_precision != "recent", claim_order(c))):
        _place(acts, status, claim, one_text=one_text)
    return acts


def _near(act: Act, span: Span) -> bool:
    """Whether a date may be one act's with those before it: of one year, or a little over its turn."""
    return act.span is not None and (
        year_of(act.span.last) == year_of(span.first) or span.first - act.span.last <= DRIFT
    )


def _add(act: Act, claim: Claim, span: Span | None) -> Act:
    act.claims.append(claim)
    if span is not None:
        act.span = Span(min(act.span.first, span.first), max(act.span.last, span.last)) if act.span else span
    return act


def _place(acts: list[Act], status: Status, claim: Claim, *, one_text: bool) -> None:
    """An undated claim joins the last act before its report; a recent one only where that is not long ago."""
    told = ordinal(claim.report.published)
    earlier = [a for a in acts if a.span and (told is None or a.span.first <= told + DRIFT)]
    act = max(earlier, key=lambda a: a.span or _FOREVER) if earlier else next(iter(acts), None)
    recent = Span(told - DRIFT, told) if told is not None and claim.event.date_precision == "recent" else None
    if act is not None and act.span is not None and recent is not None and not one_text:
        act = (
            act if recent.first - _RECENT <= act.span.last and act.span.first <= recent.last + DRIFT else None
        )
    if act is None:
        acts.append(_add(Act(status), claim, recent))
    else:
        act.claims.append(claim)


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
    """The act that a citation means: the last one told before its report, of the year it names if it names one."""
    span = span_of(claim.event.date)
    told = ordinal(claim.report.published)
    for status in _CITED_FIRST:
        fits = [a for a in acts if a.status == status]
        if span is not None:
            fits = [
                a
                for a in fits
                if a.span is None
                or (
                    year_of(a.span.first) <= year_of(span.last)
                    and year_of(a.span.last) >= year_of(span.first)
                )
            ]
        if told is not None:
            fits = [a for a in fits if a.span is None or a.span.first <= told] or (
                fits if span is not None else []
            )
        if fits:
            return max(fits, key=lambda a: a.span or Span(0, 0))
    return None
