"""A PDF file to blocks, within bounds of pages, characters and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.ingest.errors import MissingPartError, ReadError
from tagger.ingest.pdf.columns import columns_of
from tagger.ingest.pdf.flow import Flow, layout_of
from tagger.ingest.pdf.furniture import take_furniture
from tagger.ingest.pdf.glyphs import Sheet, sheet_of
from tagger.ingest.pdf.rows import rows_of
from tagger.ingest.reading import Dropped

if TYPE_CHECKING:
    import re

    import pypdfium2

    from tagger.ingest.cues import Cues
    from tagger.ingest.reading import Block

MOST_PAGES = 1000
MOST_CHARACTERS_A_PAGE = 50_000


def read_pdf(data: bytes, cues: Cues) -> tuple[list[Block], list[Dropped], list[str]]:
    """The paragraphs of a PDF, what was dropped from it, and warnings.

    Raises ReadError when the file is encrypted, broken, or has no text layer.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError:
        raise MissingPartError("PDF", "pdf") from None
    warnings: list[str] = []
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ReadError(_why(str(error))) from None
    try:
        sheets = _sheets(file, warnings)
    finally:
        file.close()
    if not any(sheet.runs for sheet in sheets):
        raise ReadError("a PDF without a text layer (scanned?): run a text recognition over it first")
    return *_paragraphs(sheets, cues.furniture), warnings


def _sheets(file: pypdfium2.PdfDocument, warnings: list[str]) -> list[Sheet]:
    import pypdfium2 as pdfium

    count = len(file)
    if count > MOST_PAGES:
        warnings.append(f"{count} pages: only the first {MOST_PAGES} were read")
    sheets: list[Sheet] = []
    for number in range(1, min(count, MOST_PAGES) + 1):
        try:
            page = file[number - 1]
        except pdfium.PdfiumError:
            warnings.append(f"page {number} cannot be read")
            continue
        sheets.append(sheet_of(page, number, MOST_CHARACTERS_A_PAGE))
        page.close()
    return sheets


def _paragraphs(sheets: list[Sheet], furniture: re.Pattern[str]) -> tuple[list[Block], list[Dropped]]:
    slanted = [
        Dropped("".join(sheet.slanted), "slanted label", sheet.number) for sheet in sheets if sheet.slanted
    ]
    taken = take_furniture(sheets, furniture)
    columns = [
        (rows_of(column.runs, sheet.rules), column.side)
        for sheet in sheets
        for column in columns_of(sheet.runs, sheet.rules)
    ]
    flow = Flow(layout_of(rows for rows, side in columns if not side))
    for rows, side in columns:
        flow.take(rows, apart=side)
    flow.dropped += slanted + taken
    flow.dropped.sort(key=lambda dropped: dropped.page or 0)
    return flow.blocks, flow.dropped


def _why(message: str) -> str:
    if "assword" in message:
        return "an encrypted PDF: it opens only with a password"
    return "a broken PDF"
