"""Amounts of money, quantities with units and percents, by one grammar: number → unit → qualifier → range."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from tagger.matching._found import Candidate
from tagger.matching._measures import QuickMeasures
from tagger.matching.bounds import bounds_of
from tagger.matching.numerals import HAN_NUMBER, HAN_STARTS, LEADS, NUMBER, borrowed, parse, written
from tagger.matching.units import COUNTER, COUNTERS, DOUBTFUL, SIGNS, Counted, Units
from tagger.schema import Kind, Qualifier, Value

if TYPE_CHECKING:
    from tagger.lexicon import Lexicon
    from tagger.matching.scan import Span

_DASHES = "—–~～至到-"
_SECOND = re.compile(rf"[ \t\xa0\u2009]?(?:—{{1,2}}|[{_DASHES}])\s?({NUMBER})")
_HUNDREDTH = re.compile(rf"百分之({NUMBER})")
_REMEMBERED = 1 << 16
_INSIDE = "拾佰仟多余几点"
_RANK = 3


class MeasureGrammar:
    """Finds measures by the units and qualifier words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._units = Units(lexicon)
        self._bounds = bounds_of(lexicon)
        follow = "".join(c for c in self._units.starts if not c.isascii() or c == "%")
        self._han = re.compile(
            rf"百分之{HAN_NUMBER}|{HAN_NUMBER}(?=[{re.escape(follow)}a-z余多{_DASHES}]|百分点|基点)"
        )
        units, currencies = self._units.quick()
        characters = {
            "unit": self._units.starts,
            "doubtful": DOUBTFUL,
            "counter": COUNTERS,
            "dash": _DASHES,
            "numeral": HAN_STARTS,
            "in numeral": HAN_STARTS + _INSIDE,
            "sign": SIGNS,
            "leads": LEADS,
            "money": "".join(name[0] for name, _ in currencies),
        }
        self._quick = QuickMeasures(
            self, _value, self._bounds, units, COUNTER, currencies, self._units.never, characters
        )

    def find(self, text: str, taken: list[Span]) -> list[Candidate]:
        """The measures of a folded text, leaving out numbers that begin in one of the ``taken`` spans (in order)."""
        return self._quick.find(text, taken)

    def numeral_end(self, text: str, start: int) -> int:
        """Where the number in Han numerals at ``start`` ends; -1 when there is none."""
        number = self._han.match(text, start)
        return number.end() if number else -1

    def read(self, text: str, start: int, end: int, han: bool) -> Candidate | None:
        """The measure at the number of a span, whatever its form; ``han`` says that it is in Han numerals."""
        if han and text.startswith("百分之", start):
            return self._hundredth(text, start)
        first = text[start:end]
        number = parse(first)
        if number is None:
            return None
        own = self._units.at(text, start, end, number, han)
        behind = own.end if own else end
        if text[behind : behind + 1] in " \t\xa0\u2009—–~～至到-":
            second = _SECOND.match(text, behind)
            other = parse(second[1]) if second else None
            if second and other:
                last = self._units.at(text, second.start(1), second.end(), other, False)
                if last and (own is None or own[:3] == last[:3]) and number.low <= other.high:
                    return self._measure(text, start, last, first, second[1], own is None)
        return self._measure(text, start, own, first, None, False) if own else None

    def _hundredth(self, text: str, start: int) -> Candidate | None:
        found = _HUNDREDTH.match(text, start)
        if found is None:
            return None
        return self._measure(text, start, Counted("percent", "%", "1", found.end()), found[1], None, False)

    def _measure(
        self, text: str, start: int, unit: Counted, first: str, other: str | None, borrows: bool
    ) -> Candidate | None:
        begin, negative = start, False
        if unit.kind == "amount":
            begin = self._units.prefix(text, start)
        if (
            unit.kind in ("percent", "amount")
            and text[begin - 1 : begin] in ("+", "-", "±")
            and not _joined(text, begin - 1)
        ):
            begin -= 1
            negative = text[begin] == "-"
        ends = _ends(first, other, unit.scale if unit.unit != "USD cent" else "0.01", borrows, negative)
        if ends is None:
            return None
        low, high, sureness = ends
        qualifier = self._bounds.read(text, begin, unit.end, sureness)
        value = _value(unit.kind, unit.unit, low, high, qualifier)
        return Candidate(begin, unit.end, unit.kind, _RANK, None, None, "grammar", value)


def _joined(text: str, sign: int) -> bool:
    """Whether a sign stands behind a Latin letter, a digit or a percent, which makes it a dash."""
    before = text[sign - 1 : sign] if sign else ""
    return before.isascii() and (before.isalnum() or before == "%")


@lru_cache(_REMEMBERED)
def _ends(
    first: str, other: str | None, scale: str, borrows: bool, negative: bool
) -> tuple[str, str, str] | None:
    """Both ends of a measure written out in its unit, and how sure its numbers are."""
    low = parse(first)
    high = parse(other) if other is not None else low
    if low is None or high is None:
        return None
    factor = Decimal(scale)
    ends = [
        low.low * factor * (borrowed(first, other) if borrows and other is not None else 1),
        high.high * factor,
    ]
    if negative:  # the sign of -5%-5% is that of its first end
        ends = [-ends[0], ends[1] if other is not None else -ends[1]]
    return written(ends[0]), written(ends[1]), low.sureness if low.sureness != "exact" else high.sureness


@lru_cache(_REMEMBERED)
def _value(kind: Kind, unit: str, low: str, high: str, qualifier: Qualifier) -> Value:
    if kind == "amount":
        return Value(low=low, high=high, currency="USD" if unit == "USD cent" else unit, qualifier=qualifier)
    return Value(low=low, high=high, unit=unit, qualifier=qualifier)
