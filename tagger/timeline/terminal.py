"""The timeline as a table in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.timeline.writers.words import conflicts, day, instruments, place, status, targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from tagger.timeline.record import TimelineEvent

_STATUS_STYLE = {
    "issued": "green",
    "draft": "yellow",
    "planned": "cyan",
    "cited": "dim",
    "amended": "magenta",
    "repealed": "red",
}


def show(events: Sequence[TimelineEvent], console: Console) -> None:
    """Print the events as a table, disagreements below their policy."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"政策时间线（{len(events)} 项）", title_justify="left", expand=True, show_lines=True)
    for name, ratio in (
        ("日期", 3),
        ("地区", 2),
        ("状态", 2),
        ("政策", 7),
        ("发布机构", 4),
        ("资金工具与目标", 6),
        ("研报", 3),
    ):
        table.add_column(name, ratio=ratio, overflow="fold", min_width=10 if name == "日期" else None)
    for event in events:
        title = Text(event.title)
        for line in (event.doc_number, *(f"说法不一 {words}" for words in conflicts(event))):
            if line:
                title.append(f"\n{line}", style="dim" if line == event.doc_number else "yellow")
        table.add_row(
            day(event) or "—",
            place(event),
            Text(status(event), style=_STATUS_STYLE[event.status]),
            title,
            Text("\n".join(event.issuers) or "—"),
            Text("\n".join([*instruments(event), *targets(event)]) or "—"),
            Text("\n".join(dict.fromkeys(report.publisher or report.id for report in event.documents))),
        )
    console.print(table)
