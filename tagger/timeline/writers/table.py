"""The timeline as CSV: one event a line, what is a list joined by ``；``, amounts in yuan."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO

from tagger.timeline.writers.words import conflicts, instruments, targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.timeline.record import TimelineEvent

COLUMNS = (
    "id", "date", "date_precision", "region", "level", "status", "title", "issuers", "doc_number", "effective", "until",
    "instruments", "amount_cny_max", "targets", "themes", "documents", "publishers", "conflicts", "links", "policy",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(events: Sequence[TimelineEvent], file: BinaryIO) -> None:
    """Write CSV in UTF-8 with the mark by which spreadsheets know it."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, events))
    text.flush()
    text.detach()


def _row(event: TimelineEvent) -> list[str]:
    amounts = [one.amount_cny for one in event.instruments if one.amount_cny is not None]
    cells = [
        event.id, event.date, event.date_precision, event.region, event.level, event.status, event.title,
        "；".join(event.issuers), event.doc_number, event.effective, event.until, "；".join(instruments(event)),
        str(max(amounts)) if amounts else None, "；".join(targets(event)), "；".join(event.themes),
        "；".join(report.id for report in event.documents),
        "；".join(dict.fromkeys(report.publisher for report in event.documents if report.publisher)),
        "；".join(conflicts(event)), "；".join(f"{one.type} {one.to}" for one in event.links), event.policy,
    ]  # fmt: skip
    return [_harmless(cell or "") for cell in cells]


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula is marked as text."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
