"""Encodings: whatever analysts save their text in."""

from __future__ import annotations

import pytest

from tagger.ingest import ReadError, decode

TEXT = "云州市印发《智能算力行动方案》，每年安排5亿元训力券。\n这是第二行，也是中文。"
TRADITIONAL = "證券研究報告：人工智慧產業與伺服器供應鏈觀察，我們認為這個行業的需求會繼續上升。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_simplified_text_is_read_in_every_encoding(encoding):
    assert decode(TEXT.encode(encoding)).lstrip("\ufeff") == TEXT


def test_big5_is_told_from_gb18030():
    assert decode(TRADITIONAL.encode("big5")) == TRADITIONAL


def test_a_character_of_four_bytes_survives_gb18030():
    assert decode("𠮷野家，㐂".encode("gb18030") + TEXT.encode("gb18030")).startswith("𠮷野家，㐂")


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01\x00\x00\x00\x00",
        bytes(range(256)) * 4,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff",
    ],
)
def test_binary_data_is_no_text(data):
    with pytest.raises(ReadError):
        decode(data)


def test_a_few_broken_bytes_do_not_make_another_encoding_of_it():
    data = (TEXT * 5).encode()
    assert decode(data[:50] + b"\xff" + data[50:]).endswith(TEXT)
    assert "云州市印发" in decode(data[:-1])
