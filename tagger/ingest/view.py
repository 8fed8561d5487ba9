"""What was understood of a report, as text: metadata, sections, paragraphs and where each came from."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagger.ingest.reading import Passage, Reading
    from tagger.schema import Meta

_SHOWN = 60


def as_text(reading: Reading, *, dropped: bool = False, full: bool = False) -> str:
    """The reading in lines; with ``dropped`` also what was left out, with ``full`` whole paragraphs.

    A paragraph is named by its page (PDF) and the offset of its first character in the source; ``+1`` says that it
    was put together from two stretches of it.
    """
    parts = [
        *_meta(reading.meta),
        *(f"warning    {warning}" for warning in reading.warnings),
        "",
        *_paragraphs(reading, full),
    ]
    if dropped:
        parts += ["", *_dropped(reading)]
    return "\n".join(parts)


def _meta(meta: Meta) -> Iterator[str]:
    values = {
        "title": meta.title,
        "subtitle": meta.subtitle,
        "publisher": meta.publisher,
        "published": meta.published,
        "period": " – ".join(meta.period) if meta.period else None,
        "industry": meta.industry,
        "rating": meta.rating,
        "analysts": "、".join(f"{a.name} {a.licence}" if a.licence else a.name for a in meta.analysts)
        or None,
        "related": "".join(f"《{title}》" for title in meta.related) if meta.related else None,
    }
    for name, value in values.items():
        yield f"{name:<10} {value or '–'}"


def _paragraphs(reading: Reading, full: bool) -> Iterator[str]:
    starts = [origin[0] for origin in reading.origins]
    counts = Counter(passage.section for passage in reading.passages)
    for section, passages in groupby(reading.passages, key=lambda passage: passage.section):
        yield f"[{section}] {counts[section]}"
        for passage in passages:
            yield f"{_place(reading, passage, starts):>12}  {_kind(passage)} {_words(reading, passage, full)}"


def _place(reading: Reading, passage: Passage, starts: list[int]) -> str:
    from bisect import bisect_right

    first = bisect_right(starts, passage.start) - 1
    last = bisect_right(starts, passage.end - 1) - 1
    start, source, _, page = reading.origins[first]
    pages = {origin[3] for origin in reading.origins[first : last + 1]}
    more = f"+{len(pages) - 1}" if len(pages) > 1 else ""
    offset = source + passage.start - start
    return f"p{page}{more}:{offset}" if page is not None else f"{offset}"


def _kind(passage: Passage) -> str:
    return "#" if passage.heading else "|" if passage.row else " "


def _words(reading: Reading, passage: Passage, full: bool) -> str:
    text = reading.text[passage.start : passage.end].replace("\t", " | ")
    return text if full or len(text) <= _SHOWN else f"{text[: _SHOWN - 14]} … {text[-10:]}"


def _dropped(reading: Reading) -> Iterator[str]:
    yield f"dropped    {len(reading.dropped)}"
    for reason, number in Counter(dropped.reason for dropped in reading.dropped).most_common():
        yield f"  {reason} {number}"
        for dropped in reading.dropped:
            if dropped.reason == reason:
                page = f"p{dropped.page}" if dropped.page else ""
                yield f"{page:>8}  {dropped.text.replace(chr(9), ' | ')}"
