"""What `tagger read` shows."""

from __future__ import annotations

from ingest.pages import Pages
from tagger.ingest.view import as_text

PROSE = "近日，云州市工业和信息化局印发若干措施，提出在未来三年里每年安排不超过五亿元的训力券，支持本地企业租用算力。"


def test_paragraphs_with_page_and_offset(read_bytes):
    pages = Pages()
    pages.text(60, 100, "风险提示", 14)
    pages.paragraph(60, 700, PROSE[:50], em=25)
    pages.text(290, 820, "1 / 2")
    pages.next()
    pages.paragraph(60, 100, PROSE[50:], em=25)
    pages.text(290, 820, "2 / 2")
    reading = read_bytes("report-2025-08-30.pdf", pages.bytes())
    shown = as_text(reading, dropped=True, full=True)
    assert "published  2025-08-30" in shown
    assert "[risk] 2" in shown
    assert "p1:0  # 风险提示" in shown
    assert any("p1+1:" in line and PROSE in line for line in shown.split("\n"))
    assert "page number 2" in shown


def test_long_paragraphs_are_cut_unless_asked_for(read):
    reading = read("第一段。\n" + PROSE * 3 + "\n")
    assert PROSE * 3 not in as_text(reading)
    assert PROSE * 3 in as_text(reading, full=True)
    assert "dropped" not in as_text(reading)
