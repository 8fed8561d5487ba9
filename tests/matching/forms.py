"""The table of forms, and how JioNLP and Recognizers-Text read them.

Each line of forms.csv is a sentence with its form in 【】, the day of the report where it counts, and the value: for
amounts, quantities and percents the two ends, the unit or currency and the qualifier; for dates the first and the
last day, the precision and the basis. A library is right when it reads the value of both ends; units, precision and
qualifiers, which they tell in ways of their own, count for ours alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from tagger.matching.matcher import Matcher

from .marked import mentions_in

Ends = tuple[object, object]


class Form(NamedTuple):
    """A line of the table."""

    line: int
    kind: str
    marked: str
    published: str | None
    ends: Ends
    unit: str
    qualifier: str

    @property
    def surface(self) -> str:
        return self.marked[self.marked.index("【") + 1 : self.marked.index("】")]

    @property
    def text(self) -> str:
        return re.sub("[【】]", "", self.marked)

    @property
    def span(self) -> tuple[int, int]:
        start = self.marked.index("【")
        return start, start + len(self.surface)


def table() -> list[Form]:
    """The lines of forms.csv."""
    with (Path(__file__).parent / "forms.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Form(
                number,
                row["kind"],
                row["text"],
                row["published"] or None,
                (row["low"] or None, row["high"] or None)
                if row["kind"] == "date"
                else (Decimal(row["low"]), Decimal(row["high"])),
                row["unit"],
                row["qualifier"],
            )
            for number, row in enumerate(csv.DictReader(lines), 2)
        ]


def ours(form: Form, matcher: Matcher) -> tuple[Ends, str, str] | None:
    """What we read at the form's place, in full; None when there is no mention with just this span and kind."""
    for mention in mentions_in(matcher, form.text, form.published):
        if (mention.start, mention.end) == form.span and mention.kind == form.kind and mention.value:
            value = mention.value
            if form.kind == "date":
                return (value.start, value.end), str(value.precision), str(value.basis)
            unit = value.currency if form.kind == "amount" else value.unit
            return (value.low_number, value.high_number), str(unit), str(value.qualifier)
    return None


def jionlp_reader() -> Callable[[Form], Ends | None]:
    """JioNLP on the sentence, else on the form alone, whichever is right; it reads money and time."""
    with redirect_stdout(io.StringIO()):
        import jionlp

    def amounts(form: Form) -> list[Ends]:
        parsed = [found["detail"] for found in jionlp.ner.extract_money(form.text)]
        parsed += _quietly(lambda: [jionlp.parse_money(form.surface)])
        return [_ends_of(detail["num"]) for detail in parsed]

    def dates(form: Form) -> list[Ends]:
        base = datetime.fromisoformat(form.published or "2025-01-01")
        at = {"year": base.year, "month": base.month, "day": base.day}
        parsed = _quietly(lambda: [f["detail"] for f in jionlp.ner.extract_time(form.text, time_base=at)])
        parsed += _quietly(lambda: [jionlp.parse_time(form.surface, time_base=at)])
        times = (detail.get("time") for detail in parsed)
        return [(time[0][:10], time[1][:10]) for time in times if isinstance(time, list)]

    return lambda form: _right(form, {"amount": amounts, "date": dates})


def recognizers_reader() -> Callable[[Form], Ends | None]:
    """Recognizers-Text on the sentence, else on the form alone, any of the values that it offers."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_percentage
    from recognizers_number_with_unit import recognize_currency
    from recognizers_text import Culture

    def both(form: Form, recognize: Callable[[str], list[object]]) -> list[dict[str, object]]:
        results = _quietly(lambda: recognize(form.text)) + _quietly(lambda: recognize(form.surface))
        return [result.resolution for result in results if result.resolution]

    def amounts(form: Form) -> list[Ends]:
        return [
            _ends_of(r["value"])
            for r in both(form, lambda t: recognize_currency(t, Culture.Chinese))
            if r["value"]
        ]

    def percents(form: Form) -> list[Ends]:
        found = both(form, lambda t: recognize_percentage(t, Culture.Chinese))
        return [_ends_of(str(r["value"]).rstrip("%")) for r in found if r["value"]]

    def dates(form: Form) -> list[Ends]:
        base = datetime.fromisoformat(form.published or "2025-01-01")
        found = both(form, lambda t: recognize_datetime(t, Culture.Chinese, reference=base))
        return [_days(value) for r in found for value in r.get("values") or ()]

    return lambda form: _right(form, {"amount": amounts, "percent": percents, "date": dates})


def _right(form: Form, readers: dict[str, Callable[[Form], list[Ends]]]) -> Ends | None:
    """The expected ends when a library offers them, else the first that it offers."""
    offered = readers[form.kind](form) if form.kind in readers else []
    return form.ends if form.ends in offered else next(iter(offered), None)


def _quietly(read: Callable[[], list[object]]) -> list[object]:
    """What a library reads; it raises errors of many kinds for what it cannot."""
    try:
        with redirect_stdout(io.StringIO()):
            return list(read())
    except Exception:
        return []


def _ends_of(number: object) -> Ends:
    low, high = number if isinstance(number, list) else (number, number)
    try:
        return Decimal(str(low)), Decimal(str(high))
    except InvalidOperation:
        return None, None


def _days(value: dict[str, str]) -> Ends:
    """First and last day; Recognizers-Text ends a range with the day behind it."""
    if "start" in value and "end" in value:
        last = date.fromisoformat(value["end"][:10]) - timedelta(days=1)
        return value["start"][:10], last.isoformat()
    return value.get("value", "")[:10], value.get("value", "")[:10]
