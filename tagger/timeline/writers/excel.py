"""The timeline as an Excel workbook: a sheet each for events, instruments, targets and sources; dates are dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from tagger.timeline.days import exact_day
from tagger.timeline.writers.words import (
    LEVEL_NAME,
    LINK_NAME,
    THEME_NAME,
    conflicts,
    instruments,
    place,
    status,
    targets,
)
from tagger.view import PERIOD_NAME, QUALIFIER_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tagger.timeline.record import TimelineEvent

_LONGEST_CELL = 32_767
# Two exports of one timeline are the same bytes, so the workbook does not say when it was made.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_SCOPE_NAME = {"total": "总额", "recipient": "单个主体", "project": "单个项目"}


class _Sheet(NamedTuple):
    name: str
    columns: tuple[tuple[str, int], ...]
    rows: Iterable[tuple[Any, ...]]


def write(events: Sequence[TimelineEvent], file: BinaryIO) -> None:
    """Write the workbook. A date known to the day is a date; a coarser one stays the words it is."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        file, {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    )
    book.set_properties({"created": _CREATED})
    head = book.add_format({"bold": True, "bg_color": "#F3E3DF", "bottom": 1, "valign": "vcenter"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
    whole, broken = (
        book.add_format({"num_format": form, "valign": "top"}) for form in ("#,##0", "#,##0.00##")
    )
    words = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in (_events(events), _instruments(events), _targets(events), _sources(events)):
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for column, (_, width) in enumerate(sheet.columns):
            page.set_column(column, column, width)
        page.write_row(0, 0, [name for name, _ in sheet.columns], head)
        last = 0
        for last, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(last, column, cell, day)
                elif isinstance(cell, (int, float)):
                    page.write_number(last, column, cell, whole if cell == int(cell) else broken)
                elif cell:
                    page.write_string(last, column, cell[:_LONGEST_CELL], words)
        page.autofilter(0, 0, last, len(sheet.columns) - 1)
    book.close()


def _events(events: Sequence[TimelineEvent]) -> _Sheet:
    columns = (
        ("编号", 15), ("日期", 12), ("精度", 8), ("地区", 14), ("层级", 8), ("状态", 10), ("政策", 48), ("发布机构", 30),
        ("文号", 22), ("施行", 12), ("有效期至", 12), ("资金工具", 36), ("目标", 36), ("主题", 14), ("研报数", 8),
        ("说法不一", 36), ("相关政策", 30), ("词条", 24),
    )  # fmt: skip
    rows = (
        (
            event.id, _day(event.date), event.date_precision, place(event), LEVEL_NAME[event.level], status(event), event.title,
            "、".join(event.issuers), event.doc_number, _day(event.effective), _day(event.until), "\n".join(instruments(event)),
            "\n".join(targets(event)), "、".join(THEME_NAME.get(theme, theme) for theme in event.themes), len(event.documents),
            "\n".join(conflicts(event)), "\n".join(f"{LINK_NAME[link.type]} {link.to}" for link in event.links), event.policy,
        )
        for event in events
    )  # fmt: skip
    return _Sheet("events", columns, rows)


def _instruments(events: Sequence[TimelineEvent]) -> _Sheet:
    columns = (*_HEAD, ("资金工具", 24), ("金额（元）", 20), ("限定", 10), ("周期", 10), ("口径", 12))
    rows = (
        (*head, one.name, one.amount_cny, QUALIFIER_NAME.get(one.qualifier or ""), PERIOD_NAME.get(one.period or ""), _SCOPE_NAME[one.scope])
        for event, head in _heads(events)
        for one in event.instruments
    )  # fmt: skip
    return _Sheet("instruments", columns, rows)


def _targets(events: Sequence[TimelineEvent]) -> _Sheet:
    columns = (
        *_HEAD,
        ("指标", 28),
        ("关系", 8),
        ("数值", 14),
        ("上限", 14),
        ("起点", 14),
        ("单位", 12),
        ("期限", 12),
    )
    rows = (
        (*head, one.metric, one.op, one.value, one.value_high, one.from_, one.unit, _day(one.by))
        for event, head in _heads(events)
        for one in event.targets
    )
    return _Sheet("targets", columns, rows)


def _sources(events: Sequence[TimelineEvent]) -> _Sheet:
    columns = (*_HEAD, ("研报", 20), ("发布日", 12), ("机构", 16), ("文件", 30), ("页", 6), ("原文", 80))
    rows = (
        (
            *head,
            report.id,
            _day(report.published),
            report.publisher,
            report.source,
            evidence.page,
            _quote(evidence),
        )
        for event, head in _heads(events)
        for report in event.documents
        for evidence in report.evidence
    )
    return _Sheet("sources", columns, rows)


_HEAD = (("编号", 15), ("日期", 12), ("地区", 14), ("政策", 48))


def _heads(events: Sequence[TimelineEvent]) -> Iterator[tuple[TimelineEvent, tuple[Any, ...]]]:
    return ((event, (event.id, _day(event.date), place(event), event.title)) for event in events)


def _quote(evidence: Any) -> str:
    begin = evidence.start - evidence.paragraph_start
    return str(evidence.paragraph[begin : begin + evidence.end - evidence.start])


def _day(text: str | None) -> date | str | None:
    """A date where the day is known, else the words."""
    return exact_day(text) or text
