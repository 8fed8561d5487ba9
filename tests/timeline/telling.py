"""Claims in one line, for tests that read as stories."""

from __future__ import annotations

from typing import Any

from tagger.schema import Event, Instrument
from tagger.timeline import Claim, Evidence, Report

CAPITALS = {
    "北京市": "provincial",
    "广东省": "provincial",
    "深圳市": "municipal",
    "广州市": "municipal",
    "杭州市": "municipal",
    "合肥市": "municipal",
}


def told(
    report: str,
    title: str,
    date: str | None = None,
    *,
    published: str | None = None,
    region: str | None = None,
    words: str = "",
    page: int | None = None,
    supplied: frozenset[str] = frozenset(),
    **fields: Any,
) -> Claim:
    """What a report says of a policy. ``words`` are its paragraph on ``page``; the title there is the evidence."""
    precision = {None: "none", 4: "year", 7: "month", 10: "day"}[date and len(date)]
    event = Event(
        title,
        date=date,
        region=region,
        level=CAPITALS.get(region or "", "municipal") if region else "national",
        **{"date_precision": precision, "date_from": "text" if date else "none", **fields},
    )
    paragraph = words or title
    start = max(paragraph.find(title), 0)
    evidence = Evidence(start, start + len(title), paragraph, 0, page)
    report_of = Report(report, published or date, f"{report}证券", f"{report}.txt")
    return Claim(event, report_of, (evidence,), ("policy",), supplied)


def money(
    name: str,
    amount: float | None = None,
    period: str | None = None,
    scope: str = "total",
    qualifier: str = "exact",
) -> Instrument:
    return Instrument(name, amount, qualifier if amount else None, period, scope)  # type: ignore[arg-type]
