"""Word files, and what pretends to be one."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from ingest import writing
from ingest.conftest import paragraphs
from tagger.ingest import ReadError
from tagger.ingest import docx as docx_room

PROSE = "云州市印发若干措施，支持企业租用智能算力，每年安排五亿元训力券。"


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return buffer.getvalue()


def test_paragraphs_headings_and_tables_in_their_order(read_bytes):
    document = docx.Document()
    document.add_heading("算力新政落地", 0)
    document.add_paragraph(PROSE)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ["指标", "2025", "收入", "12"], strict=True
    ):
        cell.text = words
    document.add_heading("风险提示", 1)
    document.add_paragraph("需求不及预期。")
    reading = read_bytes("a.docx", saved(document))
    assert paragraphs(reading) == [
        "算力新政落地",
        PROSE,
        "指标\t2025",
        "收入\t12",
        "风险提示",
        "需求不及预期。",
    ]
    assert [p.heading for p in reading.passages] == [True, False, False, False, True, False]
    assert [p.row for p in reading.passages] == [False, False, True, True, False, False]
    assert reading.meta.title == "算力新政落地"


def test_a_cell_of_prose_only_lays_out_the_page(read_bytes):
    document = docx.Document()
    cell = document.add_table(rows=1, cols=2).rows[0].cells[1]
    for _ in range(5):
        cell.add_paragraph(PROSE)
    assert paragraphs(read_bytes("a.docx", saved(document))) == [PROSE] * 5


def test_headers_and_footers_are_listed_as_dropped(read_bytes):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "晨山证券"
    document.add_paragraph(PROSE)
    reading = read_bytes("a.docx", saved(document))
    assert reading.text == PROSE
    assert [dropped.text for dropped in reading.dropped] == ["晨山证券"]


class TestWhatCannotBeRead:
    def test_a_truncated_file(self, read_bytes):
        data = writing.as_docx(PROSE)
        with pytest.raises(ReadError, match="broken Word file"):
            read_bytes("a.docx", data[: len(data) // 2])

    def test_an_encrypted_or_old_file(self, read_bytes):
        with pytest.raises(ReadError, match="encrypted"):
            read_bytes("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600))

    def test_a_zip_bomb(self, read_bytes, monkeypatch):
        monkeypatch.setattr(docx_room, "MOST_BYTES_UNPACKED", 5_000_000)
        bomb = repacked(writing.as_docx(PROSE), "word/document.xml", bytes(6_000_000))
        assert len(bomb) < 100_000
        with pytest.raises(ReadError, match="unpacks to"):
            read_bytes("a.docx", bomb)

    def test_markup_nested_without_end(self, read_bytes):
        deep = (
            b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
            + b"<w:sdt>" * 100_000
        )
        with pytest.raises(ReadError, match="broken Word file"):
            read_bytes("a.docx", repacked(writing.as_docx(PROSE), "word/document.xml", deep))

    def test_entities_that_grow_are_not_expanded(self, read_bytes):
        lol = (
            b"<!DOCTYPE w [<!ENTITY a '"
            + b"x" * 1000
            + b"'>"
            + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        )
        xml = (
            lol
            + b"]><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"
        )
        try:
            reading = read_bytes("a.docx", repacked(writing.as_docx(PROSE), "word/document.xml", xml))
        except ReadError:
            return
        assert len(reading.text) < 1000

    def test_another_zip(self, read_bytes):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            package.writestr("a.txt", "nothing")
        with pytest.raises(ReadError, match="broken Word file"):
            read_bytes("a.docx", buffer.getvalue())
