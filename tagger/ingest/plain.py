"""Plain text: lines, dropped characters and hard wraps become blocks."""

from __future__ import annotations

import re
from typing import NamedTuple

from tagger.ingest.reading import Block, Dropped, Segment

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Characters that carry no text: C0 and C1 controls except the tab, zero-width marks, BOM, soft hyphen,
# replacement leftovers of PDF extractors and lone surrogates (which no UTF-8 file can hold).
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_BLANK = " \t\u3000\xa0"
_TERMINAL = "。！？!?…；;"
_CLOSED = _TERMINAL + "”」』）)】》：:"
_BULLET = re.compile(
    r"[■□●○◆◇▶►•·⚫➢✓➤※]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[、）)]|\d{1,2}[.．](?!\d)"
    r"|[①-⑳]|第[一二三四五六七八九十百]+[章节条]|图表?\s?\d|表\s?\d|资料来源|#{1,6} |【"
)
_PAGE_MARK = re.compile(r"\[P\d+\]|第?\s*\d{1,4}\s*页?(\s*/\s*共?\s*\d{1,4}\s*页?)?|[-—]\s*\d{1,4}\s*[-—]")
_FURNITURE = re.compile(
    r"请(务必|仔细)?(参?阅读?|查看).{0,24}(声明|条款|说明|标准|披露|部分)|证监会审核.{2,12}业务资格|证券研究报告\s*$|^\s*(敬请|谨请|请务必)"
)
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\U00020000-\U0003ffff]")


class _Line(NamedTuple):
    text: str
    start: int
    page: int | None
    gap: bool  # a blank line or page break stands before it
    indent: int


def lines_of(text: str) -> list[_Line]:
    """The lines that hold something, without the blanks around them."""
    lines: list[_Line] = []
    at, gap = 0, False
    for ending in _LINE_END.finditer(text):
        gap = _take(text, at, ending.start(), gap, lines)
        gap = gap or ending.group() == "\x0c"
        at = ending.end()
    _take(text, at, len(text), gap, lines)
    return lines


def _take(text: str, start: int, end: int, gap: bool, lines: list[_Line]) -> bool:
    """Put one line on the list; the answer says whether a gap stands before the next one."""
    line = text[start:end]
    left = line.lstrip()
    if not left:
        return True
    indent = len(line) - len(left)
    lines.append(_Line(left.rstrip(), start + indent, None, gap, indent))
    return False


def blocks_of(text: str) -> tuple[list[Block], list[Dropped]]:
    """The paragraphs of a plain text and what was left out of them.

    Hard-wrapped lines are joined where the text is wrapped at a width; a sentence cut by a page break is
    joined where its first half ends open and the next line goes on with it.
    """
    lines = lines_of(text)
    dropped: list[Dropped] = []
    kept = _without_furniture(lines, dropped)
    width = _wrap_width(kept)
    blocks: list[Block] = []
    group: list[_Line] = []
    for line in kept:
        if group and _goes_on(group, line, width):
            group.append(line)
            continue
        if group:
            _close(group, blocks)
        group = [line]
    if group:
        _close(group, blocks)
    return blocks, dropped


def _without_furniture(lines: list[_Line], dropped: list[Dropped]) -> list[_Line]:
    """Lines less page marks and running headers; a dropped line leaves a gap behind."""
    if len(lines) < 4:
        return lines
    counts: dict[str, int] = {}
    marks = 0
    for line in lines:
        if len(line.text) < 60:
            counts[line.text] = counts.get(line.text, 0) + 1
            marks += line.text.startswith("[P") and bool(_PAGE_MARK.fullmatch(line.text))
    kept: list[_Line] = []
    gap = False
    after_mark = 9
    for line in lines:
        short = len(line.text) < 60
        mark = short and bool(_PAGE_MARK.fullmatch(line.text))
        after_mark = 0 if mark and line.text.startswith("[P") else after_mark + 1
        running = short and ((counts[line.text] >= 3 and marks > 2 and after_mark < 5) or bool(_FURNITURE.search(line.text)))
        if (mark and (marks or not kept or line.gap or gap)) or (running and not _is_sentence(line.text)):
            dropped.append(Dropped(line.text, "page number" if mark else "running header or footer"))
            gap = True
            continue
        kept.append(line._replace(gap=True) if gap and not line.gap else line)
        gap = False
    return kept


def _is_sentence(text: str) -> bool:
    return text[-1] in _TERMINAL and "，" in text


def _columns(text: str) -> int:
    """Display width: Han count two, Latin one (the length in GB18030 says just that)."""
    return len(text.encode("gb18030", "replace"))


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width at which the text is hard-wrapped, in columns; None where a line is a paragraph."""
    if len(lines) < 6:
        return None
    widths = sorted(_columns(line.text) for line in lines)
    widest = widths[int(len(widths) * 0.97)] if len(widths) > 30 else widths[-1]
    if not 36 <= widest <= 150:
        return None
    full = [line for line in lines if _columns(line.text) >= widest - 8]
    open_ended = sum(line.text[-1] not in _CLOSED for line in full)
    if len(full) >= max(3, len(lines) * 0.18) and open_ended >= 0.5 * len(full):
        return widest
    return None


def _goes_on(group: list[_Line], line: _Line, width: int | None) -> bool:
    """Whether ``line`` continues the paragraph begun by ``group``."""
    last = group[-1]
    if "\t" in last.text or "\t" in line.text or _BULLET.match(line.text):
        return False
    if width is not None:
        room = width - _columns(last.text)
        if room <= 8 and line.indent < 2:
            if not line.gap:
                return last.text[-1] not in _TERMINAL or room <= 4
            return last.text[-1] not in _CLOSED and _reads_on(group)
        return False
    return line.gap and last.text[-1] not in _CLOSED and _reads_on(group) and _continues(line.text)


def _reads_on(group: list[_Line]) -> bool:
    """The paragraph so far is running text, cut in the middle: it has clauses and ends in a character."""
    text = "".join(line.text for line in group[-3:])
    return len(text) >= 24 and any(c in text for c in "，、；。") and bool(_HAN.match(text[-1]) or text[-1].isalnum() or text[-1] in "，、")


def _continues(text: str) -> bool:
    """The line goes on in the middle of a sentence: it has clauses or ends one, and no bullet stands before it."""
    return text[-1] in _TERMINAL and any(c in text for c in "，、；")


def _close(group: list[_Line], blocks: list[Block]) -> None:
    segments: list[Segment] = []
    for number, line in enumerate(group):
        if number:
            before = group[number - 1]
            if _needs_blank(before.text[-1], line.text[0]):
                segments.append(Segment(" ", before.start + len(before.text), before.page))
        _clean(line, segments)
    if segments:
        blocks.append(Block(segments, row="\t" in group[0].text))


def _needs_blank(left: str, right: str) -> bool:
    """Latin words and numbers broken over lines keep a blank between them; Han do not."""
    return left.isascii() and right.isascii() and (left.isalnum() or left in ".,;:)%") and left != "-"


def _clean(line: _Line, segments: list[Segment]) -> None:
    """Copy a line less what cannot be read."""
    if line.text.isprintable() or not _UNREADABLE.search(line.text):
        segments.append(Segment(line.text, line.start, line.page))
        return
    at = 0
    for found in _UNREADABLE.finditer(line.text):
        if found.start() > at:
            segments.append(Segment(line.text[at : found.start()], line.start + at, line.page))
        at = found.end()
    if at < len(line.text):
        segments.append(Segment(line.text[at:], line.start + at, line.page))
