"""One front door for all formats: a file or a text becomes a reading."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tagger.ingest.cues import cues_of
from tagger.ingest.decode import decode
from tagger.ingest.errors import ReadError
from tagger.ingest.masthead import read_masthead
from tagger.ingest.mend import mended
from tagger.ingest.plain import read_plain
from tagger.ingest.reading import assemble
from tagger.ingest.sections import assign_sections

if TYPE_CHECKING:
    from tagger.ingest.cues import Cues
    from tagger.ingest.reading import Block, Dropped, Reading
    from tagger.lexicon import Lexicon

NO_DATE = "no date in the masthead"
"""How the warnings begin that a report tells no date itself."""
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx")
"""Endings of the files that can be read; a folder is searched for these."""

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes; a larger file is refused."""

_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_MARKDOWN_SUFFIXES = (".md", ".markdown")
_HTML_START = re.compile(r"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html[\s>])", re.I | re.S)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.I)
_DAY_IN_NAME = re.compile(
    r"(?<!\d)(20\d{2})[-_.年]?(0[1-9]|1[0-2]|[1-9](?=[-_.月]))[-_.月]?(0[1-9]|[12]\d|3[01])(?!\d)"
)


def read_file(path: Path, lexicon: Lexicon) -> Reading:
    """Read one report. Raises ReadError for what is no report, OSError for what cannot be opened.

    A report whose masthead has no date takes it from the file name, with a warning.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise ReadError(f"larger than {LARGEST_FILE // 1024 // 1024} MB")
    data = path.read_bytes()
    if not data.strip():
        raise ReadError("the file is empty")
    reading = _read_bytes(data, path.suffix.lower(), cues_of(lexicon))
    if reading.meta.published is None:
        _date_by_name(reading, path.name)
    return reading


def read_text(text: str, lexicon: Lexicon) -> Reading:
    """The reading of a plain text that is at hand."""
    cues = cues_of(lexicon)
    return _finish(read_plain(text, cues), cues)


def _read_bytes(data: bytes, suffix: str, cues: Cues) -> Reading:
    """The content tells the format where it can, else the ending of the name."""
    if data.startswith(b"%PDF-") or suffix == ".pdf":
        from tagger.ingest.pdf import read_pdf

        return _assembled(*read_pdf(data, cues), cues)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or suffix == ".docx":
        from tagger.ingest.docx import read_docx

        return _finish_marked_up(*read_docx(data), cues)
    text = decode(data, declared=_declared(data) if suffix in _HTML_SUFFIXES else None)
    if suffix in _HTML_SUFFIXES or _HTML_START.match(text):
        from tagger.ingest.html import read_html

        return _finish_marked_up(*read_html(text), cues)
    if suffix in _MARKDOWN_SUFFIXES:
        from tagger.ingest.markdown import read_markdown

        return _finish_marked_up(*read_markdown(text), cues)
    return _finish(read_plain(text, cues), cues)


def _declared(data: bytes) -> str | None:
    """The encoding a page names in its head."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii").lower() if found else None


def _finish_marked_up(
    blocks: list[Block], dropped: list[Dropped], warnings: list[str], cues: Cues
) -> Reading:
    """Formats that mark their paragraphs may still have one cut in two by the page break of an earlier life."""
    return _assembled(mended(blocks, cues.openers), dropped, warnings, cues)


def _assembled(blocks: list[Block], dropped: list[Dropped], warnings: list[str], cues: Cues) -> Reading:
    reading = assemble(blocks)
    reading.dropped = dropped
    reading.warnings = warnings
    return _finish(reading, cues)


def _finish(reading: Reading, cues: Cues) -> Reading:
    """A reading of any format with its masthead and sections."""
    if len(reading.passages) > 1:
        told = cues.traits.of_each(reading.text, reading.passages)
        reading.meta = read_masthead(reading, cues, told)
        assign_sections(reading, cues, told)
    return reading


def _date_by_name(reading: Reading, name: str) -> None:
    found = _DAY_IN_NAME.search(name)
    if found:
        reading.meta.published = f"{int(found[1]):04d}-{int(found[2]):02d}-{int(found[3]):02d}"
        reading.warnings.append(f"{NO_DATE}: published {reading.meta.published} is from the file name")
    else:
        reading.warnings.append(f"{NO_DATE} or the file name: dates without a year stay open")
