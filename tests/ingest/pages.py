"""Draws the PDFs that the tests read: text at places, so that a page can be laid out as brokers do."""

from __future__ import annotations

import io
import re

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = A4


# On a machine without Chinese fonts glyphs have no height, and PDFium passes over text that covers no area. So a blank
# stands behind a single character, and a page is turned by a hair more than a quarter.
_HAIR = 0.1  # degrees


class Pages:
    """A PDF in the making; places are points from the top left corner of the page."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=A4)

    def text(self, left: float, top: float, words: str, size: float = 10.5) -> None:
        """One line of text."""
        self._canvas.setFont(FONT, size)
        self._canvas.drawString(left, HEIGHT - top, words if len(words) > 1 else f"{words} ")

    def right(self, right: float, top: float, words: str, size: float = 10.5) -> None:
        """One line that ends at ``right``."""
        self._canvas.setFont(FONT, size)
        self._canvas.drawRightString(right, HEIGHT - top, words)

    def paragraph(
        self,
        left: float,
        top: float,
        words: str,
        *,
        em: int,
        size: float = 10.5,
        indent: int = 0,
        pitch: float = 1.6,
    ) -> float:
        """Words wrapped at a breadth of ``em`` Han characters; the answer is where the next line would stand."""
        for number, line in enumerate(wrapped(words, em, size, indent)):
            self.text(left + (indent * size if number == 0 else 0), top, line, size)
            top += pitch * size
        return top

    def rule(self, left: float, right: float, top: float) -> None:
        """A thin line."""
        self._canvas.setLineWidth(0.5)
        self._canvas.line(left, HEIGHT - top, right, HEIGHT - top)

    def turned(self, left: float, top: float, words: str) -> None:
        """Words that climb, as labels of an axis do."""
        self._canvas.saveState()
        self._canvas.translate(left, HEIGHT - top)
        self._canvas.rotate(60)
        self._canvas.setFont(FONT, 8)
        self._canvas.drawString(0, 0, words)
        self._canvas.restoreState()

    def turn(self) -> None:
        """The page is shown turned by a quarter; what is drawn on it is turned back, so that it reads level."""
        self._canvas.setPageRotation(90)
        self._canvas.translate(WIDTH, 0)
        self._canvas.rotate(90 + _HAIR)

    def next(self) -> None:
        """Begin another page."""
        self._canvas.showPage()

    def bytes(self, password: str | None = None) -> bytes:
        """The file."""
        if password:
            from reportlab.lib.pdfencrypt import StandardEncryption

            self._canvas.setEncrypt(StandardEncryption(password, ownerPassword=password))
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()


def wrapped(words: str, em: int, size: float = 10.5, indent: int = 0) -> list[str]:
    """The lines that words fill: broken between Han, before Latin words, never before a closing mark."""
    lines = [""]
    for piece in re.findall(r"[!-~]+ ?|.", words):
        room = (em - (indent if len(lines) == 1 else 0)) * size + 0.1
        if (
            pdfmetrics.stringWidth(lines[-1] + piece.rstrip(), FONT, size) > room
            and piece not in "，。；：！？）》”、"
        ):
            lines.append("")
        lines[-1] += piece
    return lines
