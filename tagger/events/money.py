"""Which amount belongs to which instrument: read as people read lists that share a verb, a unit or a period."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagger.events._marks import last_of
from tagger.events.targets import is_output_aim
from tagger.events.verbs import alternatives
from tagger.schema import Instrument, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.lexicon import Lexicon
    from tagger.schema import Period, Scope

_CLAUSE_ENDS = "，。；！？\n："
_CLAUSE = re.compile(f"[{_CLAUSE_ENDS}]")
_SENTENCE_END = re.compile("[。；！？\n]")
_SHARED = re.compile("分别|依次")
_UPPER = re.compile("(?:最高)?(?:不超过|最高|不高于)")
_FORMER = re.compile(r"(?:由|从)(?:早先|此前|原来|原先|去年|之前|过去|上年)?的?$")
_JOINT = re.compile(r"(?:的|等|多?种|规模|额度|资金|专项|支持|用于|总)*\s*[“\"「]?$")
_GOES_ON = re.compile(
    r"^[”\"）)」]*(?:给予|进行|支持|等)?[，,](?:并|且|其中)?(?:每年|年度|全年|年|首期|首批|首轮|今年|总|规模|额度|资金|合计)"
)
_LONGEST_CLAUSE = 300
_CLOSE, _NEAR, _FAR = 6, 8, 20


class MoneyReader:
    """Pairs amounts with instruments; words for period, scope and granting are cues."""

    def __init__(self, lexicon: Lexicon) -> None:
        periods, scopes = lexicon.cues_under("period"), lexicon.cues_under("scope")
        once, year, month = (alternatives(periods[name]) for name in ("once", "year", "month"))
        self._periods: list[tuple[Period, re.Pattern[str]]] = [
            ("once", once),
            ("year", year),
            ("month", month),
        ]
        recipient, project = (alternatives(scopes[name]) for name in ("recipient", "project"))
        self._scopes: list[tuple[Scope, re.Pattern[str]]] = [("recipient", recipient), ("project", project)]
        self._aspect = alternatives(lexicon.cue("instrument/aspect"))
        self._grant = alternatives(lexicon.cue("voucher/grant"))

    def read(self, text: str, mentions: Sequence[Mention], named: Mention | None = None) -> list[Instrument]:
        """The instruments among mentions of one stretch of text, in order, with their money.

        ``named`` is an instrument that the title names; an amount for one recipient or project that stands
        alone in a later clause is its.
        """
        instruments = [_in_full(m, named) for m in mentions if m.kind == "instrument"]
        amounts = [m for m in mentions if m.kind == "amount" and m.value is not None and _is_given(text, m)]
        if not instruments and not amounts:
            return []
        pairs = self._shared(text, instruments, amounts)
        for thing in instruments:
            if any(thing is taken for taken, _ in pairs):
                continue
            free = [a for a in amounts if not any(a is taken for _, taken in pairs)]
            amount = self._amount_of(text, thing, free, instruments)
            if amount is None and self._aspect.match(text, thing.end):
                continue  # 补贴力度, 补贴比例: spoken of, not given
            pairs.append((thing, amount))
        for amount in amounts:
            if any(amount is taken for _, taken in pairs):
                continue
            if self._scope(text, amount) == "total":
                if named is not None and not instruments and _tells_of(text, amount):
                    pairs.append((named, amount))
                continue
            owner = _owner(text, amount, instruments) or named or _next_to(text, amount, instruments)
            if owner is not None:
                pairs.append((owner, amount))
        pairs.sort(key=lambda pair: pair[0].start if pair[1] is None else min(pair[0].start, pair[1].start))
        return _distinct([self._instrument(text, thing, amount) for thing, amount in pairs])

    @staticmethod
    def _shared(
        text: str, instruments: list[Mention], amounts: list[Mention]
    ) -> list[tuple[Mention, Mention | None]]:
        """模型券、语料券分别不超过1亿元和5000万元: the amounts go to the instruments in order."""
        pairs: list[tuple[Mention, Mention | None]] = []
        if not instruments or not amounts:
            return pairs
        for hit in _SHARED.finditer(text, instruments[0].start, amounts[-1].end):
            left = [
                i
                for i in instruments
                if i.end <= hit.start() and not _CLAUSE.search(text, i.end, hit.start())
            ]
            right = [
                a for a in amounts if a.start >= hit.end() and not _CLAUSE.search(text, hit.end(), a.start)
            ]
            if left and len(left) >= len(right) > 0:
                pairs += zip(left[-len(right) :], right, strict=True)
        return pairs

    def _amount_of(
        self, text: str, thing: Mention, amounts: list[Mention], instruments: list[Mention]
    ) -> Mention | None:
        """The amount right before an instrument (5亿元“训力券”), else the first behind it in its clause."""
        before = next((a for a in reversed(amounts) if a.end <= thing.start), None)
        if before is not None and self._leads_to(text[before.end : thing.start]):
            between = any(before.end <= i.start < thing.start for i in instruments)
            if not between:
                return before
        after = next((a for a in amounts if a.start >= thing.end), None)
        if after is None or not _follows(text[thing.end : after.start]):
            return None
        following = next((i for i in instruments if i.start >= after.end), None)
        if following is not None:
            gap = text[after.end : following.start]
            if len(gap) <= _CLOSE and "、" not in gap and not _CLAUSE.search(gap):
                return None  # the amount leads to the instrument behind it
        return after

    def _leads_to(self, gap: str) -> bool:
        """Whether the words between an amount and an instrument join them."""
        if "、" in gap or _CLAUSE.search(gap):
            return False
        return _JOINT.match(gap) is not None or (
            len(gap) <= _CLOSE and "并" not in gap and not self._grant.search(gap)
        )

    def _instrument(self, text: str, thing: Mention, amount: Mention | None) -> Instrument:
        instrument = Instrument(thing.canonical)
        if amount is None or amount.value is None:
            return instrument
        high = amount.value.high_number
        if high is not None and amount.value.currency == "CNY":
            instrument.amount_cny = int(high) if high == high.to_integral_value() else float(high)
        if isinstance(amount.value.qualifier, str):
            instrument.qualifier = amount.value.qualifier
        if instrument.qualifier == "exact" and _shares_bound(text, amount):
            instrument.qualifier = "max"
        instrument.scope = self._scope(text, amount)
        clause = _clause(text, amount)
        instrument.period = next((name for name, words in self._periods if words.search(clause)), None)
        if instrument.period is None and instrument.scope == "project":
            instrument.period = "project"
        return instrument

    def _scope(self, text: str, amount: Mention) -> Scope:
        clause = text[_clause_start(text, amount.start, "，。；\n") : amount.start]
        return next((name for name, words in self._scopes if words.search(clause)), "total")


def _shares_bound(text: str, amount: Mention) -> bool:
    """The second amount of 分别不超过1亿元和5000万元 has the bound of the first."""
    shared = text.rfind("分别", _clause_start(text, amount.start, _CLAUSE_ENDS), amount.start)
    return shared >= 0 and _UPPER.match(text, shared + 2) is not None


def _is_given(text: str, amount: Mention) -> bool:
    """Not what was before (由早先的1000万元扩至1亿元), nor the aim of an industry."""
    left = text[max(0, amount.start - 20) : amount.start]
    return not (_FORMER.search(left) or is_output_aim(text, amount))


def _follows(gap: str) -> bool:
    """Whether an amount behind ``gap`` still belongs to the instrument in front of it.

    A clause that only goes on about its size (…发放“算力券”，每年总额不超过…) does.
    """
    if len(gap) > _FAR or "、" in gap:
        return False
    goes_on = _GOES_ON.match(gap)
    if goes_on is not None:
        gap = gap[goes_on.end() :]
    return not _CLAUSE.search(gap.lstrip('”"）) ，') if len(gap) <= _NEAR else gap)


def _tells_of(text: str, amount: Mention) -> bool:
    """Whether an amount is that of what the title names: its size (《…券管理办法》，每年安排3000万元) or its bound."""
    if amount.value is not None and amount.value.qualifier == "max":
        return True
    start = _clause_start(text, amount.start, _CLAUSE_ENDS)
    return start > 0 and _GOES_ON.match(text[start - 1 : amount.start]) is not None


def _owner(text: str, amount: Mention, instruments: list[Mention]) -> Mention | None:
    """The instrument that a later amount limits: the one its clause speaks of (算力资助 → 算力券), else the last."""
    earlier = [i for i in instruments if i.start < amount.start]
    clause = text[_clause_start(text, amount.start, "，。；\n") : amount.start]
    spoken = [i for i in earlier if i.text[:2] in clause]
    return spoken[0] if spoken else earlier[-1] if earlier else None


def _in_full(thing: Mention, named: Mention | None) -> Mention:
    """What is told for short of what the title names (贴息 of 设备更新贷款贴息) is that."""
    if named is None or thing.text == named.text or not named.text.endswith(thing.text):
        return thing
    return Mention(thing.start, thing.end, thing.text, thing.kind, named.canonical, named.entry)


def _next_to(text: str, amount: Mention, instruments: list[Mention]) -> Mention | None:
    """The first instrument, when it stands behind the amount in the same sentence (单个企业最高200万元的算力券)."""
    if not instruments or _SENTENCE_END.search(text, amount.end, max(amount.end, instruments[0].start)):
        return None
    return instruments[0]


def _distinct(instruments: list[Instrument]) -> list[Instrument]:
    """One line an instrument and amount; a bare naming gives way to one with money."""
    kept: list[Instrument] = []
    for one in instruments:
        same = [k for k in kept if k.name == one.name]
        bare = next((k for k in same if k.amount_cny is None), None)
        if one.amount_cny is None and same:
            continue
        if bare is not None:
            kept[kept.index(bare)] = one
        elif not any(k.amount_cny == one.amount_cny and k.scope == one.scope for k in same):
            kept.append(one)
    return kept


def _clause(text: str, mention: Mention) -> str:
    """The clause of a mention; a list shares its head, so it reaches back over 、."""
    stop = _CLAUSE.search(text, mention.end, mention.end + _LONGEST_CLAUSE)
    return text[
        _clause_start(text, mention.start, "，。；\n：") : stop.start()
        if stop
        else mention.end + _LONGEST_CLAUSE
    ]


def _clause_start(text: str, at: int, ends: str) -> int:
    lowest = max(0, at - _LONGEST_CLAUSE)
    return max(last_of(text, ends, lowest, at) + 1, lowest)
