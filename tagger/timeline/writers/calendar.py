"""The timeline as an iCalendar: an all-day entry for every act whose day is known, and one for its coming into force."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO

from tagger.timeline.days import exact_day
from tagger.timeline.writers.words import conflicts, instruments, place, status, targets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from icalendar import Event

    from tagger.timeline.record import TimelineEvent

_DOMAIN = "tagger.timeline"
# Two exports of one timeline are the same bytes, so the stamp that the format asks for is no time of day.
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


def write(events: Sequence[TimelineEvent], file: BinaryIO) -> None:
    """Write the calendar; an act known to the month or year only has no day to stand on and is left out."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//tagger//timeline//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "政策时间线")
    for event in events:
        for name, text, word in (("act", event.date, status(event)), ("effective", event.effective, "施行")):
            day = exact_day(text)
            if day is not None:
                calendar.add_component(_entry(event, f"{event.id}-{name}", day, word))
    file.write(calendar.to_ical())


def _entry(event: TimelineEvent, uid: str, day: date, word: str) -> Event:
    from icalendar import Event

    entry = Event()
    entry.add("uid", f"{uid}@{_DOMAIN}")
    entry.add("dtstamp", _STAMP)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", f"{word}：{event.title}")
    entry.add("location", place(event))
    entry.add("categories", [status(event)])
    entry.add("transp", "TRANSPARENT")
    entry.add("description", "\n".join(_lines(event)))
    return entry


def _lines(event: TimelineEvent) -> list[str]:
    lines = ["、".join(event.issuers), event.doc_number or "", *instruments(event), *targets(event)]
    lines += [f"说法不一 {words}" for words in conflicts(event)]
    lines += [
        " ".join(filter(None, (report.publisher, report.published, report.source))) or report.id
        for report in event.documents
    ]
    return [line for line in lines if line]
