"""Quantitative targets of a policy: metric, operator, value, unit and deadline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagger.events._marks import last_of
from tagger.events.verbs import alternatives, last
from tagger.schema import Target

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from tagger.lexicon import Lexicon
    from tagger.schema import Mention, Operator

_OPERATORS: dict[str, Operator] = {
    "max": "<=",
    "min": ">=",
    "over": ">",
    "under": "<",
    "about": "~",
    "total": "=",
    "exact": "=",
}
_CLAUSE_ENDS = "，。；\n：、"
_SHORTEST_METRIC, _LONGEST_METRIC = 2, 40
_HUNDRED_MILLION = 100_000_000
_STOP = re.compile(r"[，。；！？\n：、]")
_FROM = re.compile(r"(?:由|从)\s?$")
_TO = re.compile(r"(?:提升|提高|增加|增长|扩大|扩容|上升|下降|降低|降|升|扩)(?:到|至)\s?$")
_LEAD = re.compile(
    r"^(?:力争|全市|全省|全国|全区|使|实现|将|把|其中|并|以上|左右|以内|余|具有|的|到|年|，|且|重点|新增|每年|累计|提出|目标|要求|推动|做到|以|上|个)+"
)
_TRIM = re.compile(
    r"(?:要|需|将|应|力争|争取|规模要|预计|目标|力争达|达|可|不|约|近|超|突破|达到|超过|提升到|提升至|提高到|提高至|为|占比达|要求|提升|提高|不低于|不少于|实现|由|从)+$"
)
_INDUSTRY = "产业|市场|营收|营业收入|收入|产值|增加值|经济|企业|融资|交易"
_OUTPUT = "规模|总量|收入|产值|估值|目标|增加值"
_QUALITY = re.compile(r"^[^的]{2,6}的(?=.{4})")
_OUTPUT_AIM = re.compile(rf"(?:{_INDUSTRY})\S{{0,6}}(?:{_OUTPUT})\S{{0,6}}$")
_YEAR = re.compile(r"^(?:到|至)?20\d{2}年(?:底|末|前)?")
_AIM = re.compile("力争|目标|提出|要求|计划|将|争取|明确|到20|规划|拟|上限|下限|每年|安排|支持|打造|推出")
_BY_THEN = re.compile("(?:到|至|目标|力争|计划)$")
_GROWTH = "增长"
_OF_THOSE = re.compile("(?:以上|以内|以下)?(?:的|且)")
_FOR = re.compile("对|凡|符合|给予")
_LATE_YEAR = re.compile(r"(?:到|至|于|在)?20\d{2}年(?:底|末|前)?$")
_PAST = re.compile("同比|环比|已|数据显示|截至|去年|上年|累计|占比(?!要)|约占")


class TargetReader:
    """Finds what a policy wants to reach by when; verbs of reaching are cues ``target/verb``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._verbs = alternatives(lexicon.cue("target/verb"))

    def read(self, text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[Target]:
        """The targets in ``text[start:end]``; ``mentions`` are those of the stretch, in order.

        Money is a target only as the output of an industry, and is told in 亿元.
        """
        targets: list[Target] = []
        deadline: str | None = None
        previous: Mention | None = None
        for mention in mentions:
            if mention.kind == "date":
                deadline = _deadline(text, mention) or deadline
            elif mention.kind in ("quantity", "percent") or (
                mention.kind == "amount" and is_output_aim(text, mention)
            ):
                target = self._target(text, start, end, mention, previous, deadline)
                previous = mention
                if target is not None:
                    targets.append(target)
        return targets

    def _target(
        self,
        text: str,
        start: int,
        end: int,
        mention: Mention,
        previous: Mention | None,
        deadline: str | None,
    ) -> Target | None:
        """One number as a target: it is aimed at, not reported, and something is named that it measures."""
        left = max(start, last_of(text, _CLAUSE_ENDS, start, mention.start) + 1)
        before = text[left : mention.start]
        aimed = deadline is not None or _AIM.search(text, max(start, mention.start - 60), mention.start)
        if not aimed or _PAST.search(before) or not (self._verbs.search(before) or _TO.search(before)):
            return None
        numbers = _numbers(mention)
        if numbers is None or _is_condition(text, before, mention):
            return None
        low, high, unit = numbers
        came_from = _start_value(text, previous, left)
        if came_from is not None and previous is not None:
            before = text[left : previous.start]
        metric = self._metric(text, before, mention, end, came_from is not None)
        if not 2 <= len(metric) <= _LONGEST_METRIC:
            return None
        qualifier = mention.value.qualifier if mention.value is not None else "exact"
        operator: Operator = (
            "between" if low != high else _OPERATORS[qualifier if isinstance(qualifier, str) else "exact"]
        )
        return Target(metric, operator, low, high if low != high else None, came_from, unit, deadline)

    def _metric(self, text: str, before: str, mention: Mention, end: int, rising: bool) -> str:
        """What is measured: named behind a count (建设3个孵化器), else in front of the verb (规模突破100EFLOPS)."""
        stop = _STOP.search(text, mention.end, end)
        behind = _LEAD.sub("", text[mention.end : stop.start() if stop else end]).strip(' ”“"）)（(')
        verb = None if rising else last(self._verbs, before)
        if verb is not None and mention.kind == "quantity" and len(behind) >= _SHORTEST_METRIC:
            return _QUALITY.sub("", behind)
        head = before[: verb.start()] if verb is not None else before
        growth = _GROWTH if verb is not None and verb[0] == _GROWTH and mention.kind == "percent" else ""
        return _tidy(head) + growth


def _is_condition(text: str, before: str, mention: Mention) -> bool:
    """Whether a number says for whom something is given (对新增超5000P的项目奖励…), not what is aimed at."""
    return _OF_THOSE.match(text, mention.end) is not None and _FOR.search(before) is not None


def is_output_aim(text: str, amount: Mention) -> bool:
    """Whether an amount is what an industry shall make (产业规模达到1000亿元), not money that is given."""
    return _OUTPUT_AIM.search(text[max(0, amount.start - 20) : amount.start]) is not None


def _tidy(head: str) -> str:
    """The words in front of a verb of reaching, without the year, the lead and the words of aiming around them."""
    name = _LATE_YEAR.sub("", _TRIM.sub("", head.strip()).strip())
    return _LEAD.sub("", _YEAR.sub("", _LEAD.sub("", _TRIM.sub("", name)))).strip(" “”")


def _deadline(text: str, date: Mention) -> str | None:
    """The last day of a date that says by when: 到2027年, 2025年底, 2028年前."""
    if date.value is None or not isinstance(date.value.end, str):
        return None
    led = _BY_THEN.search(text[max(0, date.start - 2) : date.start]) is not None
    closed = text[date.end : date.end + 1] in ("末", "底", "前", "，", "实", "力", "建", "形", "达", "提")
    return date.value.end if led or closed or "底" in date.text else None


def _start_value(text: str, previous: Mention | None, left: int) -> int | float | None:
    """The number from which the target starts (由25%提升到30%), when it stands in the same clause."""
    if (
        previous is None
        or previous.start < left
        or not _FROM.search(text[max(0, previous.start - 2) : previous.start])
    ):
        return None
    numbers = _numbers(previous)
    return numbers[0] if numbers else None


def _numbers(mention: Mention) -> tuple[int | float, int | float, str] | None:
    """Both ends of a value and its unit."""
    value = mention.value
    if value is None or value.low_number is None or value.high_number is None:
        return None
    if mention.kind == "amount":
        if value.currency != "CNY":
            return None
        return (
            _plain(value.low_number / _HUNDRED_MILLION),
            _plain(value.high_number / _HUNDRED_MILLION),
            "亿元",
        )
    return (
        _plain(value.low_number),
        _plain(value.high_number),
        value.unit if isinstance(value.unit, str) else "",
    )


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
