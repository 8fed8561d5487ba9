"""When an act took place, and from when to when the policy holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.events.scene import Scene
    from tagger.events.verbs import Verbs
    from tagger.schema import Event, Mention

_EFFECTIVE = re.compile(r"\s?(?:起|日起|起正式|起开始|正式)?(?:起)?(?:施行|实施|生效|执行|起效)")
_UNTIL = re.compile(r"有效期(?:限)?(?:截?至|到|延长至)\s?$")
_DEADLINE = re.compile(r"(?:反馈期|截止|期限|申报期|公示期|截至|意见反馈)\S{0,6}(?:至|到|为)?\s?$")
_AIM = re.compile(r"(?:到|至|力争|力争到|截至|截止|期间|前)\s?$")
_SIGNED = re.compile(r"(?:落款|文件日期|签发|印发|发布|于|自)\S{0,4}$")
_CLAUSE = re.compile("[，。；]")
_REACH = 30
_DATED = ("issued", "draft", "amended")


def read_dates(scene: Scene, event: Event, verbs: Verbs) -> None:
    """Set date, effective and until of an event from the dates of its scene."""
    chosen = _before(scene, event, verbs)
    for date in _dates(scene.behind):
        if _is_recent(date):
            if chosen is None and _of_the_act(scene, date, verbs):
                chosen = date
        elif _takes_effect(scene.text, date):
            event.effective = event.effective or _first(date)
        elif _UNTIL.search(scene.text[max(0, date.start - 8) : date.start]):
            event.until = _last_day(date)
        elif (chosen is None or _coarser(chosen, date)) and _of_the_act(scene, date, verbs):
            chosen = date
    set_date(event, chosen if chosen is not None else _headed(scene, event, verbs))


def read_later_dates(text: str, event: Event, again: Sequence[Mention], verbs: Verbs) -> None:
    """Fill what the sentence of a policy leaves open from the ``again`` mentions of later ones that speak of it."""
    for date in _dates(again):
        if _takes_effect(text, date):
            event.effective = event.effective or _first(date)
        elif _UNTIL.search(text[max(0, date.start - 8) : date.start]):
            event.until = event.until or _last_day(date)
        elif event.date_precision == "none" and event.status in _DATED and not _is_other(text, date):
            after = _CLAUSE.split(text[date.end : date.end + 24], 1)[0]
            if verbs.act(after):
                set_date(event, date)


def set_date(event: Event, date: Mention | None) -> None:
    """Take a date mention as the date of the act, as coarse as it is."""
    if date is None or date.value is None:
        return
    first = _first(date)
    precision = date.value.precision
    if first is None:
        if precision == "recent":
            event.date_precision, event.date_from = "recent", "text"
        return
    if precision == "day" and first != _last_day(date):
        event.date_precision, event.date_from = "recent", "text"  # 上周: some day of a span
    elif isinstance(precision, str):
        event.date = {"day": first, "month": first[:7]}.get(precision, first[:4])
        event.date_precision, event.date_from = precision, "text"


def _before(scene: Scene, event: Event, verbs: Verbs) -> Mention | None:
    """The date in front of the policy; for a cited one only if it is that of its issue."""
    dates = [
        m for m in scene.near if m.kind == "date" and m.value is not None and not _is_other(scene.text, m)
    ]
    if not dates:
        return None
    between = scene.text[dates[-1].end : scene.anchor.start]
    if event.status == "cited":
        far = not verbs.act(between) and len(between.strip("的《“，")) > 6
        if far or verbs.cited.search(between):
            return None
    return dates[-1]


def _of_the_act(scene: Scene, date: Mention, verbs: Verbs) -> bool:
    """Whether a date behind the policy is that of the act: a verb stands by it (于2月14日由省政府印发)."""
    text = scene.text
    if date.start - scene.anchor.end > _REACH or _is_other(text, date):
        return False
    after = _CLAUSE.split(text[date.end : date.end + 16], 1)[0]
    return verbs.act(after) or _SIGNED.search(text[max(0, date.start - 6) : date.start]) is not None


def _headed(scene: Scene, event: Event, verbs: Verbs) -> Mention | None:
    """The date at the head of a sentence that tells of several acts (5月12日解读两份文件：…), for those with none."""
    if event.status not in _DATED or verbs.act(scene.left + scene.right[:16]):
        return None
    dates = [m for m in _dates(scene.head) if not _is_other(scene.text, m)]
    return dates[0] if dates and verbs.act(scene.text[dates[0].end : dates[0].end + 12]) else None


def _dates(mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if m.kind == "date" and m.value is not None and (_first(m) or _is_recent(m))]


def _is_recent(date: Mention) -> bool:
    return date.value is not None and date.value.precision == "recent"


def _takes_effect(text: str, date: Mention) -> bool:
    return _EFFECTIVE.match(text, date.end) is not None


def _is_other(text: str, date: Mention) -> bool:
    """A date that is not that of the act: an aim, a deadline, an effect, a period over years."""
    left, right = text[max(0, date.start - 10) : date.start], text[date.end : date.end + 8]
    if _takes_effect(text, date) or _UNTIL.search(left) or _DEADLINE.search(left):
        return True
    value = date.value
    if value is None:
        return True
    if value.precision in ("year", "quarter", "half"):
        ends = date.text[-1:] in "底末" or right.startswith(("前", "底", "末"))
        if ends or _AIM.search(left):
            return True
    first, final = _first(date), _last_day(date)
    return first is not None and final is not None and first[:4] != final[:4]


def _coarser(date: Mention, other: Mention) -> bool:
    """Whether another date is of a day where this one is not."""
    return (
        date.value is not None
        and other.value is not None
        and date.value.precision != "day" == other.value.precision
    )


def _first(date: Mention) -> str | None:
    return date.value.start if date.value is not None and isinstance(date.value.start, str) else None


def _last_day(date: Mention) -> str | None:
    return date.value.end if date.value is not None and isinstance(date.value.end, str) else None
