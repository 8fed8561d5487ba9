"""A PDF page as runs of glyphs with their boxes, and the rules drawn on it."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage, PdfTextPage

_HYPHEN_AT_LINE_END = (0x02, 0xFFFE)
_LEAN = 0.12  # how far a line may climb
_FARTHEST = 30_000.0  # points; no page is as large
_LEAST_HEIGHT = 0.5
_THIN = 2.5  # points; a box so flat is a line
_MOST_OBJECTS = 4000
_MOST_RULES = 600


class Rule(NamedTuple):
    """A thin horizontal line: its ends and its distance from the top of the page, in points."""

    left: float
    right: float
    top: float


class Run(Struct):
    """Glyphs that stand beside each other on a line, with their places in the page's character stream.

    Coordinates are points from the top left corner of the page; ``size`` is the height of its first Han,
    letter or digit (marks are often set in fonts of other heights).
    """

    text: str
    sources: list[int]
    left: float
    right: float
    base: float
    size: float
    page: int

    @property
    def width(self) -> float:
        """From the first glyph to the last."""
        return self.right - self.left


class Sheet(Struct):
    """What a page shows: upright runs, rules, and the characters that stand aslant (chart labels)."""

    number: int
    width: float
    height: float
    runs: list[Run]
    rules: list[Rule]
    slanted: list[str]


class _Glyph(NamedTuple):
    char: str
    source: int
    left: float
    right: float
    top: float
    bottom: float
    base: float
    blank: bool  # a blank stands before it in the stream


class _Paper(NamedTuple):
    """How a page lies: the corners of what is shown of it, and its turn in degrees, clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn in (90, 270) else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as (from the left, from the top) of what the reader sees."""
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def is_level(self, across: float, up: float) -> bool:
        """A line that runs in this direction is level for the reader."""
        if self.turn in (90, 270):
            across, up = up, across
        return abs(up) <= _LEAN * abs(across)


def sheet_of(page: PdfPage, number: int, most_characters: int) -> Sheet:
    """Read page ``number`` (from 1). Characters beyond ``most_characters`` are left unread."""
    left, bottom, right, top = page.get_bbox()
    paper = _Paper(left, bottom, right, top, page.get_rotation())
    slanted: list[str] = []
    runs = list(_runs(_glyphs(page, paper, most_characters, slanted), number))
    width, height = paper.size
    return Sheet(number, width, height, runs, _rules(page, paper), slanted)


def _glyphs(page: PdfPage, paper: _Paper, most: int, slanted: list[str]) -> Iterator[_Glyph]:
    import pypdfium2.raw as pdfium

    text: PdfTextPage = page.get_textpage()
    raw = text.raw
    box = pdfium.FS_RECTF()
    place = ctypes.byref(box)
    unicode_of, box_of, angle_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetCharAngle,
    )
    origin_of, matrix_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetMatrix
    matrix = pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    blank = False
    high = 0
    for at in range(min(text.count_chars(), most)):
        code = unicode_of(raw, at)
        if code in (32, 9, 160, 0x3000):
            blank = True
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            if not high:
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            at -= 1
        if code in _HYPHEN_AT_LINE_END:
            code = 0x2D
        if code < 32 or code > 0x10FFFF or not box_of(raw, at, place):
            continue
        char = chr(code)
        if (
            (paper.turn or angle_of(raw, at))
            and matrix_of(raw, at, matrix)
            and not paper.is_level(matrix.a, matrix.b)
        ):
            slanted.append(char)  # turned; italic type has an angle too, but its lines run level
            continue
        origin_of(raw, at, x, y)
        first, second = paper.place(box.left, box.top), paper.place(box.right, box.bottom)
        left, right = sorted((first[0], second[0]))
        top, bottom = sorted((first[1], second[1]))
        base = paper.place(x.value, y.value)[1]
        if not (
            -_FARTHEST < left <= right < _FARTHEST
            and -_FARTHEST < top <= bottom < _FARTHEST
            and abs(base) < _FARTHEST
        ):
            continue  # also what is no number
        yield _Glyph(char, at, left, right, top, max(bottom, top + _LEAST_HEIGHT), base, blank)
        blank = False
    text.close()


def _runs(glyphs: Iterator[_Glyph], page: int) -> Iterator[Run]:
    run: Run | None = None
    before: _Glyph | None = None
    for glyph in glyphs:
        if run is None or before is None:
            run = _start(glyph, page)
        elif _is_beside(before, glyph):
            if not _is_overprint(before, glyph):
                _add(run, before, glyph)
        else:
            yield run
            run = _start(glyph, page)
        before = glyph
    if run is not None:
        yield run


def _start(glyph: _Glyph, page: int) -> Run:
    return Run(
        glyph.char, [glyph.source], glyph.left, glyph.right, glyph.base, glyph.bottom - glyph.top, page
    )


def _is_beside(before: _Glyph, glyph: _Glyph) -> bool:
    """The glyph goes on where the one before ended, on the same line."""
    size = max(before.bottom - before.top, 1.0)
    shared = min(before.bottom, glyph.bottom) - max(before.top, glyph.top)
    gap = glyph.left - before.right
    return shared > 0.5 * min(size, glyph.bottom - glyph.top) and -0.6 * size < gap < 0.9 * size


def _is_overprint(before: _Glyph, glyph: _Glyph) -> bool:
    """Printed twice in the same place, as cheap bold type is."""
    return glyph.char == before.char and abs(glyph.left - before.left) < 0.3 * (before.right - before.left)


def _add(run: Run, before: _Glyph, glyph: _Glyph) -> None:
    gap = glyph.left - before.right
    if needs_blank(before.char, glyph.char) and (glyph.blank or gap > 0.22 * run.size):
        run.text += " "
        run.sources.append(glyph.source - 1 if glyph.blank else -1)
    if not run.text[-1].isalnum() and len(run.text) < 3:
        run.size = glyph.bottom - glyph.top
    run.text += glyph.char
    run.sources.append(glyph.source)
    run.left = min(run.left, glyph.left)
    run.right = max(run.right, glyph.right)


def needs_blank(left: str, right: str) -> bool:
    """A blank between these two characters says something: not between Han, not at Chinese punctuation."""
    return not (_is_wide(left) and _is_wide(right))


def _is_wide(char: str) -> bool:
    return (
        "\u2e80" <= char <= "\u9fff"
        or "\uf900" <= char <= "\uffef"
        or char in "“”‘’…—"
        or char >= "\U00020000"
    )


def _rules(page: PdfPage, paper: _Paper) -> list[Rule]:
    """Horizontal lines and the edges of flat boxes; none for a page that draws more than anyone rules."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page.raw)
    rules: list[Rule] = []
    if count > _MOST_OBJECTS:
        return rules
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for at in range(count):
        thing = pdfium.FPDFPage_GetObject(page.raw, at)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            continue
        near, far = paper.place(left.value, top.value), paper.place(right.value, bottom.value)
        begin, end = sorted((near[0], far[0]))
        if abs(far[1] - near[1]) < _THIN and 12 < end - begin < _FARTHEST:
            rules.append(Rule(begin, end, (near[1] + far[1]) / 2))
    return rules if len(rules) <= _MOST_RULES else []
