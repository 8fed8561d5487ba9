"""How a plain text is read, said in plain Python, a line at a time: what the compiled passes must come to, too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import groupby, pairwise
from typing import NamedTuple

from tagger.ingest.cues import Cues
from tagger.ingest.furniture import PAGE_MARK_STARTS, TEMPLATE_MARK, label_shape
from tagger.ingest.plain import _enough, _width_of_few, readable  # those that are no loops stay as they are
from tagger.ingest.reading import Block, Dropped, Reading, Segment, assemble
from tagger.ingest.reflow import (
    BULLET,
    CAPTION,
    CLOSED,
    LONE_MARK,
    SOURCE_NOTE,
    TERMINAL,
    columns,
    ends_sentence,
    is_contents_line,
    is_wide,
    joint,
    opens_with_label,
    reads_on,
)

_WORD = re.compile(r"[!-~]+")
_ENDS = TERMINAL + "."
_PAGE_BREAKS = "\x0c"
_SHORT = 60  # characters; furniture is shorter
_SAMPLE = 2000  # lines that are measured to find the width of the wrap
_MARK = 6  # characters of the longest mark that stands alone on its line: 2.1.10
_FEW = 6  # lines
_LEAST_PAIRS = 2
_NARROW = 48  # columns; labels and titles come as wide by chance
_WIDE = 80  # columns; no label or title is so wide by chance twice on end
_CONTENTS_GAP = 4  # lines between two entries of a table of contents
_BRIM = 3  # columns that stay free in a line that is full to the brim
_STRETCH = 100  # lines on end in the sample
_FIGURE = 60  # lines of one
_WORDS = 40  # characters on one of its lines
_ROOM = 8  # columns that may stay free at the end of a full line
_AXIS_RUN = 4  # so many numbers on end can be the ticks of an axis
_FIGURES_RUN = 8  # percentages
_UNEVEN = 0.12  # share of a step by which steps may differ that were rounded
_PAGE_MARK = re.compile(
    r"\[P\d+\]|第?\s*\d{1,4}\s*页?(\s*[/|共-]+\s*共?\s*\d{1,4}\s*页?)?|[-—]\s*\d{1,4}\s*[-—]|P\d{1,4}|Page\s*\d+(\s*of\s*\d+)?",
    re.I,
)


class Line(NamedTuple):
    """A line that holds something, without the blanks around it.

    ``gap`` says that a blank line stands before it, ``row`` that tabs make it a row of a table.
    """

    text: str
    start: int
    gap: bool
    indent: int
    row: bool
    cut: bool = False  # something left out stands before it


def read_plainly(text: str, cues: Cues) -> Reading:
    dropped: list[Dropped] = []
    lines = _without_furniture(lines_of(text), cues.furniture, dropped)
    widths = wrap_widths(lines)
    groups: list[list[Line]] = []
    for line in lines:
        group = groups[-1] if groups else []
        if (
            group
            and (widths or line.gap or len(group[-1].text) <= _MARK)
            and _goes_on(group, line, widths, cues.openers)
        ):
            group.append(line)
        else:
            groups.append([line])
    blocks: list[Block] = []
    for group in _bridged(groups, widths, cues.openers):
        _close(group, blocks)
    reading = assemble(blocks)
    reading.dropped = dropped
    return reading


def _bridged(groups: list[list[Line]], widths: list[int], openers: Set[str]) -> list[list[Line]]:
    """The paragraphs, those put together that a figure parts; its words follow them."""
    follows: dict[int, int] = {}
    for number, group in enumerate(groups[:-2]):
        behind = _behind_figure(groups, number + 1, openers)
        if (
            behind is None
            or behind in follows.values()
            or group[-1].text[-1] in CLOSED
            or not reads_on(_tail(group))
        ):
            continue
        last, line, end = group[-1], groups[behind][0], groups[behind][-1]
        if (
            (len(group) > 1 or "。" in last.text)
            and end.text[-1] in TERMINAL
            and not (last.row or line.row or _is_note(last.text) or _begins_anew(line.text, openers))
            and (not widths or _is_full(last.text, line.text, widths))
            and not (widths and line.indent >= 2 and line.indent > last.indent)
        ):
            follows[number] = behind
    whole: list[list[Line]] = []
    for number, group in enumerate(groups):
        if number in follows.values():
            continue
        at, lines = number, list(group)
        while at in follows:
            at = follows[at]
            lines += groups[at]
        whole.append(lines)
    return whole


def _behind_figure(groups: list[list[Line]], number: int, openers: Set[str]) -> int | None:
    """The group that begins with the line behind the words of a figure."""
    first = groups[number][0]
    if not (first.cut or label_shape(first.text) or _is_note(first.text)):
        return None
    numbered = [(place, line) for place in range(number, len(groups)) for line in groups[place]]
    for place, line in numbered[:_FIGURE]:
        if label_shape(line.text) or _is_note(line.text):
            continue
        if len(line.text) > _WORDS or line.text[-1] in "。；：:" or _begins_anew(line.text, openers):
            return place if line is groups[place][0] and place > number else None
    return None


def _is_note(text: str) -> bool:
    return bool(CAPTION.match(text) or SOURCE_NOTE.match(text))


def _begins_anew(text: str, openers: Set[str]) -> bool:
    return bool(
        BULLET.match(text)
        or _is_note(text)
        or opens_with_label(text, openers)
        or LONE_MARK.fullmatch(text)
        or label_shape(text)
    )


def lines_of(text: str) -> list[Line]:
    """The lines that hold something."""
    lines: list[Line] = []
    at = 0
    gap = False
    for line in text.splitlines(keepends=True):
        if line == "\n":
            gap = True
            at += 1
            continue
        bare = line.strip()
        indent = line.index(bare)
        if mark := TEMPLATE_MARK.match(bare):
            bare, indent = bare[mark.end() :], indent + mark.end()
        if any(segment.text.strip() for segment in readable(bare, 0)):
            lines.append(Line(bare, at + indent, gap, indent, "\t" in line and "\t" in line[indent:]))
            gap = line[-1] in _PAGE_BREAKS
        else:
            gap = True
        at += len(line)
    return lines


def _without_furniture(lines: list[Line], cues: re.Pattern[str], dropped: list[Dropped]) -> list[Line]:
    """Lines less page marks, running headers and axis labels; what is dropped leaves a gap behind."""
    if len(lines) < 4:
        return lines
    counts = Counter([line.text for line in lines if len(line.text) < _SHORT])
    paged = sum(count for text, count in counts.items() if text[:2] == "[P" and is_page_mark(text))
    reasons = _reasons(counts, paged, cues)
    placed = _axes(lines, counts) | _contents(lines)
    if not reasons and not placed:
        return lines
    kept: list[Line] = []
    gap = False
    since_mark = 9
    for number, line in enumerate(lines):
        reason = placed.get(number) or reasons.get(line.text)
        since_mark = 0 if line.text[:2] == "[P" and reason == _PAGE else since_mark + 1
        if reason == _REPEATED and since_mark > 5:
            reason = None
        if reason == _PAGE and not (paged or line.gap or gap or not kept):
            reason = None
        if reason:
            dropped.append(Dropped(line.text, reason))
            gap = True
        else:
            kept.append(line._replace(gap=True, cut=True) if gap else line)
            gap = False
    return kept


_PAGE = "page number"
_RUNNING = "running header or footer"
_REPEATED = "header repeated on many pages"


def _reasons(counts: Counter[str], paged: int, cues: re.Pattern[str]) -> dict[str, str]:
    """Which short lines may be left out of a text with ``paged`` page marks, and why."""
    reasons = {text: _REPEATED for text, count in counts.items() if count >= 3} if paged > 2 else {}
    if cues.search("\n".join(counts)):
        reasons |= {
            text: _RUNNING
            for text in counts
            if cues.search(text) and not (text[-1] in TERMINAL and "，" in text)
        }
    return reasons | {text: _PAGE for text in counts if text[0] in PAGE_MARK_STARTS and is_page_mark(text)}


def _axes(lines: list[Line], counts: Counter[str]) -> dict[int, str]:
    if sum(text[-1].isdigit() or text[-1] == "%" for text in counts) < _AXIS_RUN:
        return {}
    axes: dict[int, str] = {}
    for shape, numbered in groupby(enumerate(lines), lambda pair: label_shape(pair[1].text)):
        run = list(numbered)
        if shape and len(run) >= _AXIS_RUN and is_axis([line.text for _, line in run]):
            axes.update((number, "label of a chart") for number, _ in run)
    return axes


def is_axis(labels: list[str]) -> bool:
    """Labels of one shape are the ticks of an axis: numbers at even steps, or days and months in their order.

    So many percentages on end that no table has them are the figures on its bars.
    """
    if label_shape(labels[0]) == "date":
        return all(earlier < later for earlier, later in pairwise(labels))
    if len(labels) >= _FIGURES_RUN and "%" in labels[0]:
        return True
    values = [_value(label) for label in labels]
    steps = [later - earlier for earlier, later in pairwise(values)]
    least, most = min(steps), max(steps)
    return most - least <= _UNEVEN * max(most, -least) + 1e-9 and (most > 0 or least < 0)


def _value(label: str) -> float:
    """The number on an axis; what stands in brackets is less than nothing."""
    sign = (-1) ** sum(char in "（(-−–" for char in label)
    whole, _, behind = re.sub(r"[^\d.]", "", label).partition(".")
    return sign * int(whole + behind) / 10 ** len(behind)


def is_page_mark(text: str) -> bool:
    """A page number in any of its dresses: 第 3 页 / 共 35 页, - 3 -, [P3]."""
    return _PAGE_MARK.fullmatch(text) is not None


def _contents(lines: list[Line]) -> dict[int, str]:
    """The lines of a table of contents: those with leaders, and what stands between two of them."""
    marked = [
        number for number, line in enumerate(lines) if "..." in line.text and is_contents_line(line.text)
    ]
    if len(marked) < 3:
        return {}
    near = [(a, b) for a, b in pairwise(marked) if b - a <= _CONTENTS_GAP]
    return {number: "table of contents" for a, b in near for number in range(a, b + 1)}


def wrap_widths(lines: Sequence[Line]) -> list[int]:
    """The widths at which the text is hard-wrapped, in columns; none where a line is a paragraph.

    A page has more than one where a side column or a first page is set narrower than the body.
    """
    if len(lines) < _FEW and (width := _width_of_few([line.text for line in lines])):
        return [width]
    texts = [line.text for line in _sampled(lines)]
    if sum(len(text) >= 150 for text in texts) > 0.1 * len(texts) or not any(
        text[-1] in _ENDS for text in texts
    ):
        return []
    counts = Counter(width // 2 for width in _wrapped(texts))
    if counts.total() < _LEAST_PAIRS:
        return []
    widths = [columns(text) for text in texts]
    long = sum(36 <= width <= 150 for width in widths)
    peaks: list[int] = []
    for half, _ in counts.most_common():
        around = sum(counts[half + shift] for shift in range(-2, 2))
        if around < _enough(2 * half, long):
            continue
        if all(abs(2 * half - peak) > _ROOM for peak in peaks):
            peaks.append(2 * half + 1)
    # A text whose lines are paragraphs has lines far wider than any peak.
    beyond = sum(width > max(peaks, default=0) + _ROOM for width in widths)
    return sorted(peaks) if peaks and beyond <= 0.1 * len(texts) else []


def _sampled(lines: Sequence[Line]) -> Sequence[Line]:
    """All lines of a short text, stretches from all over a long one."""
    if len(lines) <= 2 * _SAMPLE:
        return lines
    step = _STRETCH * len(lines) // _SAMPLE
    return [line for at in range(0, len(lines), step) for line in lines[at : at + _STRETCH]]


def _wrapped(texts: Sequence[str]) -> Iterator[int]:
    """Widths of lines that end open, each with a neighbour of the same width: what only a wrap does."""
    before = 0
    for text in texts:
        width = 0
        if 17 < len(text) < 150 and text[-1] not in CLOSED and "...." not in text and "……" not in text:
            width = columns(text)
            if before and abs(width - before) <= 3:
                yield width
        before = width


def _goes_on(group: list[Line], line: Line, widths: list[int], openers: Set[str]) -> bool:
    """Whether ``line`` continues the paragraph begun by ``group``."""
    last = group[-1].text
    text = line.text
    if len(group) == 1 and len(last) <= _MARK and LONE_MARK.fullmatch(last):
        return not line.gap and (not last[-1].isdigit() or is_wide(text[0]))
    if not widths and not (last[-1] not in CLOSED and ends_sentence(text) and reads_on(_tail(group))):
        return False
    if line.row or group[-1].row or _begins_anew(text, openers) or _is_note(last):
        return False
    if not widths:
        return True
    if line.indent >= 2 and line.indent > group[-1].indent:
        return False
    marked = len(group) == 2 and LONE_MARK.fullmatch(group[0].text)
    if not _is_full(last, text, widths, spare=_ROOM if marked else 0):
        return False
    if last[-1] in TERMINAL:  # as a rule only the last line of a paragraph leaves room
        return not line.gap and _is_full(last, "", widths, spare=_BRIM - _ROOM)
    if line.gap:
        goes_on = text[-1] in TERMINAL or _is_full(text, "", widths)
        return goes_on and last[-1] not in CLOSED and reads_on(_tail(group))
    return True


def _tail(group: list[Line]) -> str:
    return group[0].text if len(group) == 1 else "".join(line.text for line in group[-3:])


def _is_full(text: str, after: str, widths: list[int], spare: int = 0) -> bool:
    """The line reaches one of the widths: the word that the next line begins with had no room.

    ``spare`` columns more (or less) than usual may stay free.
    """
    width = columns(text)
    word = _WORD.match(after)
    needed = max(_ROOM + spare, len(word[0]) + 1 if word else 0)
    if (
        width > _WIDE and text[-1] not in CLOSED
    ):  # so long a line does not end open of itself in a wrapped text
        return True
    return any(peak - needed <= width <= peak + _ROOM for peak in widths)


def _close(group: list[Line], blocks: list[Block]) -> None:
    if len(group) == 1 and group[0].text.isprintable():
        blocks.append(Block([Segment(group[0].text, group[0].start)], row=group[0].row))
        return
    segments: list[Segment] = []
    for number, line in enumerate(group):
        if number and (between := joint(group[number - 1].text[-1], line.text[0])):
            before = group[number - 1]
            segments.append(Segment(between, before.start + len(before.text)))
        segments.extend(readable(line.text, line.start))
    blocks.append(Block(segments, row=group[0].row))
