"""Which amount belongs to which instrument: read as people read lists that share a verb, a unit or a period."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tagger.schema import Instrument, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.lexicon import Lexicon
    from tagger.schema import Period, Scope

_CLAUSE = re.compile(r"[，。；！？\n：]")
_OLD_AMOUNT = re.compile(r"(?:由|从)(?:早先|此前|原来|原先|去年|之前|过去|上年)?的?$")
_NO_GRANT = re.compile(
    r"(?:产业|市场|营收|收入|产值|增加值|核心产业|经济|关联产业|企业|融资|交易)\S{0,6}(?:规模|总量|收入|产值|估值|目标)\S{0,6}$"
)
_MEASURE = re.compile(r"^(?:的|等|多?种|规模|额度|资金|专项|支持|用于|总)*\s*[“\"「]?$")


class MoneyReader:
    """Pairs amounts with instruments; words for period and scope are cues."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.cues_under("period")
        self._periods: list[tuple[Period, re.Pattern[str]]] = [
            (name, _any(words[name]))
            for name in ("once", "year", "month", "project")
            if name in words  # type: ignore[misc]
        ]
        scopes = lexicon.cues_under("scope")
        self._scopes: list[tuple[Scope, re.Pattern[str]]] = [
            (name, _any(scopes[name])) for name in ("recipient", "project") if name in scopes
        ]  # type: ignore[misc]
        self._aspect = _any(lexicon.cue("instrument/aspect"))
        self._grant = _any(lexicon.cue("voucher/grant"))

    def read(self, text: str, mentions: Sequence[Mention], named: Mention | None = None) -> list[Instrument]:
        """The instruments of the mentions (in order, of one stretch of text), with their money.

        ``named`` is an instrument that the title names; amounts of a later clause without one of its own are its.
        """
        things = [m for m in mentions if m.kind in ("instrument", "amount")]
        found: list[tuple[int, Instrument]] = []
        used: set[int] = set()
        amounts = [
            m for m in things if m.kind == "amount" and m.value is not None and not self._is_old(text, m)
        ]
        instruments = [m for m in things if m.kind == "instrument"]
        self._shared(text, instruments, amounts, found, used)
        for thing in instruments:
            if id(thing) in used:
                continue
            amount = self._amount_for(text, thing, amounts, instruments, used)
            used.add(id(thing))
            if amount is not None:
                used.add(id(amount))
            elif self._aspect.match(text, thing.end):  # 补贴力度, 补贴比例: spoken of, not given
                continue
            found.append((thing.start, self._instrument(text, thing, amount)))
        last = instruments[0] if instruments else named
        for amount in amounts:
            if id(amount) in used:
                continue
            scope = self._scope(text, amount)
            owner = self._owner(text, amount, instruments) or named or last
            if scope != "total" and owner is not None:
                found.append((amount.start, self._instrument(text, owner, amount)))
        found.sort(key=lambda pair: pair[0])
        return _merged([instrument for _, instrument in found])

    def _shared(
        self,
        text: str,
        instruments: list[Mention],
        amounts: list[Mention],
        found: list[tuple[int, Instrument]],
        used: set[int],
    ) -> None:
        """模型券、语料券分别不超过1亿元和5000万元: as many amounts as instruments, in order."""
        for hit in re.finditer("分别|依次", text):
            left = [
                i
                for i in instruments
                if i.end <= hit.start() and not _CLAUSE.search(text, i.end, hit.start()) and id(i) not in used
            ]
            right = [
                a for a in amounts if a.start >= hit.end() and not _CLAUSE.search(text, hit.end(), a.start)
            ]
            if left and len(left) >= len(right) > 0:
                for thing, amount in zip(left[-len(right) :], right, strict=True):
                    head = right[0].value
                    qualifier = head.qualifier if head is not None else None
                    instrument = self._instrument(text, thing, amount)
                    if isinstance(qualifier, str) and instrument.qualifier == "exact":
                        instrument.qualifier = qualifier
                    found.append((thing.start, instrument))
                    used.update((id(thing), id(amount)))

    def _amount_for(
        self, text: str, thing: Mention, amounts: list[Mention], instruments: list[Mention], used: set[int]
    ) -> Mention | None:
        """The amount right before an instrument (5亿元“训力券”), else the first behind it in its clause."""
        before = [a for a in amounts if a.end <= thing.start and id(a) not in used]
        if before:
            gap = text[before[-1].end : thing.start]
            if (
                (_MEASURE.match(gap) or (len(gap) <= 6 and not self._grant.search(gap) and "并" not in gap))
                and not _CLAUSE.search(gap)
                and "、" not in gap
                and not any(before[-1].end <= i.start < thing.start for i in instruments if i is not thing)
            ):
                return before[-1]
        after = [a for a in amounts if a.start >= thing.end and id(a) not in used]
        if after:
            gap = text[thing.end : after[0].start]
            if (
                len(gap) <= 20
                and "、" not in gap
                and not _CLAUSE.search(gap.lstrip('”"）) ，') if len(gap) <= 8 else gap)
            ):
                following = [i for i in instruments if i.start >= after[0].end and i is not thing]
                close = (
                    following
                    and not _CLAUSE.search(text, after[0].end, following[0].start)
                    and len(text[after[0].end : following[0].start]) <= 6
                    and "、" not in text[after[0].end : following[0].start]
                )
                if not close or not any(i.start < after[0].start and i.end > thing.end for i in instruments):
                    if not close:
                        return after[0]
        return None

    @staticmethod
    def _owner(text: str, amount: Mention, instruments: list[Mention]) -> Mention | None:
        """The instrument that a later amount limits: the one the clause speaks of (算力资助 → 算力券), else the last before."""
        earlier = [i for i in instruments if i.start < amount.start]
        clause = text[
            max((text.rfind(c, 0, amount.start) for c in "，。；\n"), default=-1) + 1 : amount.start
        ]
        spoken = [i for i in earlier if i.text[:2] in clause]
        return spoken[0] if spoken else earlier[-1] if earlier else None

    def _instrument(self, text: str, thing: Mention, amount: Mention | None) -> Instrument:
        clause = _clause(text, amount if amount is not None else thing)
        instrument = Instrument(thing.canonical)
        if amount is not None and amount.value is not None:
            high = amount.value.high_number
            instrument.amount_cny = (
                _number(high) if high is not None and amount.value.currency == "CNY" else None
            )
            qualifier = amount.value.qualifier
            instrument.qualifier = qualifier if isinstance(qualifier, str) else None
            instrument.scope = self._scope(text, amount)
            instrument.period = next((name for name, words in self._periods if words.search(clause)), None)
            if instrument.period is None and instrument.scope == "project":
                instrument.period = "project"
        return instrument

    def _scope(self, text: str, amount: Mention) -> Scope:
        left = max((text.rfind(c, 0, amount.start) for c in "，。；\n"), default=-1) + 1
        clause = text[left : amount.start]
        return next((name for name, words in self._scopes if words.search(clause)), "total")

    @staticmethod
    def _is_old(text: str, amount: Mention) -> bool:
        """由早先的1000万元扩至1亿元: the first amount holds no more; an aim of an industry is no money given."""
        return bool(
            _OLD_AMOUNT.search(text, max(0, amount.start - 8), amount.start)
            or _NO_GRANT.search(text[max(0, amount.start - 20) : amount.start])
        )


def _merged(instruments: list[Instrument]) -> list[Instrument]:
    """One line an instrument and amount; a bare naming gives way to one with money."""
    kept: list[Instrument] = []
    for one in instruments:
        same = [k for k in kept if k.name == one.name]
        if one.amount_cny is None and same:
            continue
        bare = next((k for k in same if k.amount_cny is None), None)
        if bare is not None:
            kept[kept.index(bare)] = one
        elif not any(k.amount_cny == one.amount_cny and k.scope == one.scope for k in same):
            kept.append(one)
    return kept


def _clause(text: str, mention: Mention) -> str:
    """The clause up to a mention and behind it; a list shares its head, so it reaches back over 、."""
    left = max((text.rfind(c, 0, mention.start) for c in "，。；\n："), default=-1) + 1
    stop = _CLAUSE.search(text, mention.end)
    return text[left : stop.start() if stop else len(text)]


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
