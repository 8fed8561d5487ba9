"""Files of every format, and what chance does to them."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

from ingest import writing
from ingest.pages import Pages

FORMATS = ("txt", "md", "html", "docx", "pdf")
_SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "weekly-2025-08-30.txt"
_WORDS = [
    b"\x00",
    b"\xff\xfe",
    b"<div>",
    b"</",
    b"<![CDATA[",
    b"<!--",
    b"&#x110000;",
    b"&amp",
    b"endobj",
    b"stream",
    b"/Count 999999999",
]
_WORDS += [
    b"[P1]\n",
    b"\r",
    b"\x0c",
    b"|---|",
    b"```",
    b"9" * 400,
    b"\xed\xa0\x80",
    "𠮷".encode(),
    b"(" * 300,
    b"<w:p>",
    b"<!ENTITY a 'b'>",
    b"%PDF-",
]


def originals(name: str) -> list[bytes]:
    """Whole files of a format."""
    text = _SAMPLE.read_text(encoding="utf-8")
    if name == "txt":
        return [text.encode(), text.encode("gb18030"), text.encode("utf-16")]
    if name == "md":
        return [writing.as_markdown(text), b"# a\n\n| a | b |\n|---|---|\n| 1 | [x](y) |\n\n- *i*\n"]
    if name == "html":
        return [writing.as_html(text), b"<table><tr><td>a<td>b<p>c</table><article><p>d&amp;e</article>"]
    if name == "docx":
        return [writing.as_docx(text)]
    return [writing.as_two_columns(text), _drawn()]


def mutated(data: bytes, dice: random.Random) -> bytes:
    """The file with a few bytes, stretches or words changed; a package is now and then changed inside."""
    if data.startswith(b"PK") and dice.random() < 0.6:
        return _inside(data, dice)
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16, 64))):
        at = dice.randrange(len(changed) + 1)
        stretch = dice.randrange(1, 200)
        kind = dice.randrange(6)
        if kind == 0 and at < len(changed):
            changed[at] = dice.randrange(256)
        elif kind == 1:
            del changed[at : at + stretch]
        elif kind == 2:
            changed[at:at] = changed[at : at + stretch] * dice.choice((1, 2, 50))
        elif kind == 3:
            changed[at:at] = dice.choice(_WORDS) * dice.choice((1, 1, 30))
        elif kind == 4:
            changed[at:at] = dice.randbytes(stretch)
        elif dice.random() < 0.3:
            del changed[at:]
    return bytes(changed)


def _inside(data: bytes, dice: random.Random) -> bytes:
    """A package with one of its parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        victim = dice.choice(["word/document.xml", "word/styles.xml", *names])
        for name in names:
            part = old.read(name)
            if name == victim:
                if dice.random() < 0.1:
                    continue
                part = mutated(part or b" ", dice)
            new.writestr(name, part)
    return buffer.getvalue()


def _drawn() -> bytes:
    """A page with a table, a chart and turned words."""
    pages = Pages()
    for row in range(6):
        pages.rule(50, 500, 90 + 20 * row)
        for column in range(4):
            pages.text(60 + 110 * column, 100 + 20 * row, f"格{row}{column}")
    for tick in range(6):
        pages.text(50, 300 + 15 * tick, f"{tick * 10}%", 7)
        pages.turned(100 + 40 * tick, 420, "斜标签")
    pages.paragraph(
        60,
        500,
        "云州市印发若干措施，支持企业租用智能算力，每年安排五亿元训力券，并对模型企业给予补助。" * 3,
        em=35,
    )
    return pages.bytes()
