"""Titles much alike: one shortens the other, or they differ in words that carry no weight."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tagger.timeline.days import span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tagger.timeline.policies import Called, Name

_SHORTEST = 6
_SHORTENED = 0.6
_ROWS = 256
_YEAR = 366


def alike_pairs(called: Sequence[Called], light: Iterable[str]) -> Iterator[tuple[Name, Name]]:
    """(long, short) names of one place that are one title in two forms, the surest first.

    ``light`` are words that two forms may differ in (加快, 进一步, 推动 …). A title that is shortened otherwise must
    fit one longer title only. Two titles that one report tells beside each other are two.
    """
    places: dict[str, list[Called]] = defaultdict(list)
    for one in called:
        if len(one.name.core) >= _SHORTEST:
            places[one.name.region].append(one)
    words = sorted(light, key=len, reverse=True)
    for _, group in sorted(places.items()):
        group.sort(key=lambda c: (-len(c.name.core), c.name))
        for long, short in (*_light_pairs(group, words), *_shortened_pairs(group)):
            if not _beside(long, short):
                yield long.name, short.name


def _light_pairs(group: Sequence[Called], light: Sequence[str]) -> Iterator[tuple[Called, Called]]:
    """Titles that are the same but for light words."""
    first: dict[str, Called] = {}
    for one in group:
        core = one.name.core
        for word in light:
            core = core.replace(word, "")
        leader = first.setdefault(core, one)
        if leader is not one and len(core) >= _SHORTEST // 2:
            yield leader, one


def _shortened_pairs(group: Sequence[Called]) -> list[tuple[Called, Called]]:
    """Titles that leave out words of one longer title, told at its time. ``group`` has the longest first."""
    import numpy as np
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.process import cdist

    cores = [one.name.core for one in group]
    lengths = np.array([len(core) for core in cores])
    found: dict[Name, list[Called]] = defaultdict(list)
    for begin in range(0, len(group), _ROWS):
        rows = cores[begin : begin + _ROWS]
        common = cdist(rows, cores, scorer=LCSseq.similarity, dtype=np.int32)
        row_lengths = lengths[begin : begin + len(rows), None]
        shortened = (common == lengths) & (lengths < row_lengths) & (lengths >= _SHORTENED * row_lengths)
        for row, column in np.argwhere(shortened):
            long, short = group[begin + int(row)], group[int(column)]
            if long.name.core[-2:] == short.name.core[-2:] and _same_time(long, short):
                found[short.name].append(long)
    by_name = {one.name: one for one in group}
    return [
        (long[0], by_name[name])
        for name, long in sorted(found.items())
        if len({c.name.core for c in long}) == 1
    ]


def _same_time(long: Called, short: Called) -> bool:
    """Whether a shortened title is dated as the long one, or told without a date in the year after it."""
    dates = {c.event.date for c in long.claims if c.event.date}
    if not dates:
        return False
    said = {c.event.date for c in short.claims if c.event.date}
    if said:
        return any(a.startswith(b) or b.startswith(a) for a in dates for b in said)
    days = [span for span in map(span_of, dates) if span]
    told = [span for span in (span_of(c.report.published) for c in short.claims) if span]
    return bool(days and told) and all(
        any(day.first <= t.last <= day.last + _YEAR for day in days) for t in told
    )


def _beside(one: Called, other: Called) -> bool:
    return not {c.report.id for c in one.claims}.isdisjoint(c.report.id for c in other.claims)
