"""Days as numbers: when an act may have been, as far as a claim tells."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache
from typing import NamedTuple

DRIFT = 45
"""Days by which two reports may miss each other over the turn of a year and still mean one act."""


class Span(NamedTuple):
    """First and last day as ordinals."""

    first: int
    last: int


@lru_cache(maxsize=65536)
def span_of(day: str | None) -> Span | None:
    """The days that an ISO date (2025, 2025-08, 2025-08-26) covers; None for no date, or what is none."""
    if not day:
        return None
    try:
        parts = [int(part) for part in day.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 0
        if len(parts) > 2:
            exact = date(*parts[:3]).toordinal()
            return Span(exact, exact)
        if month:
            return Span(
                date(year, month, 1).toordinal(),
                date(year, month, calendar.monthrange(year, month)[1]).toordinal(),
            )
        return Span(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    except (ValueError, IndexError):
        return None


def exact_day(day: str | None) -> date | None:
    """The day that a full ISO date names; None for a coarser one, or what is none."""
    span = span_of(day)
    return date.fromordinal(span.first) if span and day and day.count("-") == 2 else None


def ordinal(day: str | None) -> int | None:
    """The ordinal of the last day of a date."""
    span = span_of(day)
    return span.last if span else None


def year_of(ordinal_day: int) -> int:
    """The year of an ordinal."""
    return date.fromordinal(ordinal_day).year
