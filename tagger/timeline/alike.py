"""Titles much alike: one shortens the other, or they differ in words that carry no weight."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tagger.timeline.days import span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tagger.timeline.policies import Called, Name

_SHORTEST = 6
_ALIKE = 0.9
_SHORTENED = 0.6
_ROWS = 256
_YEAR = 366


def alike_pairs(called: Sequence[Called], light: Iterable[str]) -> Iterator[tuple[Name, Name]]:
    """(long, short) names of one place that are one title in two forms, the surest first.

    ``light`` are words that two forms may differ in (加快, 进一步, 推动 …). A shortened title must fit one longer
    title only, and neither may be told beside the other as a second policy of one report.
    """
    from rapidfuzz.distance import Opcodes  # noqa: F401 - fail early, with the name of what is missing

    places: dict[str, list[Called]] = defaultdict(list)
    for one in called:
        if len(one.name.core) >= _SHORTEST:
            places[one.name.region].append(one)
    words = tuple(light)
    for _, group in sorted(places.items()):
        found = [(sure, long, short) for long, short, sure in _candidates(group, words)]
        longer: dict[Name, set[str]] = defaultdict(set)
        for _, long, short in found:
            longer[short.name].add(long.name.core)
        for sure, long, short in sorted(found, key=lambda f: (not f[0], f[1].name, f[2].name)):
            if (sure or len(longer[short.name]) == 1) and not _beside(long, short):
                yield long.name, short.name


def _candidates(group: Sequence[Called], light: Sequence[str]) -> Iterator[tuple[Called, Called, bool]]:
    """Pairs that may be one title: (long, short, whether the words alone decide it)."""
    import numpy as np
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.process import cdist

    group = sorted(group, key=lambda c: (-len(c.name.core), c.name))
    cores = [c.name.core for c in group]
    lengths = np.array([len(core) for core in cores])
    for begin in range(0, len(group), _ROWS):
        rows = cores[begin : begin + _ROWS]
        common = cdist(rows, cores, scorer=LCSseq.similarity, dtype=np.int32)
        row_lengths = lengths[begin : begin + len(rows), None]
        shortened = (common == lengths) & (lengths >= _SHORTENED * row_lengths)
        alike = 2 * common >= _ALIKE * (row_lengths + lengths)
        for row, column in zip(*np.nonzero(shortened | alike), strict=True):
            long, short = group[begin + int(row)], group[int(column)]
            if (
                begin + int(row) < int(column)
                and long.name.core != short.name.core
                and long.name.core[-2:] == short.name.core[-2:]
            ):
                if _differ_lightly(long.name.core, short.name.core, light):
                    yield long, short, True
                elif shortened[row, column] and _same_time(long, short):
                    yield long, short, False


def _differ_lightly(one: str, other: str, light: Sequence[str]) -> bool:
    return _heavy(one, light) == _heavy(other, light)


def _heavy(core: str, light: Sequence[str]) -> str:
    for word in light:
        core = core.replace(word, "")
    return core


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
