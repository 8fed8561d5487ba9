"""Amounts of money, quantities with units and percents, by one grammar: number → unit → qualifier → range."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from tagger.matching.numerals import HAN_NUMBER, NUMBER, Number, parse, written
from tagger.schema import Kind, Qualifier, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.lexicon import Lexicon, Unit

_RANGE = r"\s?(?:-|—{1,2}|–|~|～|至|到)\s?"
_PERCENT = re.compile(r"\s?(?:%|个?百分点|个?pct|bps?\b|个?基点|成(?![立为就本分员都交效果绩长熟功型品份人])|‰)")
_HUNDREDTH = re.compile(rf"百分之({NUMBER})")
_PREFIX = re.compile(r"(us\$|hk\$|\$|¥|€|£)\s?$")
_PREFIX_CURRENCY = {"us$": "USD", "$": "USD", "hk$": "HKD", "¥": "CNY", "€": "EUR", "£": "GBP"}
_LETTER_SCALE = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_GRANTING = "可?(?:补助|补贴|奖励|给予|资助|支持|获得?|申领|领取?|拨付)"
_MODEL_SIZE = re.compile(r"\s?([kmbt])(?![a-z0-9])")
_SIZE_CONTEXT = re.compile(r"参数|激活|稠密|moe|规模|模型|版本|尺寸")
_TOKEN_CONTEXT = re.compile(r"token|词元|语料|数据|上下文|预训练")


_PERCENT_UNIT: tuple[Kind, str, str] = ("percent", "%", "1")
_PERCENT_STARTS = frozenset("%‰个百pb基成")
_SIZE_STARTS = frozenset("kmbt")
_LINKS_END = "了有为达至到:：补助贴励予持得领取付获"
# Characters that a number in Han numerals begins with.
_HAN_STARTS = "零〇一二三四五六七八九十百千万亿两廿半数几上成"
_NO_UNIT = re.compile(r"个月|部门|部委|部长|部署|部分|位于|位置|条件|家庭|项目|点位|张力|张家|种植|次数|次要|次级|处理|处于|处罚|批复|批准|名义|名单|名称|级别|人工|人民|人形|人均|笔记|台湾|台账|片区|度假|件事|代表|起源|起草|起来|起到|起步|万向|方面|方案|方式|方向|方位|天然|周年|户外|份额|股份|股东|股票|股权|道路|层面|层次|成本|期货|期权|期间|类似|类型|套利|套现|支持|支付|支撑|支柱|座谈|只有|只能|只要|架构|间接|单位|单一|款项|克服|米兰|升级|升值|升至|升到")
# Counters in front of another unit: 280万个GPU小时 counts hours.
_COUNTERS = "个家项条件名人次位户只台套辆架艘座处栋间张份起批款种类部篇笔单片颗枚块瓶箱头羽亩"


class Measure(Struct, gc=False):
    """A found measure in offsets of the folded text."""

    start: int
    end: int
    kind: Kind
    value: Value


class MeasureGrammar:
    """Finds measures by the units and qualifier words of a lexicon."""

    def __init__(self, lexicon: Lexicon, currencies: dict[str, str]) -> None:
        fold = lexicon.folder.fold_term
        self._units: dict[str, Unit] = {fold(unit.surface): unit for unit in lexicon.units}
        self._currencies = {fold(surface): code for surface, code in currencies.items()}
        unit_words = sorted(self._units, key=lambda u: (-len(u), u))
        self._unit = re.compile(r"\s?(?:" + ("|".join(_unit_pattern(u) for u in unit_words) or "(?!)") + ")")
        self._currency = re.compile(
            "(" + "|".join(re.escape(c) for c in sorted(self._currencies, key=lambda c: (-len(c), c))) + ")"
        )
        starts = "".join(sorted({u[0] for u in (*unit_words, *self._currencies)}))
        self._unit_starts = frozenset(u[0] for u in unit_words)
        self._currency_starts = frozenset(c[0] for c in self._currencies)
        follow = "[" + "".join(re.escape(c) for c in starts if not c.isascii()) + "a-z%个成余多]|百分点|基点"
        self._arabic = re.compile(NUMBER)
        self._han = re.compile(rf"(?:百分之{HAN_NUMBER}|{HAN_NUMBER})(?={follow}|[-—~～至到])")
        # What begins a number that something counted may follow; the rest is read only there.
        behind = rf"[{re.escape(starts)}a-z%‰个成多余几十百千万亿基—–~～至到-]"
        self._trigger = re.compile(
            rf"[\d{_HAN_STARTS}](?:(?<=\d)(?<![\d.]\d)(?<!\d[-/]\d)(?:(?=[\d.,，]{{0,24}}+\s?{behind})|(?<=[$¥€£]\d)|(?<=[$¥€£]\s\d))"
            rf"|(?<!\d)(?=分之|[{_HAN_STARTS}点]{{0,24}}{behind}))"
        )
        self._second = re.compile(_RANGE + rf"(?P<n>{NUMBER})")
        self._before = [(name, _alternatives(lexicon.cue(f"qualifier/{name}"), before=True)) for name in ("max", "min", "over", "under", "about", "total")]
        self._after = [(name, _alternatives(lexicon.cue(f"after/{name}"), before=False)) for name in ("max", "min", "about", "over")]
        ends = {w[-1] for name in ("max", "min", "over", "under", "about", "total") for w in lexicon.cue(f"qualifier/{name}")}
        self._before_ends = frozenset(ends) | frozenset(_LINKS_END)
        begins = {w[0] for name in ("max", "min", "about", "over") for w in lexicon.cue(f"after/{name}")}
        self._after_begins = frozenset(begins) | frozenset("（( \t\n\xa0\u2009\u3000")
        self._money = re.compile("|".join(map(re.escape, sorted(lexicon.cue("money"), key=len, reverse=True))).lower())

    def find(self, text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Measure]:
        """The measures of a folded text, leaving out numbers that begin in one of the ``taken`` spans (in order)."""
        found: list[Measure] = []
        blocked = iter(taken)
        begin, stop = next(blocked, (len(text) + 1, len(text) + 1))
        done = 0
        for trigger in self._trigger.finditer(text):
            start = trigger.start()
            if start < done:
                continue
            while stop <= start:
                begin, stop = next(blocked, (len(text) + 1, len(text) + 1))
            arabic = "0" <= text[start] <= "9"
            number = (self._arabic if arabic else self._han).match(text, start)
            if number is None:
                continue
            done = number.end()
            if begin <= start < stop:
                continue
            measure = self._read(text, start, done, not arabic)
            if measure is not None:
                found.append(measure)
                done = measure.end
        return found

    def _read(self, text: str, start: int, end: int, han: bool) -> Measure | None:
        first = parse(text[start:end])
        if first is None:
            return None
        if text.startswith("百分之", start):
            return self._hundredth(text, start)
        own = self._unit_at(text, start, end, first, han)
        second = self._second.match(text, own[1] if own else end)
        if second:
            other = parse(second["n"])
            last = self._unit_at(text, second.start("n"), second.end(), other, False) if other else None
            if other is not None and last is not None and (own is None or own[0] == last[0]) and first.low <= other.high:
                return self._measure(text, start, last, first, other, own is not None)
        if own is None:
            return None
        return self._measure(text, start, own, first, None, True)

    def _hundredth(self, text: str, start: int) -> Measure | None:
        found = _HUNDREDTH.match(text, start)
        number = parse(found[1]) if found else None
        if found is None or number is None:
            return None
        value = self._value("percent", "%", Decimal(1), number, number, text, start, found.end())
        return Measure(start, found.end(), "percent", value)

    def _unit_at(self, text: str, start: int, end: int, number: Number | None, han: bool) -> tuple[tuple[Kind, str, str], int] | None:
        """What the number at ``start`` counts: ((kind, unit, scale), where the unit ends)."""
        if number is None:
            return None
        behind = text[end : end + 1]
        if behind == "%":
            return _PERCENT_UNIT, end + 1
        if behind.isspace():
            behind = text[end + 1 : end + 2]
        percent = _PERCENT.match(text, end) if behind in _PERCENT_STARTS else None
        if percent and not (han and percent[0].strip() == "成" and end - start > 2):
            unit = percent[0].strip()
            if unit == "%" or unit == "‰":
                return ("percent", unit, "1"), percent.end()
            if unit == "成":
                return ("percent", "%", "10"), percent.end()
            return ("percent", "bp" if unit.startswith("b") or "基点" in unit else "pp", "1"), percent.end()
        currency = self._currency.match(text, end) if behind in self._currency_starts else None
        if currency:
            return ("amount", self._currencies[currency[1]], "1"), currency.end()
        if behind in self._unit_starts and (not han or number.low > 1 or number.high > 1) or behind in _SIZE_STARTS and not han:
            size = None if han or behind not in _SIZE_STARTS else _MODEL_SIZE.match(text, end)
            if size and not self._unit_longer(text, end, size.end()):
                sized = self._size(text, start, size.end(), size[1])
                if sized:
                    return sized, size.end()
            unit = self._unit.match(text, end)
            if unit and not (start and text[start - 1] == "第") and not _NO_UNIT.match(text, unit.end() - 1):
                counted = self._unit.match(text, unit.end()) if unit[0].strip() == "个" else None
                unit = counted if counted is not None and not counted[0].strip()[0] in _COUNTERS else unit
                entry = self._units[unit[0].strip()]
                if not self._plausible(text, start, end, unit.end(), entry, number):
                    return None
                return ("quantity", entry.unit, entry.scale), unit.end()
        prefix = None if han else _PREFIX.search(text, max(0, start - 5), start)
        if prefix:
            return ("amount", _PREFIX_CURRENCY[prefix[1]], "1"), end
        if number.multiplier >= 10**8 and text[end - 1] == "亿" and self._money.search(text, max(0, start - 14), start):
            return ("amount", "CNY", "1"), end
        return None

    def _unit_longer(self, text: str, end: int, size_end: int) -> bool:
        unit = self._unit.match(text, end)
        return unit is not None and unit.end() > size_end

    def _size(self, text: str, start: int, end: int, letter: str) -> tuple[Kind, str, str] | None:
        """671B is a number of parameters, 14.8T of tokens, where the words around say so."""
        around = text[max(0, start - 12) : end + 14]
        after = text[end : end + 14]
        if letter in "bm" and (_SIZE_CONTEXT.search(around) or "参数" in after[:4]):
            unit = "token" if re.match(r"\s?(?:高质量)?(?:的)?\s?(?:token|词元)", after) else "参数"
            return "quantity", unit, str(_LETTER_SCALE[letter])
        if letter in "tkbm" and (_TOKEN_CONTEXT.search(after) or _TOKEN_CONTEXT.search(text[max(0, start - 10) : start])):
            return "quantity", "token", str(_LETTER_SCALE[letter])
        if letter == "t" and "参数" in around:
            return "quantity", "参数", str(_LETTER_SCALE[letter])
        return None

    def _plausible(self, text: str, start: int, end: int, unit_end: int, unit: Unit, number: Number) -> bool:
        """Letters such as P and E count computing power only behind a number that is no year, page or multiple."""
        surface = text[end:unit_end].strip()
        if surface in ("p", "e"):
            if surface == "e" and 1990 <= number.low <= 2100:
                return False
            if text[unit_end : unit_end + 1].isalnum() and text[unit_end : unit_end + 1].isascii():
                return False
            around = text[max(0, start - 30) : unit_end + 30]
            return bool(re.search(r"算力|智算|超算|算|flops|p\b", around))
        return not (surface in ("度", "点", "级") and number.low < 1)

    def _measure(self, text: str, start: int, unit: tuple[tuple[Kind, str, str], int], first: Number, other: Number | None, own: bool) -> Measure:
        (kind, name, scale), end = unit
        low = high = first
        if other is not None:
            high = other
            if not own and first.multiplier == 1 and other.multiplier > 1:
                low = first._replace(low=first.low * other.multiplier)
        begin = start
        if kind == "percent" and begin and text[begin - 1] in "+-±" and not (begin > 1 and text[begin - 2].isascii() and (text[begin - 2].isalnum() or text[begin - 2] == "%")):
            sign = text[begin - 1]
            begin -= 1
            if sign == "-":
                low, high = (high._replace(low=-high.high), low._replace(high=-low.low)) if other else (low._replace(low=-low.low), low._replace(high=-low.high))
        prefix = _PREFIX.search(text, max(0, begin - 5), begin) if kind == "amount" else None
        if prefix:
            begin = prefix.start()
        value = self._value(kind, name, Decimal(scale), low, high, text, begin, end)
        return Measure(begin, end, kind, value)

    def _value(self, kind: Kind, unit: str, scale: Decimal, low: Number, high: Number, text: str, start: int, end: int) -> Value:
        if unit == "USD cent":
            unit, scale = "USD", Decimal("0.01")
        lowest, highest = written(low.low * scale), written(high.high * scale)
        qualifier = self._qualifier(text, start, end, low.sureness if low.sureness != "exact" else high.sureness)
        if kind == "amount":
            return Value(low=lowest, high=highest, currency=unit, qualifier=qualifier)
        return Value(low=lowest, high=highest, unit=unit, qualifier=qualifier)

    def _qualifier(self, text: str, start: int, end: int, sureness: str) -> Qualifier:
        """The bound that the words around put on a number; a bound comes before a total."""
        after = self._first(self._after, text, end) if text[end : end + 1] in self._after_begins else None
        if after in ("max", "min"):
            return after
        before: Qualifier | None = None
        left = text[max(0, start - 12) : start].rstrip()
        weak: Qualifier | None = None
        while left and left[-1] in self._before_ends:
            for name, pattern in self._before:
                hit = pattern.search(left)
                if hit:
                    break
            else:
                break
            if name == "total":
                weak = weak or "total"
            elif before is None:
                before = name  # type: ignore[assignment]
            left = left[: hit.start()].rstrip()
        if before in ("max", "min", "over", "under"):
            return before
        if sureness == "over":
            return "over"
        if before or after:
            return before or after or "exact"
        if sureness == "about":
            return "about"
        return weak or "exact"

    @staticmethod
    def _first(patterns: list[tuple[str, re.Pattern[str]]], text: str, at: int) -> Qualifier | None:
        for name, pattern in patterns:
            if pattern.match(text, at):
                return name  # type: ignore[return-value]
        return None


def _unit_pattern(unit: str) -> str:
    """A unit in Latin letters ends where no letter or digit follows."""
    return re.escape(unit) + (r"(?![a-z0-9])" if unit[-1].isascii() and unit[-1].isalnum() else "")


def _alternatives(words: list[str], before: bool) -> re.Pattern[str]:
    body = "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))
    if before:
        return re.compile(rf"(?:{body})(?:了|有|为|达到?|可达|至|到|[:：]|{_GRANTING})?$")
    return re.compile(rf"\s?(?:[（(][^）)]{{1,8}}[）)])?(?:{body})")
