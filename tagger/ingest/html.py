"""HTML: the main text of a page, each character with its place in the source."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tagger.ingest.errors import MissingPartError, ReadError
from tagger.ingest.plain import readable
from tagger.ingest.reading import HEADING_PROMINENCE, Block, Dropped, Segment
from tagger.ingest.reflow import is_wide

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_UNSEEN = "script, style, noscript, template, svg, head, iframe, object, canvas, select, textarea, button"
_FRAME = "nav, footer, aside, form, header, [role=navigation], [role=banner], [role=contentinfo], [hidden], [aria-hidden=true]"
_MAIN = "article, main, [role=main]"
LARGEST_PAGE = 30_000_000
DEEPEST = 8000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})")
_WITHOUT_END = frozenset(  # tags that close of themselves
    (
        "p",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "col",
        "wbr",
        "area",
        "base",
        "embed",
        "source",
        "track",
        "param",
    )
)
_HEADINGS = {f"h{rank}": HEADING_PROMINENCE - rank for rank in range(1, 7)}
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ruby",
        "rb",
        "rp",
        "rt",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "nobr",
        "o:p",
    ]
)
_SPACE = re.compile(r"[ \t\r\n\f\v\u3000\xa0]+")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]*);?")
_SENTENCE = re.compile("[。！？；，]")
_LEAST_SHARE = 0.4  # of the sentences of the page, for an element to be taken as its main text
_CELL_OF_PROSE = 150


def read_html(source: str) -> tuple[list[Block], list[Dropped], list[str]]:
    """The paragraphs of the main text, what was dropped, and warnings.

    A character written as an entity maps to the ``&`` that begins it. Raises ReadError for a page
    without text, and for one that is nested or long beyond all reason.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise MissingPartError("HTML", "html") from None
    _check_depth(source)
    tree = LexborHTMLParser(source)
    body = tree.body
    if body is None:
        raise ReadError("an HTML page without text")
    for node in tree.css(_UNSEEN):
        node.decompose()
    root = _main_of(body)
    dropped: list[Dropped] = []
    for node in root.css(_FRAME):
        text = _SPACE.sub(" ", node.text(deep=True)).strip()
        if text and len(_SENTENCE.findall(text)) < 8:
            dropped.append(Dropped(text[:200], "frame of the page"))
            node.decompose()
    blocks = _Walk(source, root).blocks
    if not blocks:
        raise ReadError("an HTML page without text")
    return blocks, dropped, []


def _check_depth(source: str) -> None:
    """Parsing takes the square of the depth: what is nested beyond all reason is no report."""
    if len(source) > LARGEST_PAGE:
        raise ReadError(f"an HTML page of {len(source) // 1_000_000} million characters")
    if source.count("<") <= DEEPEST:
        return
    depth = 0
    for tag in _TAG.finditer(source):
        if tag[2].lower() not in _WITHOUT_END:
            depth += -1 if tag[1] else 1
            if depth > DEEPEST:
                raise ReadError(f"an HTML page nested more than {DEEPEST} deep")
            depth = max(depth, 0)


def _main_of(body: LexborNode) -> LexborNode:
    """The smallest element marked as the main one that holds a good part of the sentences; else the body."""
    whole = len(_SENTENCE.findall(body.text(deep=True)))
    marked = [(len(_SENTENCE.findall(node.text(deep=True))), node) for node in body.css(_MAIN)]
    best = max(marked, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _LEAST_SHARE * whole else body


class _Walk:
    """Goes over the nodes in the order of the page and finds each text in the source."""

    def __init__(self, source: str, root: LexborNode) -> None:
        self.blocks: list[Block] = []
        self._source = source
        self._at = 0
        self._segments: list[Segment] = []
        self._heading = 0.0
        self._row: int | None = None  # depth of the table row that is open
        self._walk(root)

    def _walk(self, root: LexborNode) -> None:
        """Depth first without recursion: pages can be nested deeper than Python can call."""
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "")
                continue
            if tag.startswith(("-", "!")) or tag == "_comment":
                continue
            if leaving:
                self._leave(tag)
                continue
            self._enter(node, tag)
            stack.append((node, True))
            children = []
            child = node.first_child
            while child is not None:
                children.append((child, False))
                child = child.next
            stack.extend(reversed(children))
        self._close()

    def _enter(self, node: LexborNode, tag: str) -> None:
        if tag in _INLINE:
            return
        if tag == "tr" and self._row is None and _is_row(node):
            self._close()
            self._row = 1
        elif self._row is not None:
            self._row += tag == "tr"
            if tag in ("td", "th") and self._segments:
                self._join("\t")
            elif self._segments and self._segments[-1].text != "\t":
                self._join(" ")
        else:
            self._close()
            self._heading = _HEADINGS.get(tag, 0.0)

    def _leave(self, tag: str) -> None:
        if tag == "tr" and self._row is not None:
            self._row -= 1
            if not self._row:
                self._close(row=True)
                self._row = None
        elif tag not in _INLINE and self._row is None:
            self._close()

    def _close(self, *, row: bool = False) -> None:
        segments = self._segments
        while segments and not segments[-1].text.strip():
            segments.pop()
        if segments:
            self.blocks.append(Block(segments, row=row, heading=self._heading > 0, prominence=self._heading))
        self._segments = []
        self._heading = 0.0

    def _join(self, text: str) -> None:
        last = self._segments[-1]
        self._segments.append(Segment(text, last.source + len(last.text)))

    def _text(self, text: str) -> None:
        """Copy the text of a node, runs of blanks as one."""
        if not text.strip():
            if self._segments and text and self._row is None and not _ends_wide(self._segments):
                self._join(" ")
            return
        for piece, start in self._placed(text):
            self._copy(piece, start)

    def _copy(self, piece: str, start: int) -> None:
        at = 0
        for gap in (*_SPACE.finditer(piece), None):
            end = gap.start() if gap else len(piece)
            if end > at:
                self._segments += readable(piece[at:end], start + at)
            if gap is None:
                return
            at = gap.end()
            after = piece[at : at + 1]
            if self._segments and self._segments[-1].text not in (" ", "\t"):
                broken = "\n" in gap[0] and (_ends_wide(self._segments) or (after and is_wide(after)))
                if not broken:
                    self._join(" ")

    def _placed(self, text: str) -> list[tuple[str, int]]:
        """The pieces of a node's text with their places in the source: as it stands, or around its entities."""
        place = self._source.find(text, self._at)
        if place >= 0 and place - self._at < 100_000:
            self._at = place + len(text)
            return [(text, place)]
        return self._decoded(text)

    def _decoded(self, text: str) -> list[tuple[str, int]]:
        """Follow the source character by character where entities stand for others."""
        pieces: list[tuple[str, int]] = []
        source = self._source
        head = text[:1]
        at = self._at
        begin = 0
        while begin < len(text):
            if source.startswith(head := text[begin], at) and head != "&":
                stop = begin
                while (
                    stop < len(text)
                    and source.startswith(text[stop], at + stop - begin)
                    and text[stop] != "&"
                ):
                    stop += 1
                pieces.append((text[begin:stop], at))
                at += stop - begin
                begin = stop
                continue
            entity = _ENTITY.match(source, at)
            decoded = html.unescape(entity[0]) if entity else ""
            if decoded and text.startswith(decoded, begin):
                pieces += [(char, at) for char in decoded]
                at = entity.end() if entity else at
                begin += len(decoded)
                continue
            # Markup, or characters the parser replaced: go to where the text goes on.
            found = re.compile(f"{re.escape(head)}|&").search(
                source, at + (1 if at > self._at else 0), at + 20_000
            )
            if found is None:
                pieces.append((text[begin:], at))
                break
            at = found.start() if found.start() > at else at + 1
        self._at = max(at, self._at)
        return pieces


def _ends_wide(segments: list[Segment]) -> bool:
    return is_wide(segments[-1].text[-1]) or segments[-1].text in (" ", "\t")


def _is_row(row: LexborNode) -> bool:
    """A row of data: several cells, none with another table or with paragraphs of prose."""
    cells = row.css("td, th")
    if len(cells) < 2 or row.css_first("table") is not None:
        return False
    return not any(
        len(cell.css("p, div")) > 2 and len(cell.text(deep=True)) > _CELL_OF_PROSE for cell in cells
    )
