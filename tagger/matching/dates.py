"""Dates as Chinese reports write them, resolved against the day of the report.

A date without a year is the nearest past one when the act is past, the nearest future one when it is to come; a
day without a month takes the month of the report. What is taken from another date of the sentence has the
basis ``context``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tagger.matching._found import Candidate
from tagger.matching._moments import dates
from tagger.matching._trie import Trie
from tagger.matching.numerals import DIGITS
from tagger.schema import DatePrecision, Value

if TYPE_CHECKING:
    from tagger.lexicon import Lexicon
    from tagger.matching.scan import Span

_D = "[〇零一二三四五六七八九十]"
_YEAR = rf"(?:(?:19|20)\d{{2}}|{_D}{{4}})\s?年(?![期龄])(?:度)?"
_MONTH = r"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九])\s?月(?:份)?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9](?!\d)|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])\s?[日号](?![线楼院机文令店])"
_QUARTER = r"(?:第?[一二三四1-4]季度?|前三季度?|[上下]半年|[qh][1-4])"
_SEP = r"\s?(?:-|—{1,2}|–|~|～|至|到|─)\s?"
_DAY_OF_RANGE = rf"(?:3[01]|[12]\d|0?[1-9])(?={_SEP}{_DAY})"
_RELATIVE_YEAR = r"(?:去年|今年|明年|前年|后年|本年|当年|次年|上年)(?:度)?"
_WEEK = r"(?:上上?|本|这|下)?(?:周|星期)[一二三四五六日天]|(?:上|本|这|下)周(?!期|边|转|报)末?|(?:上|本|这|下)个?月(?!份)(?:底|末|初|上旬|中旬|下旬)?"

_FORMS = [
    # 2025年12月29日, 2025年12月, 2025年底, 2025年第三季度, 2025年, each maybe a range
    (
        "ymd",
        rf"(?P<y1>{_YEAR})\s?(?P<m1>{_MONTH})\s?(?P<d1>{_DAY_OF_RANGE}|{_DAY})(?:{_SEP}(?:(?P<y2>{_YEAR})\s?)?(?:(?P<m2>{_MONTH})\s?)?(?P<d2>{_DAY}))?",
    ),
    (
        "ym",
        rf"(?P<ym_y>{_YEAR})\s?(?P<ym_m>\d{{1,2}}(?={_SEP}\d{{1,2}}\s?月)|{_MONTH})(?P<ym_p>底|末|初|上旬|中旬|下旬)?(?:{_SEP}(?:(?P<ym_y2>{_YEAR})\s?)?(?P<ym_m2>{_MONTH}))?",
    ),
    ("yq", rf"(?P<yq_y>{_YEAR})\s?(?P<yq_q>{_QUARTER})"),
    (
        "yy",
        rf"(?P<yy_1>(?:19|20)\d{{2}})\s?年?{_SEP}(?P<yy_2>(?:19|20)\d{{2}})\s?年(?!以?[前后内])(?:度)?(?P<yy_p>底|末)?",
    ),
    ("y", rf"(?P<y_y>{_YEAR})(?P<y_p>年?(?:底|末|初|终)(?!期))?"),
    (
        "iso",
        r"(?<![\d.])(?P<i1>(?:19|20)\d{2})\s?(?P<is>[-./])\s?(?P<i2>1[0-2]|0?[1-9])\s?(?P=is)\s?(?P<i3>3[01]|[12]\d|0?[1-9])(?!\d)(?:\s?日)?(?:"
        + _SEP
        + r"(?:(?P<j1>(?:19|20)\d{2})(?P=is))?(?P<j2>1[0-2]|0?[1-9])(?P=is)(?P<j3>3[01]|[12]\d|0?[1-9])(?!\d))?",
    ),
    ("isom", r"(?<![\d.])(?P<k1>20\d{2})[-./](?P<k2>1[0-2]|0[1-9])(?![\d.%-])"),
    ("yx", r"(?<![\d.a-z])(?P<x_y>20\d{2}|[12]\d)\s?(?P<x_q>[qh][1-4]|[1-4][qh])(?![a-z0-9])"),
    ("xy", r"(?<![\d.a-z])(?P<xy_q>[1-4]q|[12]h)(?P<xy_y>20\d{2}|[12]\d)(?![\d.%a-z])"),
    ("ye", r"(?<![\d.a-z])(?P<e_y>20[0-4]\d)(?:e|a)(?![a-z0-9])"),
    (
        "sy",
        rf"(?<![\d.第近超达约])(?P<s_y>[012]\d)\s?年(?:(?P<s_q>{_QUARTER})|(?P<s_m>{_MONTH})(?:\s?(?P<s_d>{_DAY}))?|(?P<s_p>底|末|初|中期)|(?!以?[前后内来间期龄]|代|[的]?历史))",
    ),
    (
        "rm",
        rf"(?P<rm_y>{_RELATIVE_YEAR})\s?(?:(?P<rm_m>{_MONTH})(?:\s?(?P<rm_d>{_DAY}))?|(?P<rm_q>{_QUARTER})|(?P<rm_p>年?(?:底|末|初)))",
    ),
    ("ry", rf"(?P<ry_y>{_RELATIVE_YEAR})(?!来|以来|同期)(?:内(?![销需存容外部地陆蒙生]))?"),
    (
        "md",
        rf"(?<![\d.])(?P<md_m1>{_MONTH})\s?(?P<md_d1>{_DAY})(?:{_SEP}(?:(?P<md_m2>{_MONTH})\s?)?(?P<md_d2>{_DAY}))?",
    ),
    ("mdsep", rf"(?<![\d.])(?P<ms_m>{_MONTH})\s?(?P<ms_d1>\d{{1,2}}){_SEP}(?P<ms_d2>{_DAY})"),
    ("mm", rf"(?<![\d.第])(?P<mm_1>1[0-2]|0?[1-9]){_SEP}(?P<mm_2>{_MONTH})"),
    ("m", rf"(?<![\d.第])(?P<m_m>{_MONTH})(?P<m_p>底|末|初|上旬|中旬|下旬)?(?![\d个均亮球色饼租供薪])"),
    (
        "dots",
        r"(?<![\d.])(?P<p1>1[0-2]|0?[1-9])\.(?P<p2>3[01]|[12]\d|0?[1-9])"
        + _SEP
        + r"(?P<p3>1[0-2]|0?[1-9])\.(?P<p4>3[01]|[12]\d|0?[1-9])(?![\d.%])(?!\s?[{units}])",
    ),
    ("dd", rf"(?<![\d.第])(?P<dd_1>\d{{1,2}}){_SEP}(?P<dd_2>{_DAY})"),
    ("d", r"(?<![\d.第:])(?P<d_d>(?:3[01]|[12]\d|0?[1-9])\s?日)(?![元内均线经期语报活产前后])"),
    (
        "q",
        r"(?<![\d.a-z])(?P<q_q>第?[一二三四]季度|前三季度|[上下]半年|q[1-4](?![a-z0-9])|[1-4]q(?![a-z0-9]))",
    ),
    ("week", rf"(?P<w>{_WEEK})"),
    ("rd", r"(?P<rd>昨日|昨天|昨晚|今日(?!头条)|今天|今晨|明日|明天|前日|前天)"),
    ("same", r"(?P<same>同日|当日(?!无)|当天|次日)"),
    (
        "end",
        r"(?<![个0-9一二两三四五六七八九十数几半])(?P<end>年底|年末|年内|年初|年中(?!国)|月底|月末|月初|月内)(?!新|老|季)",
    ),
    (
        "plan",
        r"(?P<plan>“?十[一二三四五六]五”?)(?=规划|时期|期间|期末|末|以来|纲要|收官|开局|[，。、；）]|$|建议|”)",
    ),
]
# The forms by their opening: a year in digits, another number in digits, each before what; Han numerals, a word.
_BY_START = {
    "year 年": ("ymd", "ym", "yq", "yy", "y"),
    "year": ("ymd", "ym", "yq", "yy", "y", "iso", "isom", "yx", "ye"),
    "number 年": ("sy",),
    "number 月": ("md", "mdsep", "m"),
    "number 日": ("d",),
    "number": ("yx", "xy", "sy", "md", "mdsep", "mm", "m", "dots", "dd", "d", "q"),
    "han": ("recent", "ymd", "ym", "yq", "y", "md", "mdsep", "m", "q", "plan"),
    "word": ("recent", "rm", "ry", "q", "week", "rd", "same", "end", "plan"),
}
_MONTH_PART = re.compile("[上本这下]个?月(底|末|初|上旬|中旬|下旬)?")
_OPENINGS = [
    *(a + "年" for a in "去今明前后本当次上"),
    *("第" + a + "季" for a in "一二三四1234"),
    *("前三季", "上半年", "下半年", "q1", "q2", "q3", "q4"),
    *(a + b for a in ("周", "星期", "上周", "上上周") for b in "一二三四五六日天"),
    *(a + b for a in "上本这下" for b in ("周", "星期", "月", "个月")),
    *(
        "昨日",
        "昨天",
        "昨晚",
        "今日",
        "今天",
        "今晨",
        "明日",
        "明天",
        "前日",
        "前天",
        "同日",
        "当日",
        "当天",
        "次日",
    ),
    *(a + b for a in "年月" for b in ("底", "末", "内", "初")),
    *("年中", "“十"),
]
"""What the forms of words begin with."""
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
_REMEMBERED = 50_000
_LONGEST_CLAUSE = 60
_DEADLINE_BEFORE = ("到", "至", "力争")
_DEADLINE_BEHIND = ("底", "末", "前")
_OPENS = ("，", ",", "：", ":", "；", "、")
_FAR, _NEAR = 270, 90  # days
_BEFORE_NUMBER = re.compile(r"(?:历时|长达|近|超过?|达|约|逾|共)$")


class _Span(NamedTuple):
    first: date | None
    last: date | None
    precision: DatePrecision
    basis: str


class _Forms(dict[str, re.Pattern[str]]):
    """The pattern of the forms that begin alike, compiled when it is first needed."""

    def __init__(self, patterns: dict[str, str]) -> None:
        self._patterns = patterns

    def __missing__(self, start: str) -> re.Pattern[str]:
        forms = (f"(?P<f_{name}>{self._patterns[name]})" for name in _BY_START[start])
        made = self[start] = re.compile("|".join(forms))
        return made


class DateGrammar:
    """Finds and resolves dates. Words for 近日 and the like, and those that point ahead, are cues."""

    self_contained = frozenset(
        ("recent", "ymd", "ym", "yq", "yy", "y", "iso", "isom", "yx", "xy", "ye", "sy", "plan")
    )
    """The forms that mean the same whatever stands around them."""

    def __init__(self, lexicon: Lexicon) -> None:
        recent = "|".join(map(re.escape, sorted(lexicon.cue("date/recent"), key=len, reverse=True)))
        self.future = Trie((), [lexicon.cue("date/future")])
        patterns = dict(_FORMS, recent=f"(?<!工作)(?<!交易)(?<!自然)(?:{recent})")
        units = {word[0] for word in (*(unit.surface for unit in lexicon.units), *lexicon.currencies)} | set(
            "万亿千百"
        )
        patterns["dots"] = patterns["dots"].replace(
            "{units}", re.escape("".join(sorted(units - set("年月日号周期天"))))
        )
        self.forms = _Forms(patterns)
        self.names = {f"f_{name}": name for name in patterns}
        self.plain_year = _plain_year
        self.cues = {"moment": [*_OPENINGS, *map(lexicon.folder.fold_term, lexicon.cue("date/recent"))]}
        """The words that are looked for before anything else is."""
        self._resolved: dict[tuple[object, ...], tuple[_Span, Value] | None] = {}

    def find(self, text: str, published: date | None, openings: list[Span]) -> list[Candidate]:
        """The dates of a folded text in order; ``openings`` are the spans of the words in ``self.cues``."""
        return dates(text, openings, published, self)

    @staticmethod
    def counts(text: str, start: int) -> bool:
        """Whether what stands before a number says that it counts months or years."""
        return _BEFORE_NUMBER.search(text, max(0, start - 3), start) is not None

    @staticmethod
    def lent_to(text: str, start: int, end: int, year: int, published: date | None) -> int:
        """How far a year that stands by itself is that of the dates behind it: not if a deadline, or still to come.

        Set off by a mark it opens what follows (2023年，3月…); otherwise it belongs to its clause only.
        """
        if text[end - 1] in "底末" or text[end : end + 1] in _DEADLINE_BEHIND:
            return 0
        if (
            text[max(0, start - 2) : start].endswith(_DEADLINE_BEFORE)
            and text[max(0, start - 2) : start] != "截至"
        ):
            return 0
        if published is not None and year > published.year:
            return 0
        if text[end : end + 1] in _OPENS:
            return len(text)
        stop = text.find("，", end, end + _LONGEST_CLAUSE)
        return stop if stop >= 0 else end + _LONGEST_CLAUSE

    def meaning(
        self,
        name: str,
        hit: re.Match[str],
        published: date | None,
        future: bool,
        last_day: date | None,
        last_year: int | None,
    ) -> tuple[_Span, Value] | None:
        """The date that a hit stands for; what was worked out before in the same context is remembered."""
        key = (name, hit[0], published, future, last_day, last_year)
        try:
            return self._resolved[key]
        except KeyError:
            pass
        try:
            span = self._resolve(name, hit, published, future, last_day, last_year)
        except (ValueError, OverflowError):  # 2月30日 and its like, and days beyond the calendar
            span = None
        if len(self._resolved) > _REMEMBERED:
            self._resolved.clear()
        answer = self._resolved[key] = None if span is None else (span, _value(span))
        return answer

    def _resolve(
        self,
        name: str,
        hit: re.Match[str],
        published: date | None,
        future: bool,
        last_day: date | None,
        last_year: int | None,
    ) -> _Span | None:
        g = hit.groupdict()
        if name == "recent":
            return _Span(None, None, "recent", "none")
        if name == "ymd":
            first = date(_year(g["y1"]), _number(g["m1"]), _number(g["d1"]))
            if not g["d2"]:
                return _Span(first, first, "day", "text")
            last = date(
                _year(g["y2"]) if g["y2"] else first.year,
                _number(g["m2"]) if g["m2"] else first.month,
                _number(g["d2"]),
            )
            return _Span(first, last, "day", "text")
        if name == "ym":
            year, month = _year(g["ym_y"]), _number(g["ym_m"])
            if g["ym_m2"]:
                year2 = _year(g["ym_y2"]) if g["ym_y2"] else year
                return _Span(date(year, month, 1), _month_end(year2, _number(g["ym_m2"])), "month", "text")
            return _month_part(year, month, g["ym_p"], "text")
        if name == "yq":
            return _quarter(_year(g["yq_y"]), g["yq_q"], "text")
        if name == "yy":
            if int(g["yy_2"]) < int(g["yy_1"]):
                return None
            return _Span(date(int(g["yy_1"]), 1, 1), date(int(g["yy_2"]), 12, 31), "year", "text")
        if name == "y":
            return _year_part(_year(g["y_y"]), g["y_p"], "text")
        if name == "iso":
            first = date(int(g["i1"]), int(g["i2"]), int(g["i3"]))
            if g["j3"]:
                return _Span(first, date(int(g["j1"] or g["i1"]), int(g["j2"]), int(g["j3"])), "day", "text")
            return _Span(first, first, "day", "text")
        if name == "isom":
            return _month_part(int(g["k1"]), int(g["k2"]), None, "text")
        if name == "yx":
            year = int(g["x_y"])
            return _quarter(year if year > 99 else 2000 + year, g["x_q"], "text")
        if name == "xy":
            year = int(g["xy_y"])
            return _quarter(year if year > 99 else 2000 + year, g["xy_q"], "text")
        if name == "ye":
            return _year_part(int(g["e_y"]), None, "text")
        if name == "sy":
            year = 2000 + int(g["s_y"])
            if not 2000 <= year <= 2040:
                return None
            if g["s_q"]:
                return _quarter(year, g["s_q"], "text")
            if g["s_d"]:
                day = date(year, _number(g["s_m"]), _number(g["s_d"]))
                return _Span(day, day, "day", "text")
            if g["s_m"]:
                return _month_part(year, _number(g["s_m"]), None, "text")
            return _year_part(year, g["s_p"], "text") if year >= 2008 else None
        if name == "plan":
            return _five_years(g["plan"])
        return self._relative(name, g, published, future, last_day, last_year)

    def _relative(
        self,
        name: str,
        g: dict[str, str | None],
        published: date | None,
        future: bool,
        last_day: date | None,
        last_year: int | None,
    ) -> _Span | None:
        """Dates that need the day of the report or another date of the text."""
        if name in ("rm", "ry"):
            word = (g["rm_y"] if name == "rm" else g["ry_y"]) or ""
            year, basis = _relative_year(word, published, last_year)
            if year is None:
                return _Span(None, None, "year" if name == "ry" else "none", "none")
            if name == "ry":
                return _year_part(year, None, basis)
            if g["rm_q"]:
                return _quarter(year, g["rm_q"], basis)
            if g["rm_p"]:
                return _year_part(year, g["rm_p"], basis)
            month = _number(g["rm_m"] or "")
            if g["rm_d"]:
                day = date(year, month, _number(g["rm_d"]))
                return _Span(day, day, "day", basis)
            return _month_part(year, month, None, basis)
        if name == "same":
            if last_day is None:
                return None
            day = last_day + timedelta(days=1) if g["same"] == "次日" else last_day
            return _Span(day, day, "day", "context")
        if name in ("md", "mdsep", "dots", "mm", "m"):
            return self._yearless(name, g, published, future, last_year)
        if published is None:
            return _Span(None, None, "none", "none") if name != "q" else None
        if name in ("d", "dd"):
            return _bare_day(name, g, published, future, last_day)
        if name == "q":
            return _nearest_quarter(g["q_q"] or "", published, future, last_year)
        if name == "rd":
            shift = {"昨": -1, "今": 0, "明": 1, "前": -2}[(g["rd"] or "")[0]]
            day = published + timedelta(days=shift)
            return _Span(day, day, "day", "published")
        if name == "end":
            word = g["end"] or ""
            if word[0] == "年":
                year = last_year or published.year
                if not last_year and not future and word in ("年底", "年末") and published.month <= 3:
                    year -= 1
                return _year_part(
                    year,
                    word[1:] if word != "年内" and word != "年中" else None,
                    "context" if last_year else "published",
                )
            return _month_part(
                published.year, published.month, word[1:] if word != "月内" else None, "published"
            )
        return _week(g["w"] or "", published)

    def _yearless(
        self, name: str, g: dict[str, str | None], published: date | None, future: bool, last_year: int | None
    ) -> _Span | None:
        if name == "md":
            months = _number(g["md_m1"] or ""), _number((g["md_m2"] or g["md_m1"]) or "")
            days: tuple[int, int] | None = (
                _number(g["md_d1"] or ""),
                _number((g["md_d2"] or g["md_d1"]) or ""),
            )
        elif name == "mdsep":
            months = (_number(g["ms_m"] or ""),) * 2
            days = int(g["ms_d1"] or 0), _number(g["ms_d2"] or "")
        elif name == "dots":
            months, days = (int(g["p1"] or 0), int(g["p3"] or 0)), (int(g["p2"] or 0), int(g["p4"] or 0))
        elif name == "mm":
            months, days = (int(g["mm_1"] or 0), _number(g["mm_2"] or "")), None
        else:
            months, days = (_number(g["m_m"] or ""),) * 2, None
        if last_year is not None:
            year, basis = last_year, "context"
        elif published is not None:
            month = months[1] if name == "mm" and months[0] == 1 else months[0]  # 1-11月 sums up what is past
            year, basis = _nearest_year(month, days[0] if days else None, published, future), "published"
        else:
            precision: DatePrecision = "day" if days else "month"
            return _Span(None, None, precision, "none")
        year2 = year + (months[1] < months[0])
        if days:
            return _Span(date(year, months[0], days[0]), date(year2, months[1], days[1]), "day", basis)
        if name == "m":
            return _month_part(year, months[0], g["m_p"], basis)
        return _Span(date(year, months[0], 1), _month_end(year2, months[1]), "month", basis)


@lru_cache(4096)
def _plain_year(text: str) -> tuple[int, Value]:
    """A year in four digits and what it means."""
    return int(text), _value(_year_part(int(text), None, "text"))


def _day(year: int, month: int, day: int) -> date:
    """A day, the last of its month where that is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _nearest_year(month: int, day: int | None, published: date, future: bool) -> int:
    """The year that makes a month (and day) the nearest past or future one seen from the report."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    years = (published.year, published.year + 1, published.year - 1)
    if future and day:  # 自3月1日起施行 in a report of 9 March is this year's
        distance = {year: (_day(year, month, day) - published).days for year in years}
        coming = next(year for year in years if distance[year] >= 0)
        past = max((year for year in years if distance[year] < 0), default=coming)
        return past if distance[coming] > _FAR and -distance[past] < _NEAR else coming
    for year in (published.year, published.year + 1) if future else (published.year, published.year - 1):
        first = date(year, month, min(day or 1, monthrange(year, month)[1]))
        last = first if day else _month_end(year, month)
        if (last >= published) if future else (first <= published):
            return year
    return published.year


def _bare_day(
    name: str, g: dict[str, str | None], published: date, future: bool, last_day: date | None
) -> _Span | None:
    """28日: the day of the report's month, or of the nearest month past or to come; of the month just named."""
    numbers = [_number(g["d_d"] or "")] if name == "d" else [int(g["dd_1"] or 0), _number(g["dd_2"] or "")]
    year, month = published.year, published.month
    basis = "published"
    if last_day is not None:
        year, month, basis = last_day.year, last_day.month, "context"
    elif not future and numbers[0] > published.day:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    elif future and numbers[0] < published.day:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    days = [date(year, month, n) for n in numbers]
    return _Span(days[0], days[-1], "day", basis)


def _nearest_quarter(word: str, published: date, future: bool, last_year: int | None) -> _Span | None:
    if last_year is not None:
        return _quarter(last_year, word, "context")
    span = _quarter(published.year, word, "published")
    if span is not None and span.first is not None and span.first > published and not future:
        return _quarter(published.year - 1, word, "published")
    return span


def _week(word: str, published: date) -> _Span | None:
    month_word = _MONTH_PART.fullmatch(word)
    if month_word:
        month = published.month + {"上": -1, "下": 1}.get(word[0], 0)
        year = published.year + (month == 13) - (month == 0)
        return _month_part(year, (month - 1) % 12 + 1, month_word[1], "published")
    shift = -1 if word.startswith("上") else 1 if word.startswith("下") else 0
    if word.startswith("上上"):
        shift = -2
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
    if word[-1] in _WEEKDAYS:
        day = monday + timedelta(days=_WEEKDAYS[word[-1]])
        if shift == 0 and word[0] not in "本这" and day > published:
            day -= timedelta(weeks=1)
        return _Span(day, day, "day", "published")
    first = monday + timedelta(days=5 if word.endswith("末") else 0)
    return _Span(first, monday + timedelta(days=6), "day", "published")


def _relative_year(word: str, published: date | None, last_year: int | None) -> tuple[int | None, str]:
    if word.startswith(("当年", "次年", "上年")) and last_year is not None:
        return last_year + {"当": 0, "次": 1, "上": -1}[word[0]], "context"
    if published is None:
        return None, "none"
    shift = {"去": -1, "今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "前": -2, "后": 2, "上": -1}[word[0]]
    return published.year + shift, "published"


def _year_part(year: int, part: str | None, basis: str) -> _Span:
    if part and part[-1] in "底末终":
        return _Span(date(year, 12, 31), date(year, 12, 31), "year", basis)
    if part and part[-1] == "初":
        return _Span(date(year, 1, 1), date(year, 1, 31), "year", basis)
    return _Span(date(year, 1, 1), date(year, 12, 31), "year", basis)


def _month_part(year: int, month: int, part: str | None, basis: str) -> _Span:
    last = _month_end(year, month)
    if part in ("底", "末"):
        return _Span(last, last, "month", basis)
    if part == "初":
        return _Span(date(year, month, 1), date(year, month, 10), "month", basis)
    if part in ("上旬", "中旬", "下旬"):
        first = {"上旬": 1, "中旬": 11, "下旬": 21}[part]
        return _Span(
            date(year, month, first), last if part == "下旬" else date(year, month, first + 9), "month", basis
        )
    return _Span(date(year, month, 1), last, "month", basis)


def _quarter(year: int, word: str, basis: str) -> _Span | None:
    if word.startswith("前三"):
        return _Span(date(year, 1, 1), date(year, 9, 30), "quarter", basis)
    if "半年" in word or "h" in word:
        second = word.startswith("下") or "2" in word
        return _Span(
            date(year, 7 if second else 1, 1),
            date(year, 12 if second else 6, 31 if second else 30),
            "half",
            basis,
        )
    number = next((_QUARTERS[c] for c in word if c in _QUARTERS), None)
    if number is None:
        return None
    return _Span(date(year, 3 * number - 2, 1), _month_end(year, 3 * number), "quarter", basis)


def _five_years(word: str) -> _Span:
    """十四五 is the fourteenth five-year plan, 2021 to 2025."""
    number = 10 + DIGITS[word.strip("“”")[1]]
    first = 2021 + 5 * (number - 14)
    return _Span(date(first, 1, 1), date(first + 4, 12, 31), "year", "text")


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else date(year, 13, 1)


def _year(word: str) -> int:
    body = word.strip().rstrip("度").rstrip("年").strip()
    return (
        int(body)
        if body.isdecimal() and body.isascii()
        else int("".join(str(DIGITS[c]) for c in body if c in DIGITS))
    )


def _number(word: str) -> int:
    """The number of a month or day: 12月, 十二月, 三十一日."""
    body = word.rstrip("份日号").strip().rstrip("月").strip()
    if body.isascii():
        return int(body)
    if "十" in body:
        tens, _, ones = body.partition("十")
        return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)
    return int("".join(str(DIGITS[c]) for c in body))


def _value(span: _Span) -> Value:
    return Value(
        start=span.first.isoformat() if span.first else None,
        end=span.last.isoformat() if span.last else None,
        precision=span.precision,
        basis=span.basis,  # type: ignore[arg-type]
    )
