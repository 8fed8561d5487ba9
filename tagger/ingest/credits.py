"""Who signs the report: its analysts with their licences, and the house that publishes it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tagger.ingest.traits import LICENCE, SIGNER, SPACE
from tagger.schema import Analyst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tagger.ingest.cues import Cues

_LICENCE = re.compile(r"(?<![A-Z0-9])[SA]\d{13}(?!\d)")
_NAME = re.compile(r"[\u4e00-\u9fff]{1,2}\s?[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{2,5}·[\u4e00-\u9fff]{2,8}")
_BETWEEN_NAMES = re.compile(r"[、，,;；/]|\s{2,}|(?<=[\u4e00-\u9fff]{3})\s|\sS\d|[（(]")
_ROLE_BEHIND = re.compile(r"\s*(.{2,6}?)\s*[（(](.{2,8}?)[）)]")
_STROKE = re.compile(r"\s+[|｜]\s+")
_BEHIND_NAME = re.compile(r"[\s：:（(]")
_COLON = re.compile("[：:]")
_LONGEST_BEHIND_HOUSE = 9  # characters: 股份有限公司研究所
_LAST_PAGES = 6000  # characters in which the declarations stand


class _Signed(NamedTuple):
    name: str
    analyst: bool


def analysts_in(lines: Iterable[tuple[str, int]], cues: Cues) -> list[Analyst]:
    """The analysts in the order of the masthead; assistants and contacts are passed over with their licences.

    ``lines`` are given with their traits.
    """
    signed: list[_Signed] = []
    licences: list[str | None] = []
    waiting: bool | None = None  # a label stood alone: whether it was an analyst's
    for line, its in _parted(lines):
        if waiting is None and not its & (SIGNER | LICENCE):
            continue
        licensed = list(_LICENCE.finditer(line)) if its & LICENCE else []
        if waiting is None and not licensed and not cues.signers.search(line):
            continue
        named = list(_names_at_label(line, cues)) if its & SIGNER else []
        if not named and waiting is not None and _is_name(line):
            named = [_Signed(line.replace(" ", ""), waiting)]
        if not named and licensed:
            name = _before(line, licensed[0].start())
            named = [_Signed(name, analyst=True)] if _is_name(name) and name not in cues.labels else []
        for one in named:
            if one.name not in [other.name for other in signed]:
                signed.append(one)
                licences.append(None)
        waiting = None if named else _lone_label(line, cues, waiting)
        for licence in (found[0] for found in licensed):
            if licence not in licences and None in licences:
                licences[licences.index(None)] = licence
    return [Analyst(one.name, licence) for one, licence in zip(signed, licences, strict=True) if one.analyst]


def _parted(lines: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Lines, and what stands between the strokes of one that names several: 张三 S… | 李四 S…."""
    for line, its in lines:
        if its & SPACE and ("|" in line or "｜" in line):
            yield from ((part, its) for part in _STROKE.split(line))
        else:
            yield line, its


def _names_at_label(line: str, cues: Cues) -> Iterator[_Signed]:
    """``分析师：张三、李四``, ``张三（分析师）``, ``分析师 张三`` and ``张三 首席分析师``."""
    label, *values = _COLON.split(line, maxsplit=1)
    role = _role(label, cues) if values else None
    if role is not None:
        value = values[0]
        for name in _BETWEEN_NAMES.split(value):
            if _is_name(name.strip()):
                yield _Signed(name.strip().replace(" ", ""), role)
        return
    behind = _ROLE_BEHIND.match(line)
    if behind and _is_name(behind[1]) and (role := _role(behind[2], cues)) is not None:
        yield _Signed(behind[1].replace(" ", ""), role)
        return
    words = line.split()
    if len(words) < 2:
        return
    first, second = words[:2]
    if _is_name(second) and (role := _role(first, cues)) is not None and _role(second, cues) is None:
        yield _Signed(second, role)
    elif _is_name(first) and (role := _role(second, cues)) is not None:
        yield _Signed(first, role)
    elif _LICENCE.search(line):
        for labels, analyst in ((cues.assistants, False), (cues.analysts, True)):
            label = max((label for label in labels if first.startswith(label)), key=len, default="")
            if label and _is_name(first[len(label) :]):
                yield _Signed(first[len(label) :], analyst)
                return


def _role(label: str, cues: Cues) -> bool | None:
    """True for an analyst's label, False for an assistant's, None for neither."""
    bare = label.replace(" ", "")
    return False if bare.endswith(cues.assistants) else True if bare.endswith(cues.analysts) else None


def _lone_label(line: str, cues: Cues, waiting: bool | None) -> bool | None:
    role = _role(line.rstrip("：: "), cues) if len(line) < 12 else None
    return role if role is not None else waiting if len(line) < 4 else None


def _before(line: str, at: int) -> str:
    return _BEHIND_NAME.split(line[:at].strip(), maxsplit=1)[0].replace(" ", "")


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text.strip()))


def publisher_in(lines: Sequence[str], text: str, cues: Cues) -> str | None:
    """The house that publishes: a line of the masthead, else who signs the figures, else who declares at the end."""
    for line in lines:
        found = cues.publishers.match(line)
        if found and len(line) - found.end() <= _LONGEST_BEHIND_HOUSE and not _role(line, cues):
            return found[1]
    sources = "\n".join(re.findall(r"来源\s*[：:].{0,60}", text))
    for place in (sources, text[-_LAST_PAGES:], text[:_LAST_PAGES]):
        counts = Counter(found[1] for found in cues.publishers.finditer(place))
        if counts:
            return counts.most_common(1)[0][0]
    return None
