"""A PDF file to blocks, within bounds of pages, characters and time."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from tagger.ingest.errors import MissingPartError, ReadError
from tagger.ingest.pdf.columns import Column, columns_of
from tagger.ingest.pdf.flow import Flow, layout_of
from tagger.ingest.pdf.furniture import take_furniture
from tagger.ingest.pdf.glyphs import Sheet, sheet_of
from tagger.ingest.pdf.rows import rows_of
from tagger.ingest.reading import Dropped

if TYPE_CHECKING:
    import pypdfium2

    from tagger.ingest.cues import Cues
    from tagger.ingest.reading import Block

MOST_PAGES = 1000
MOST_CHARACTERS_A_PAGE = 50_000
MOST_CHARACTERS = 5_000_000
MOST_SECONDS = 120.0
_MOST_PLACED = 8000  # runs of a page whose columns are looked for; what draws more is no page of text


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
    return *_paragraphs(sheets, cues), warnings


def _sheets(file: pypdfium2.PdfDocument, warnings: list[str]) -> list[Sheet]:
    import pypdfium2 as pdfium

    count = len(file)
    sheets: list[Sheet] = []
    unread = characters = 0
    until = monotonic() + MOST_SECONDS
    for number in range(1, min(count, MOST_PAGES) + 1):
        if monotonic() > until or characters > MOST_CHARACTERS:
            break
        try:
            page = file[number - 1]
            sheet = sheet_of(page, number, MOST_CHARACTERS_A_PAGE)
        except pdfium.PdfiumError:
            unread += 1
            continue
        page.close()
        characters += sum(len(run.text) for run in sheet.runs)
        sheets.append(sheet)
    if len(sheets) + unread < count:
        warnings.append(f"{count} pages: only the first {len(sheets) + unread} were read")
    if unread:
        warnings.append(f"{unread} of {count} pages are broken")
    blank = sum(not sheet.runs for sheet in sheets)
    if 0 < blank < len(sheets):
        warnings.append(f"{blank} of {count} pages have no text layer")
    return sheets


def _paragraphs(sheets: list[Sheet], cues: Cues) -> tuple[list[Block], list[Dropped]]:
    slanted = [
        Dropped("".join(sheet.slanted), "slanted label", sheet.number) for sheet in sheets if sheet.slanted
    ]
    taken = take_furniture(sheets, cues.furniture)
    columns = [
        (rows_of(column.runs, sheet.rules), column.side)
        for sheet in sheets
        for column in (
            columns_of(sheet.runs, sheet.rules) if len(sheet.runs) < _MOST_PLACED else [Column(sheet.runs)]
        )
    ]
    flow = Flow(layout_of(rows for rows, side in columns if not side), cues.openers)
    for rows, side in columns:
        flow.take(rows, apart=side)
    flow.dropped += slanted + taken
    flow.dropped.sort(key=lambda dropped: dropped.page or 0)
    return flow.blocks, flow.dropped


def _why(message: str) -> str:
    if "assword" in message:
        return "an encrypted PDF: it opens only with a password"
    return "a broken PDF"
