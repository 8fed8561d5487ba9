"""What the report says about itself: title, dates, industry, rating, related reports, from its first page."""

from __future__ import annotations

import re
from datetime import date
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import TYPE_CHECKING

from msgspec import Struct

from tagger.ingest import traits
from tagger.ingest.credits import analysts_in, publisher_in
from tagger.ingest.reading import HEADING_PROMINENCE
from tagger.ingest.reflow import TERMINAL, joint
from tagger.schema import Meta

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tagger.ingest.cues import Cues
    from tagger.ingest.reading import Passage, Reading

_DATE = re.compile(r"(20\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)\s*日?")
_PERIOD = re.compile(
    r"(20\d{2})\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})\s?日?\s*[—–~～至-]+\s*"
    r"(?:(20\d{2})\s?[年./-]\s?)?(\d{1,2})\s?[月./-]\s?(\d{1,2})(?!\d)\s?日?"
)
_DATED = re.compile(rf"{_DATE.pattern}(?:\s*$|\s*[|｜\t])")
_LONGEST_PERIOD = 100  # days; what is longer is the span of a price chart
_YEAR = re.compile(r"20\d{2}")
_COMPACT_DATE = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
_SERIES = re.compile(
    r"(?:周报|月报|日报|季报|年报|双周报|点评|报告|专题|跟踪|快评|深度|策略|系列.{0,8}|周观点|早餐|动态)"
    r"(?:\s*[（(].{1,30}[）)])?$"
)
_CITED = re.compile(r"《([^《》]{4,120})》")
_COLON = re.compile("[：:]")
_PIECES = re.compile(r"\t|\s{2,}")
_LICENSED = re.compile(r"[SA]\d{13}")
_ANY_SOURCE = re.compile(r"[SA]\d{13}|来源\s*[：:]")
_FOUR_WORDS = re.compile(r"(?>.*?(?:[\u4e00-\u9fff]|[A-Za-z]{2,})){4}", re.S)
_ENDS_NO_TITLE = TERMINAL.replace("！", "").replace("？", "") + "：:"
_NAMED = re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:行业|板块)")
_DASH = re.compile(r"[—–－-]{1,3}\s*(?=[^\d\s—-])")
_DASHES = "—–－-"
_PARTS_CLAUSES = re.compile("[，：！？、]")
_HEAD_LINES = 100
_LONGEST_INDUSTRY = 20  # characters
_LONGEST_HEAD_LINE = 60
_HEADING_MARK = re.compile(r"^[\W_]+|[：:\s]+$")


class Line(Struct, gc=False):
    """A piece of a line of the head, what stands between tabs or wide blanks, with its traits."""

    text: str
    prominence: float
    passage: Passage
    traits: int


def read_masthead(reading: Reading, cues: Cues, told: Sequence[int]) -> Meta:
    """The metadata of the report; passages that belong to the masthead are marked as such.

    ``told`` are the traits of each passage.

    The masthead is what stands on the first page before the first running text or heading of the body. A text
    without the signs of a report (analyst, licence, rating, date) has none.
    """
    lines = _head(reading, cues, told)
    meta = Meta()
    is_masthead = _is_masthead(lines, cues)
    if not is_masthead and (foot := _foot(reading, cues, told)):
        lines += foot
        is_masthead = _is_masthead(lines, cues)
    if not is_masthead:
        if lines and lines[0].prominence >= HEADING_PROMINENCE - 2:
            meta.title = lines[0].text
            meta.published = _published(lines[:1])
            lines[0].passage.heading = True
        return meta
    for line in lines:
        line.passage.section = "masthead"
        line.passage.heading = True
    fields = _labelled(lines, cues)
    if related := _take_related(lines, cues):
        meta.related = related
    meta.analysts = analysts_in([(line.text, line.traits) for line in lines], cues) or analysts_in(
        [(text, cues.traits.of(text)) for text in _first_page(reading)], cues
    )
    meta.rating = _rating(fields.get("rating"), lines, cues)
    meta.published = _day_in(fields.get("published", "")) or _published(lines) or _day_on_first_page(reading)
    named = [line.text for line in lines if line.traits & traits.PUBLISHER]
    meta.publisher = publisher_in(named, reading.text, cues)
    titles = [at for at, line in enumerate(lines) if _is_titular(line, cues, meta.publisher)]
    if titles:
        title = _title_lines(titles, lines)
        meta.title = _join([lines[at].text for at in title])
        meta.subtitle = _subtitle(title, titles, lines)
    meta.period = _period(lines)
    meta.industry = fields.get("industry") or _industry(lines, meta, cues)
    return meta


def _head(reading: Reading, cues: Cues, told: Sequence[int]) -> list[Line]:
    """The lines before the body: up to running text, a heading of the body or the end of page one."""
    head: list[Line] = []
    text = reading.text
    for number, passage in enumerate(reading.passages[:_HEAD_LINES]):
        if (passage.page or 1) > 1 and head:
            break
        its = told[number]
        line = text[passage.start : passage.end]
        if (
            its & traits.HEADING
            and _HEADING_MARK.sub("", line) in cues.headings
            and not _is_label(line, cues)
            and not _heads_figures(reading, number)
        ):
            break
        if len(line) > _LONGEST_HEAD_LINE and "\t" not in line and _is_running(line):
            break
        if its & traits.SPACE:
            head += _pieces(line, passage, its, cues)
        else:
            head.append(Line(line, passage.prominence, passage, its))
    return head


def _pieces(line: str, passage: Passage, its: int, cues: Cues) -> list[Line]:
    """What stands between tabs or wide blanks."""
    bare = line.strip()
    if not _PIECES.search(bare):
        return [
            Line(bare, passage.prominence, passage, its if len(bare) == len(line) else cues.traits.of(bare))
        ]
    pieces = filter(None, map(str.strip, _PIECES.split(line)))
    return [Line(piece, passage.prominence, passage, cues.traits.of(piece)) for piece in pieces]


def _heads_figures(reading: Reading, number: int) -> bool:
    """On a page, a heading over a figure heads a box of the side column (市场数据), not the body."""
    if reading.passages[number].page is None or number + 1 >= len(reading.passages):
        return False
    below = reading.passages[number + 1]
    return below.end - below.start < _LONGEST_HEAD_LINE and reading.text[below.end - 1] in "0123456789%元"


def _foot(reading: Reading, cues: Cues, told: Sequence[int]) -> list[Line]:
    """The lines behind the last running text of page one, where some houses have the masthead."""
    foot: list[Line] = []
    first = [passage for passage in reading.passages[:_HEAD_LINES] if passage.page == 1]
    for number in reversed(range(len(first))):
        line = reading.text[first[number].start : first[number].end]
        if len(line) > _LONGEST_HEAD_LINE or line[-1] in TERMINAL:
            return foot
        foot[:0] = _pieces(line, first[number], told[number], cues)
    return []


def _is_running(line: str) -> bool:
    return not _CITED.search(line) and ("。" in line or line.count("，") >= 2)


def _first_page(reading: Reading) -> list[str]:
    """The lines of the first page, running text and all: the masthead may come last in its text."""
    passages = (passage for passage in reading.passages[:_HEAD_LINES] if (passage.page or 1) == 1)
    return [
        line
        for passage in passages
        if len(line := reading.text[passage.start : passage.end]) < _LONGEST_HEAD_LINE
    ]


def _is_masthead(lines: list[Line], cues: Cues) -> bool:
    """At least two things are found that only a masthead has."""
    some = reduce(or_, [line.traits for line in lines], 0)
    text = "\n".join([line.text for line in lines])
    found = "研究报告" in text
    signs = (
        (traits.LICENCE, _LICENSED),
        (traits.SIGNER, cues.analyst_labels),
        (traits.YEAR, _DATE),
        (traits.RELATED, cues.related_labels),
        (traits.PUBLISHER, cues.publishers),
        (traits.RATING, cues.ratings_alone),
    )
    for its, pattern in signs:
        if some & its and pattern.search(text):
            if found:
                return True
            found = True
    return False


def _is_label(line: str, cues: Cues) -> bool:
    return line.replace(":", "：").partition("：")[0].strip() in cues.labels


def _labelled(lines: list[Line], cues: Cues) -> dict[str, str]:
    """The values that stand behind a label, or on the line after it; the first of each field."""
    fields: dict[str, str] = {}
    for at, line in enumerate(lines):
        if not line.traits & traits.FIELD:
            continue
        label, *values = _COLON.split(line.text, maxsplit=1)
        field = cues.labels.get(label.replace(" ", ""))
        if field is None:
            continue
        value = values[0] if values else ""
        if not value.strip() and at + 1 < len(lines) and (values or field in ("published", "rating")):
            value = lines[at + 1].text
        if value.strip():
            fields.setdefault(field, value.strip())
    return fields


def _take_related(lines: list[Line], cues: Cues) -> list[str]:
    """Titles of the related reports. Their lines are taken off the list: their days are none of this report's."""
    starts = [
        at
        for at, line in enumerate(lines)
        if line.traits & traits.RELATED and cues.labels.get(line.text.rstrip("：: ")) == "related"
    ]
    if not starts:
        return []
    begin = stop = starts[0]
    stop += 1
    last_cited = stop
    while stop < len(lines) and not _is_label(lines[stop].text, cues):
        text = lines[stop].text
        if "《" in text or "》" in text:
            last_cited = stop + 1
        elif stop - last_cited > 1 or (
            stop == last_cited and not _DATE.search(text) and "》" in lines[stop - 1].text
        ):
            break
        stop += 1
    if last_cited < len(lines) and _DATE.fullmatch(lines[last_cited].text.strip("—- ")):
        last_cited += 1
    taken = lines[begin:last_cited]
    del lines[begin:last_cited]
    return [title.strip() for title in _CITED.findall(_join([line.text for line in taken]))]


def _join(parts: Sequence[str]) -> str:
    joined = parts[0]
    for part in parts[1:]:
        joined += joint(joined[-1], part[0]) + part
    return joined


def _rating(labelled: str | None, lines: list[Line], cues: Cues) -> str | None:
    """The rating with what happened to it, as printed (强于大市(维持)); 推荐 维持评级 becomes 推荐（维持）."""
    short = [
        line.text
        for line in lines
        if line.traits & traits.RATING and len(line.text) < 24 and cues.ratings.search(line.text)
    ]
    if not (labelled or short):
        return None
    texts = [line.text for line in lines]
    for text in (*([labelled] if labelled else ()), *short, *_beside(short, texts)):
        bare = text.strip('“”" ')
        if found := cues.rating_apart.fullmatch(bare):
            return f"{found[1] or found[4]}（{(found[2] or found[3]).removesuffix('评级')}）"
        if (found := cues.rating_printed.match(bare)) and (text == labelled or len(bare) - found.end() <= 1):
            after = texts.index(text) + 1 if text in texts else len(texts)
            if after < len(texts) and (changed := cues.rating_changes.fullmatch(texts[after])):
                return f"{found[0]}（{changed[0].removesuffix('评级')}）"
            return found[0].replace(" ", "")
    return None


def _beside(short: list[str], texts: list[str]) -> Iterator[str]:
    """Each line with the one after it: the rating and what happened to it may stand on two."""
    return (f"{text} {after}" for text, after in pairwise(texts) if text in short or after in short)


def _published(lines: list[Line]) -> str | None:
    """A line that is a date, else one that holds one and is no title; else a date torn over lines or run together."""
    texts = [line.text for line in lines]
    dated = [line.text for line in lines if line.traits & traits.YEAR]
    whole = (_day_in(text) for text in dated if _DATE.fullmatch(text.strip("—-/ ")))
    held = (_day_in(text) for text in dated if not _PERIOD.search(text) and "《" not in text)
    torn = (
        _day_in("".join(texts[at : at + 4]))
        for at, line in enumerate(lines)
        if line.traits & traits.YEAR and _YEAR.match(line.text)
    )
    compact = (_iso(*found.groups()) for text in dated if (found := _COMPACT_DATE.search(text)))
    return next((day for days in (whole, held, torn, compact) for day in days if day), None)


def _day_on_first_page(reading: Reading) -> str | None:
    """The day with which a line begins that stands anywhere on the first page, as in a corner of it."""
    if not reading.passages[0].page:
        return None
    days = (_iso(*day.groups()) for line in _first_page(reading) if (day := _DATED.match(line)))
    return next(filter(None, days), None)


def _day_in(text: str) -> str | None:
    found = _DATE.search(text)
    return _iso(*found.groups()) if found else None


def _period(lines: list[Line]) -> tuple[str, str] | None:
    for line in lines:
        found = _PERIOD.search(line.text) if line.traits & traits.YEAR else None
        if found is None:
            continue
        y1, m1, d1, y2, m2, d2 = found.groups()
        start, end = _iso(y1, m1, d1), _iso(y2 or y1, m2, d2)
        if (
            start
            and end
            and 0 < (date.fromisoformat(end) - date.fromisoformat(start)).days <= _LONGEST_PERIOD
        ):
            return start, end
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _is_titular(line: Line, cues: Cues, publisher: str | None) -> bool:
    """Words that can be a title: no label, contact, rating, date, broker or name of a kind of report."""
    bare = line.text.strip("—–- #*.■")
    if not 4 <= len(bare) <= 80 or bare[-1] in _ENDS_NO_TITLE or "@" in bare:
        return False
    its = line.traits
    if (its & (traits.LABEL | traits.FIELD) or bare[0] != line.text[0]) and _is_label(bare, cues):
        return False
    if (its & traits.YEAR and _DATE.fullmatch(bare)) or (
        publisher and bare.startswith(publisher) and len(bare) < len(publisher) + 6
    ):
        return False
    if its & traits.SIGNER and cues.analyst_labels.search(bare):
        return False
    if bare in cues.generic or (its & traits.GENERIC and cues.generic_forms.fullmatch(bare)):
        return False
    if its & traits.RATING and len(bare) < 14 and cues.ratings.match(bare):
        return False
    if (its & traits.LICENCE or "来源" in bare) and _ANY_SOURCE.search(bare):
        return False
    return _FOUR_WORDS.match(bare) is not None


def _title_lines(titles: list[int], lines: list[Line]) -> range:
    """The line that looks most like the title, with the lines it goes on over; by number, as ``titles`` are."""
    largest = max([lines[at].prominence for at in titles])
    begin = max(titles, key=lambda at: _titleness(at, lines, largest)) if len(titles) > 1 else titles[0]
    end = begin + 1
    while end < len(lines) and _goes_on(end - 1, titles, lines):
        end += 1
    while begin and begin - 1 in titles and _goes_on(begin - 1, titles, lines):
        begin -= 1
    return range(begin, end)


def _titleness(at: int, lines: list[Line], largest: float) -> float:
    text = lines[at].text
    score = min(len(text), 20) / 2 - 0.15 * at
    score += 4 * bool(_PARTS_CLAUSES.search(text))
    score += 6 * (at + 1 < len(lines) and _has_dash(lines[at + 1].text))
    score -= 6 * _has_dash(text)
    score -= 4 * ("，" not in text and "：" not in text and _SERIES.search(text) is not None)
    if largest:
        score += 20 * (lines[at].prominence / largest - 1)
    return score


def _has_dash(text: str) -> bool:
    """A subtitle, as —— before it tells."""
    return text[0] in _DASHES and _DASH.match(text) is not None


def _goes_on(at: int, titles: list[int], lines: list[Line]) -> bool:
    """A title broken over two lines: the same size, or, where sizes are unknown, before a subtitle with a dash."""
    line, after = lines[at], lines[at + 1]
    if _has_dash(after.text) or _has_dash(line.text) or after.passage is line.passage:
        return False
    if line.prominence:
        return (
            abs(after.prominence / line.prominence - 1) < 0.03
            and at + 1 in titles
            and not _SERIES.search(line.text)
        )
    return (
        len(line.text) >= 10
        and len(after.text) < 20
        and at + 2 < len(lines)
        and _has_dash(lines[at + 2].text)
    )


def _subtitle(title: range, titles: list[int], lines: list[Line]) -> str | None:
    """The line with a dash after the title, or a neighbour that names series or company."""
    for line in lines[title.stop : title.stop + 2]:
        if _has_dash(line.text):
            return _DASH.sub("", line.text, count=1).strip()
    for at in (title.stop, title.start - 1):
        if at in titles and _SERIES.search(lines[at].text):
            return lines[at].text
    return None


def _industry(lines: list[Line], meta: Meta, cues: Cues) -> str | None:
    """A known industry that stands alone on the first page, or that the title names (…行业周报)."""
    for line in lines:
        if len(line.text) > _LONGEST_INDUSTRY:
            continue
        name = line.text.strip("：: ").removesuffix("行业研究").removesuffix("行业")
        if name in cues.industries:
            return name
    for text in (meta.subtitle, meta.title):
        named = _NAMED.match(text or "")
        if named and named[1] in cues.industries:
            return named[1]
    return None
