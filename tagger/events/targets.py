"""Quantitative targets of a policy: metric, operator, value, unit and deadline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
_STOP = re.compile(r"[，。；！？\n：、]")
_FROM = re.compile(r"(?:由|从)\s?$")
_TO = re.compile(r"(?:提升|提高|增加|增长|扩大|扩容|上升|下降|降低|降|升|扩)(?:到|至)\s?$")
_LEAD = re.compile(
    r"^(?:力争|全市|全省|全国|全区|使|实现|将|把|其中|并|以上|左右|以内|余|具有|的|到|年|，|且|重点|新增|每年|累计|提出|目标|要求|推动|做到|以|上|个)+"
)
_TRIM = re.compile(
    r"(?:要|需|将|应|力争|争取|规模要|预计|目标|力争达|达|可|不|约|近|超|突破|达到|超过|提升到|提升至|提高到|提高至|为|占比达|提升|提高|不低于|不少于|实现|由|从)+$"
)
_AIM = re.compile("力争|目标|提出|要求|计划|将|争取|明确|到20|规划|拟|上限|下限|每年|安排|支持|打造|推出")
_PAST = re.compile("同比|环比|已|数据显示|截至|去年|上年|累计|占比(?!要)|约占")


class TargetReader:
    """Finds what a policy wants to reach by when; verbs of reaching are cues ``target/verb``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._verbs = alternatives(lexicon.cue("target/verb"))

    def read(self, text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[Target]:
        """The targets in ``text[start:end]``; ``mentions`` are those of the stretch, in order."""
        targets: list[Target] = []
        deadline: str | None = None
        previous: Mention | None = None
        for mention in mentions:
            if mention.kind == "date" and mention.value is not None and isinstance(mention.value.end, str):
                if (
                    text[max(0, mention.start - 1) : mention.start] in ("到", "至")
                    or text[mention.end : mention.end + 1] in ("末", "底", "前", "，", "实", "力")
                    or "底" in mention.text
                ):
                    deadline = mention.value.end
                continue
            if mention.kind not in ("quantity", "percent") or mention.value is None:
                continue
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
        left_stop = max((text.rfind(c, start, mention.start) for c in "，。；\n：、"), default=-1) + 1
        left_stop = max(left_stop, start)
        before = text[left_stop : mention.start]
        stop = _STOP.search(text, mention.end, end)
        after = text[mention.end : stop.start() if stop else end]
        verb = last(self._verbs, before)
        if verb is None and not _TO.search(before):
            return None
        if (
            deadline is None and not _AIM.search(text, max(start, mention.start - 60), mention.start)
        ) or _PAST.search(before):
            return None
        value = mention.value
        if value is None or value.low_number is None or value.high_number is None:
            return None
        came_from = None
        if (
            previous is not None
            and previous.value is not None
            and previous.value.low_number is not None
            and _FROM.search(text[max(0, previous.start - 2) : previous.start])
            and previous.start >= left_stop
        ):
            came_from = _plain(previous.value.low_number)
            before = text[left_stop : previous.start]
            verb = None
        behind = _LEAD.sub("", after).strip(' ”“"）)（(')
        metric = ""
        if verb is not None and mention.kind == "quantity":
            metric = behind if len(behind) >= 2 else ""
        if not metric:
            head = _TRIM.sub("", before[: verb.start()] if verb is not None else before).strip()
            metric = _LEAD.sub("", head).strip(" “”")
        if not 2 <= len(metric) <= 40:
            return None
        between = value.low_number != value.high_number
        qualifier = value.qualifier if isinstance(value.qualifier, str) else "exact"
        operator: Operator = "between" if between else _OPERATORS[qualifier]
        unit = value.unit if isinstance(value.unit, str) else ""
        return Target(
            metric,
            operator,
            _plain(value.low_number),
            _plain(value.high_number) if between else None,
            came_from,
            unit,
            deadline,
        )


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
