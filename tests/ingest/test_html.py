"""HTML: the main text only, each character with its place in the page."""

from __future__ import annotations

import pytest

from ingest.conftest import paragraphs, untrue_origins
from tagger.ingest import ReadError

PROSE = "云州市印发若干措施，支持企业租用智能算力，每年安排五亿元训力券；另有奖励，按季度兑现。"


def page(body: str) -> bytes:
    return f"<!doctype html><html><head><title>t</title><script>var x = 1;</script></head><body>{body}</body></html>".encode()


def test_paragraphs_headings_and_breaks(read_bytes):
    reading = read_bytes("a.html", page(f"<h1>算力新政</h1><p>{PROSE}</p><div>第一行<br>第二行</div>"))
    assert paragraphs(reading) == ["算力新政", PROSE, "第一行", "第二行"]
    assert [p.heading for p in reading.passages] == [True, False, False, False]
    assert reading.meta.title == "算力新政"


def test_inline_marks_do_not_part_words(read_bytes):
    reading = read_bytes(
        "a.html",
        page("<p>每年<b>5</b><span>亿元</span>“<a href='x'>训力券</a>”，\n支持 <i>AI</i> 企业</p><p>二</p>"),
    )
    assert paragraphs(reading)[0] == "每年5亿元“训力券”，支持 AI 企业"


def test_the_frame_of_the_page_is_dropped_and_listed(read_bytes):
    reading = read_bytes(
        "a.html",
        page(
            f"<nav>首页 研报</nav><article><p>{PROSE}</p><p>二</p></article><footer>备案号</footer><aside>广告</aside>"
        ),
    )
    assert paragraphs(reading) == [PROSE, "二"]
    inside = read_bytes(
        "b.html", page(f"<header>站名</header><p>{PROSE}</p><p>二</p><footer>备案号</footer>")
    )
    assert [dropped.text for dropped in inside.dropped] == ["站名", "备案号"]


def test_tables_are_rows(read_bytes):
    reading = read_bytes(
        "a.html",
        page(
            "<p>表</p><table><tr><th>指标</th><th>2025</th></tr><tr><td>收入<br>合计</td><td>&nbsp;12 </td></tr></table>"
        ),
    )
    assert paragraphs(reading)[1:] == ["指标\t2025", "收入 合计\t12"]
    assert [p.row for p in reading.passages] == [False, True, True]


def test_a_table_that_only_lays_out_the_page_is_no_table(read_bytes):
    reading = read_bytes(
        "a.html",
        page(
            f"<table><tr><td>边栏</td><td><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}{PROSE}</p></td></tr></table>"
        ),
    )
    assert PROSE in paragraphs(reading)


def test_origins_lead_into_the_source(read_bytes):
    source = page(f"<p>甲&amp;乙&nbsp;丙&#x4E01;</p><!-- 甲 --><p>{PROSE}</p><p>甲 &lt;戊&gt;</p>")
    reading = read_bytes("a.html", source)
    text = source.decode()
    entities = {"丁", "<", ">"}
    assert paragraphs(reading)[0] == "甲&乙 丙丁"
    assert all(
        text[_source_of(reading, at)] == "&" or reading.text[at] in entities
        for at in untrue_places(reading, text)
    )
    assert {reading.text[at] for at in untrue_places(reading, text)} <= entities


def untrue_places(reading, text):
    return untrue_origins(reading, text)


def _source_of(reading, at):
    return next(
        begin + at - start for start, begin, length, _ in reading.origins if start <= at < start + length
    )


def test_a_page_in_gb2312_says_so_itself(read_bytes):
    body = f"<html><head><meta charset=gb2312></head><body><p>{PROSE}</p><p>二</p></body></html>"
    assert paragraphs(read_bytes("a.html", body.encode("gb18030")))[0] == PROSE


def test_broken_markup_is_forgiven(read_bytes):
    assert (
        PROSE
        in read_bytes("a.html", f"<html><body><p>{PROSE}<div><b>没有关<p>上 <table><td>格".encode()).text
    )


def test_deep_nesting_is_read(read_bytes):
    assert PROSE in read_bytes("deep.html", page("<div>" * 3000 + PROSE + "<p>二")).text


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<table><tr><td>", "<DIV class='a'>"])
def test_nesting_beyond_reason_is_an_error(read_bytes, tag):
    with pytest.raises(ReadError, match="nested"):
        read_bytes("deep.html", page(tag * 50_000 + PROSE))


def test_a_page_without_text_is_an_error(read_bytes):
    with pytest.raises(ReadError, match="without text"):
        read_bytes("a.html", page("<script>1</script>"))
