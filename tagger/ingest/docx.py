"""Word: paragraphs, headings and tables of a DOCX, in the order of the document."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from tagger.ingest.errors import MissingPartError, ReadError
from tagger.ingest.plain import readable
from tagger.ingest.reading import HEADING_PROMINENCE, Block, Dropped, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.oxml.table import CT_Tbl
    from docx.oxml.text.paragraph import CT_P

MOST_BYTES_UNPACKED = 400 * 1024 * 1024
MOST_PARTS = 20_000
MOST_BYTES_OF_TEXT = 150 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.I)
_TITLE_STYLE = re.compile(r"title|标题|题目", re.I)
_CELL_OF_PROSE = 150  # characters; a cell with more, in several paragraphs, only lays out the page


def read_docx(data: bytes) -> tuple[list[Block], list[Dropped], list[str]]:
    """The paragraphs of a DOCX, what was dropped from it, and warnings.

    The source of an offset is the text of the document's paragraphs and cells, one a line. Raises ReadError when
    the file is broken, encrypted, or unpacks to more than anyone writes.
    """
    try:
        import docx
    except ImportError:
        raise MissingPartError("Word", "docx") from None
    _check_package(data)
    try:
        document = docx.Document(io.BytesIO(data))
        try:
            reader = _Reader(document)
            reader.take_body()
            margins = _margins(document)
        finally:
            _empty(document)
    except Exception as error:
        # python-docx and lxml raise KeyError, ValueError, XMLSyntaxError … for the many ways a package can be broken.
        raise ReadError(f"a broken Word file ({type(error).__name__})") from None
    return reader.blocks, margins, []


def _check_package(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            "an encrypted Word file, or one in the old DOC format: save it as DOCX without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError, EOFError):
        raise ReadError("a broken Word file (no ZIP package)") from None
    unpacked = sum(part.file_size for part in parts)
    text = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if unpacked > MOST_BYTES_UNPACKED or len(parts) > MOST_PARTS or text > MOST_BYTES_OF_TEXT:
        raise ReadError(f"a Word file that unpacks to {unpacked // 1024 // 1024} MB in {len(parts)} parts")
    if any(part.flag_bits & 0x1 for part in parts):
        raise ReadError("an encrypted Word file")


class _Reader:
    """Walks over the body; ``_at`` is the place in the stream of paragraph texts."""

    def __init__(self, document: Document) -> None:
        self.blocks: list[Block] = []
        self._body = document.element.body
        self._styles = {style.style_id: style.name or "" for style in document.styles}
        self._at = 0

    def take_body(self) -> None:
        self._take_all(self._body)

    def _take_all(self, parent: object) -> None:
        for element in parent.iterchildren():  # type: ignore[attr-defined]
            if element.tag == _W + "p":
                self._paragraph(element)
            elif element.tag == _W + "tbl":
                self._table(element)
            elif element.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml"):
                self._take_all(element)

    def _paragraph(self, paragraph: CT_P) -> None:
        prominence = self._prominence(paragraph)
        for line in _text_of(paragraph).split("\n"):
            segments = self._copy(line)
            if segments:
                self.blocks.append(Block(segments, heading=prominence > 0, prominence=prominence))

    def _table(self, table: CT_Tbl) -> None:
        for row in table.iterchildren(_W + "tr"):
            cells = list(row.iterchildren(_W + "tc", _W + "sdt"))
            if any(_is_layout(cell) for cell in cells):
                for cell in cells:
                    self._take_all(cell)
                continue
            segments: list[Segment] = []
            for cell in cells:
                text = " ".join(filter(None, (_text_of(p).strip() for p in cell.iter(_W + "p"))))
                copied = self._copy(text.replace("\n", " "))
                if segments and copied:
                    segments.append(Segment("\t", segments[-1].source + len(segments[-1].text)))
                segments += copied
            if segments:
                self.blocks.append(Block(segments, row=len(cells) > 1))

    def _copy(self, line: str) -> list[Segment]:
        bare = line.strip()
        start = self._at + (line.index(bare) if bare else 0)
        self._at += len(line) + 1
        return readable(bare, start) if bare else []

    def _prominence(self, paragraph: CT_P) -> float:
        """The rank of a heading style; 0 for running text."""
        name = self._styles.get(paragraph.style or "", "")
        found = _HEADING_STYLE.search(name)
        if found:
            return HEADING_PROMINENCE - int(found[1])
        return HEADING_PROMINENCE if _TITLE_STYLE.fullmatch(name) else 0.0


def _text_of(paragraph: CT_P) -> str:
    """The text of a paragraph: runs, line breaks and tabs; no deleted text, no second copies for old readers."""
    return "".join(_pieces(paragraph))


def _pieces(paragraph: CT_P) -> Iterator[str]:
    for element in paragraph.iter(_W + "t", _W + "br", _W + "tab", _W + "cr", _W + "noBreakHyphen"):
        if any(above.tag == _FALLBACK for above in element.iterancestors()):
            continue
        if element.tag == _W + "t":
            yield (element.text or "").replace("\n", " ")
        elif element.tag == _W + "noBreakHyphen":
            yield "-"
        elif element.tag == _W + "tab":
            yield "" if element.getparent().tag == _W + "tabs" else " "
        else:
            yield "\n"


def _is_layout(cell: object) -> bool:
    """A cell that holds a table, or several paragraphs of prose: it lays out the page."""
    paragraphs = list(cell.iterchildren(_W + "p"))  # type: ignore[attr-defined]
    if next(cell.iter(_W + "tbl"), None) is not None:  # type: ignore[attr-defined]
        return True
    return len(paragraphs) > 2 and sum(len(_text_of(p)) for p in paragraphs) > _CELL_OF_PROSE


def _margins(document: Document) -> list[Dropped]:
    """Headers and footers: read by nobody, listed as dropped."""
    texts: dict[str, None] = {}
    for section in document.sections:
        for part in (section.header, section.footer):
            if not part.is_linked_to_previous:
                texts.update((p.text.strip(), None) for p in part.paragraphs if p.text.strip())
    return [Dropped(text, "running header or footer") for text in texts]


def _empty(document: Document) -> None:
    """Free the trees of a document that was read. They hang in cycles, and pile up until the collector comes."""
    for part in document.part.package.iter_parts():
        element = getattr(part, "element", None)
        if element is not None:
            element.clear()
