"""The timeline as Markdown, by year, with the sources of every act."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from tagger.timeline.writers.words import LINK_NAME, conflicts, day, instruments, place, status, targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tagger.timeline.record import TimelineEvent

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")
_BREAK = re.compile(r"\s*\n\s*")


def write(events: Sequence[TimelineEvent], file: BinaryIO) -> None:
    """Write a heading for every year and a list item for every act."""
    titles = {event.id: event.title for event in events}
    lines = ["# 政策时间线", ""]
    for year, acts in groupby(events, key=lambda event: event.date[:4] if event.date else ""):
        lines += [f"## {year} 年" if year else "## 日期未明", ""]
        for event in acts:
            lines += [*_item(event, titles), ""]
    file.write("\n".join(lines).rstrip().encode() + b"\n")


def _item(event: TimelineEvent, titles: dict[str, str]) -> Iterator[str]:
    head = " · ".join(filter(None, (day(event), place(event), status(event))))
    yield f"- **{_plain(head)}** 《{_plain(event.title)}》" + (
        f" {_plain(event.doc_number)}" if event.doc_number else ""
    )
    details = [
        ("发布机构", "、".join(event.issuers)),
        ("资金工具", "；".join(instruments(event))),
        ("目标", "；".join(targets(event))),
        *(("说法不一", words) for words in conflicts(event)),
        *((LINK_NAME[link.type], f"《{titles[link.to]}》") for link in event.links if link.to in titles),
        (
            "出处",
            "；".join(
                " ".join(filter(None, (r.publisher, r.published, r.source))) or r.id for r in event.documents
            ),
        ),
    ]
    for name, words in details:
        if words:
            yield f"  - {name}：{_plain(words)}"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKS.sub(r"\\\1", _BREAK.sub(" ", text))
