"""What a number counts: money, a share, or a quantity in a unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagger.matching._measures import Surfaces
from tagger.matching._trie import Trie
from tagger.schema import Kind

if TYPE_CHECKING:
    from tagger.lexicon import Lexicon, Unit
    from tagger.matching.numerals import Number

_PERCENT = re.compile(
    r"[ \t\xa0]?(?:%|个?百分点|个?pct|bps?(?![a-z0-9])|个?基点|成(?![立为就本分员都交效果绩长熟功型品份人])|‰)"
)
_PERCENT_STARTS = "%‰个百pb基成"
DOUBTFUL = "‰百pb基成kmbt"
"""What a share or the size of a model may begin with, as well as a unit."""
COUNTER = "个"
"""The unit that may stand before a unit proper."""
SIGNS = "$¥€£"
_PREFIX = re.compile(r"(us\$|hk\$|\$|¥|€|£)\s?$")
_PREFIX_CURRENCY = {"us$": "USD", "$": "USD", "hk$": "HKD", "¥": "CNY", "€": "EUR", "£": "GBP"}
_LETTER_SCALE = {"k": "1000", "m": "1000000", "b": "1000000000", "t": "1000000000000"}
_MODEL_SIZE = re.compile(r"[ \t\xa0]?([kmbt])(?![a-z0-9])")
_SIZE_CONTEXT = re.compile(r"参数|激活|稠密|moe|规模|模型|版本|尺寸")
_TOKEN_CONTEXT = re.compile(r"token|词元|语料|数据|上下文|预训练")
_TOKENS_BEHIND = re.compile(r"\s?(?:高质量)?(?:的)?\s?(?:token|词元)")
_COMPUTING = re.compile(r"算力|智算|超算|算|flops|p\b")
COUNTERS = "个家项条件名人次位户只台套辆架艘座处栋间张份起批款种类部篇笔单片颗枚块瓶箱头羽亩"
"""The units that stay one behind another: 280万个GPU小时 counts hours, 3个项 none of them."""
_LETTER = re.compile("[a-z]")
_UNIT_BLANKS = (" ", "\t", "\xa0")
_GENERATIONS = range(2, 7)  # 5G is a generation of mobile networks


class Counted(NamedTuple):
    """What is counted: kind, the unit it is given in and the factor to it, and where the unit ends in the text."""

    kind: Kind
    unit: str
    scale: str
    end: int


class Units:
    """The units, currencies and words for money of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        fold = lexicon.folder.fold_term
        self._units: dict[str, Unit] = {fold(unit.surface): unit for unit in lexicon.units}
        self._currencies = {fold(surface): code for surface, code in lexicon.currencies.items()}
        self._unit_words, self._currency_words = Surfaces(self._units), Surfaces(self._currencies)
        self._unit_starts = frozenset(word[0] for word in self._units)
        self._currency_starts = frozenset(word[0] for word in self._currencies)
        self.starts = "".join(
            sorted(self._unit_starts | self._currency_starts | set(_PERCENT_STARTS) | set(_LETTER_SCALE))
        )
        """The characters that a unit begins with."""
        self.never = list(map(fold, lexicon.cue("unit/never")))
        """Words that begin with what is a unit elsewhere: 5个月, 3部门."""
        self._no_unit = Trie(self.never)
        words = sorted(map(fold, lexicon.cue("money")), key=len, reverse=True)
        self._money = re.compile("|".join(map(re.escape, words)))

    def at(self, text: str, start: int, end: int, number: Number, han: bool) -> Counted | None:
        """What the number at a span counts; ``han`` says that it is in Han numerals."""
        char = text[end : end + 1]
        if char == "%":
            return Counted("percent", "%", "1", end + 1)
        if char in self._currency_starts and (stop := self._currency_words.end(text, end)) > end:
            return Counted("amount", self._currencies[text[end:stop]], "1", stop)
        if char in (" ", "\t", "\xa0"):
            char = text[end + 1 : end + 2]
        if char in _PERCENT_STARTS and char and (counted := _share(text, start, end, han)):
            return counted
        if char in _LETTER_SCALE and not han and (counted := self._size(text, start, end)):
            return counted
        if char in self._unit_starts and not (han and number.high <= 1):
            begin, stop = self._unit_at(text, end)
            if (
                stop > begin
                and text[start - 1 : start] != "第"
                and self._no_unit.longest(text, stop - 1) < stop
            ):
                return self._quantity(text, start, end, begin, stop, number)
        return self._money_without_unit(text, start, end, han)

    def quick(self) -> tuple[list[tuple[str, str, int | None]], list[tuple[str, str | None]]]:
        """Units with the power of ten of their scale, and currencies with their code; None where it takes more to tell."""
        units = [(surface, unit.unit, _power_of_ten(unit.scale)) for surface, unit in self._units.items()]
        return units, [(name, None if " " in code else code) for name, code in self._currencies.items()]

    def prefix(self, text: str, start: int) -> int:
        """Where a currency sign right before ``start`` begins; ``start`` when there is none."""
        if text[start - 1 : start] not in " $¥€£\xa0":
            return start
        sign = _PREFIX.search(text, max(0, start - 5), start)
        return sign.start() if sign else start

    def _money_without_unit(self, text: str, start: int, end: int, han: bool) -> Counted | None:
        """$5, and 1.3万亿 where the words around speak of money."""
        if not han and text[start - 1 : start] in " $¥€£\xa0":
            sign = _PREFIX.search(text, max(0, start - 5), start)
            if sign:
                return Counted("amount", _PREFIX_CURRENCY[sign[1]], "1", end)
        if text[end - 1] == "亿" and (
            self._money.match(text, end) or self._money.search(text, max(0, start - 14), start)
        ):
            return Counted("amount", "CNY", "1", end)
        return None

    def _unit_at(self, text: str, place: int) -> tuple[int, int]:
        """Where the unit at a place, maybe behind a blank, begins and ends; both the same when there is none."""
        begin = place + (text[place : place + 1] in _UNIT_BLANKS)
        return begin, self._unit_words.end(text, begin)

    def _quantity(
        self, text: str, start: int, end: int, begin: int, stop: int, number: Number
    ) -> Counted | None:
        if text[begin:stop] == COUNTER:
            proper, proper_stop = self._unit_at(text, stop)
            if proper_stop > proper and text[proper] not in COUNTERS:
                begin, stop = proper, proper_stop
        entry = self._units[text[begin:stop]]
        if _LETTER.match(text[start - 1 : start]) and (text[begin].isascii() or entry.unit == "参数"):
            return None  # FP8参数: the number is part of a name
        if not _plausible(text, start, end, stop, number):
            return None
        return Counted("quantity", entry.unit, entry.scale, stop)

    def _size(self, text: str, start: int, end: int) -> Counted | None:
        """671B is a number of parameters, 14.8T of tokens, where the words around say so."""
        size = _MODEL_SIZE.match(text, end)
        if size is None:
            return None
        if self._unit_at(text, end)[1] > size.end():
            return None
        letter, stop = size[1], size.end()
        after = text[stop : stop + 14]
        around = text[max(0, start - 12) : start] + text[start:stop] + after
        if letter in "bm" and (_SIZE_CONTEXT.search(around) or "参数" in after[:4]):
            unit = "token" if _TOKENS_BEHIND.match(after) else "参数"
            return Counted("quantity", unit, _LETTER_SCALE[letter], stop)
        if _TOKEN_CONTEXT.search(after) or _TOKEN_CONTEXT.search(text[max(0, start - 10) : start]):
            return Counted("quantity", "token", _LETTER_SCALE[letter], stop)
        if letter == "t" and "参数" in around:
            return Counted("quantity", "参数", _LETTER_SCALE[letter], stop)
        return None


def _share(text: str, start: int, end: int, han: bool) -> Counted | None:
    """Percent, points and tenths."""
    found = _PERCENT.match(text, end)
    if found is None:
        return None
    unit = found[0].strip()
    if unit in ("%", "‰"):
        return Counted("percent", unit, "1", found.end())
    if unit == "成":
        return None if han and end - start > 2 else Counted("percent", "%", "10", found.end())
    return Counted("percent", "bp" if unit[0] == "b" or "基点" in unit else "pp", "1", found.end())


def _plausible(text: str, start: int, end: int, stop: int, number: Number) -> bool:
    """Letters count computing power only behind a number that is no year, page or multiple; 5G is no quantity."""
    surface = text[end:stop].strip()
    if surface in ("p", "e"):
        if surface == "e" and 1990 <= number.low <= 2100:
            return False
        if text[stop : stop + 1].isalnum() and text[stop : stop + 1].isascii():
            return False
        return _COMPUTING.search(text, max(0, start - 30), stop + 30) is not None
    if surface == "g":
        return number.low not in _GENERATIONS
    return not (surface in ("度", "点", "级") and number.low < 1)


def _power_of_ten(scale: str) -> int | None:
    """The exponent of 1, 1000 and their like; None for other numbers."""
    digits = scale.rstrip("0")
    return len(scale) - 1 if digits == "1" and scale.isdecimal() else None
