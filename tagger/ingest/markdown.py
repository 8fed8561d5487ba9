"""Markdown: marks are taken off, each line keeps its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagger.ingest.plain import readable
from tagger.ingest.reading import HEADING_PROMINENCE, Block, Dropped, Segment
from tagger.ingest.reflow import joint

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?\n---[ \t]*(?:\r?\n|\Z)", re.S)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_DELIMITER_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,99}\]:[ \t]*\S+.*")
# What is no text inside a line; groups are what stays of it.
_MARKUP = re.compile(
    r"!\[[^\]\n]{0,500}\]\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)"
    r"|\[(?P<link>[^\[\]\n]{0,1000})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\]\n]{0,200}\])"
    r"|<!--.{0,10000}?-->|</?[A-Za-z][^<>\n]{0,2000}>|<(?P<auto>https?://[^<>\s]{1,500})>"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])|\*{1,4}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`{1,3}"
)


class _Line(NamedTuple):
    text: str
    start: int


def read_markdown(text: str) -> tuple[list[Block], list[Dropped], list[str]]:
    """The paragraphs of a Markdown text, what was dropped (front matter, pictures), and no warnings."""
    blocks: list[Block] = []
    dropped: list[Dropped] = []
    front = _FRONT_MATTER.match(text)
    if front:
        dropped.append(Dropped(front[0].strip(), "front matter"))
    group: list[_Line] = []
    fenced: str | None = None
    for line in _lines(text, front.end() if front else 0):
        fence = _FENCE.match(line.text)
        if fence and (fenced is None or fence[1] == fenced):
            _close(group, blocks, dropped)
            fenced = None if fenced else fence[1]
        elif fenced:
            group.append(line)
            _close(group, blocks, dropped, raw=True)
        else:
            _take(line, group, blocks, dropped)
    _close(group, blocks, dropped)
    return blocks, dropped, []


def _lines(text: str, at: int) -> Iterator[_Line]:
    for line in text[at:].splitlines(keepends=True):
        yield _Line(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), at)
        at += len(line)


def _take(line: _Line, group: list[_Line], blocks: list[Block], dropped: list[Dropped]) -> None:
    text = line.text
    if not text.strip() or _REFERENCE.fullmatch(text):
        _close(group, blocks, dropped)
    elif group and (under := _UNDERLINE.fullmatch(text)):
        _close(group, blocks, dropped, rank=1 if under[1][0] == "=" else 2)
    elif _RULE.fullmatch(text) or ("|" in text and _DELIMITER_ROW.fullmatch(text)):
        _close(group, blocks, dropped)
    elif heading := _HEADING.match(text):
        _close(group, blocks, dropped)
        group.append(_cut(line, heading.end()))
        _close(group, blocks, dropped, rank=len(heading[1]))
    elif text.lstrip().startswith("|") and text.count("|") > 1:
        _close(group, blocks, dropped)
        _row(line, blocks)
    else:
        if quote := _QUOTE.match(text):
            line = _cut(line, quote.end())
        if item := _ITEM.match(line.text):
            _close(group, blocks, dropped)
            if not item[0].strip()[0].isdigit():
                line = _cut(line, item.end())
        group.append(line)
        if text.endswith(("  ", "\\")):
            _close(group, blocks, dropped)


def _cut(line: _Line, at: int) -> _Line:
    return _Line(line.text[at:], line.start + at)


def _close(
    group: list[_Line], blocks: list[Block], dropped: list[Dropped], *, rank: int = 0, raw: bool = False
) -> None:
    """The lines of the group become a block; ``rank`` makes it a heading, ``raw`` keeps its marks."""
    segments: list[Segment] = []
    for line in group:
        text = line.text.rstrip("# \t") if rank else line.text
        copied = readable(text, line.start) if raw else list(_bare(text, line.start, dropped))
        copied = _trimmed(copied)
        if segments and copied and (between := joint(segments[-1].text[-1], copied[0].text[0])):
            segments.append(Segment(between, segments[-1].source + len(segments[-1].text)))
        segments += copied
    group.clear()
    if segments:
        blocks.append(
            Block(segments, heading=rank > 0, prominence=HEADING_PROMINENCE - rank if rank else 0.0)
        )


def _row(line: _Line, blocks: list[Block]) -> None:
    segments: list[Segment] = []
    for cell in re.finditer(r"(?:\\\||[^|])+", line.text):
        copied = _trimmed(list(_bare(cell[0], line.start + cell.start(), [])))
        if segments and copied:
            segments.append(Segment("\t", segments[-1].source + len(segments[-1].text)))
        segments += copied
    if segments:
        blocks.append(Block(segments, row=True))


def _bare(text: str, start: int, dropped: list[Dropped]) -> Iterator[Segment]:
    """A line less its marks; of a link its words stay, a picture is dropped."""
    at = 0
    for mark in _MARKUP.finditer(text):
        if mark.start() > at:
            yield from readable(text[at : mark.start()], start + at)
        kept = mark.lastgroup
        if kept == "escaped":
            yield Segment(mark[kept], start + mark.start(kept))
        elif kept:
            yield from _bare(mark[kept], start + mark.start(kept), dropped)
        elif mark[0].startswith("!"):
            dropped.append(Dropped(mark[0][:200], "picture"))
        at = mark.end()
    if at < len(text):
        yield from readable(text[at:], start + at)


def _trimmed(segments: list[Segment]) -> list[Segment]:
    """Segments without the blanks at both ends."""
    while segments and not segments[0].text.strip():
        segments.pop(0)
    while segments and not segments[-1].text.strip():
        segments.pop()
    if segments:
        first = segments[0]
        bare = first.text.lstrip()
        segments[0] = first._replace(text=bare, source=first.source + len(first.text) - len(bare))
        segments[-1] = segments[-1]._replace(text=segments[-1].text.rstrip())
    return segments
