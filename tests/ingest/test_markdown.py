"""Markdown: marks are taken off, words stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.conftest import paragraphs, untrue_origins
from tagger.ingest.markdown import read_markdown
from tagger.ingest.reading import assemble

MARKS = st.sampled_from(
    [
        "# ",
        "## ",
        "- ",
        "**",
        "*",
        "`",
        "```\n",
        "[链](http://a.b)",
        "![图](x.png)",
        "| a | b |\n",
        "|---|---|\n",
        "---\n",
        "> ",
        "\n",
        "\n\n",
        "<br>",
        "\\*",
        "1. ",
        "===\n",
        "<!-- 注 -->",
    ]
)


@given(
    st.lists(st.one_of(MARKS, st.text(max_size=8), st.text("算力政策，。", max_size=20)), max_size=30).map(
        "".join
    )
)
def test_every_character_maps_to_itself(text):
    blocks, _, _ = read_markdown(text)
    assert untrue_origins(assemble(blocks), text) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**加粗**与*斜体*和`代码`", "加粗与斜体和代码"),
        ("见[《若干措施》](http://x.y/(a))原文", "见《若干措施》原文"),
        ("![图片](a.png)后面", "后面"),
        ("软\n换行", "软换行"),
        ("soft\nwrap", "soft wrap"),
        ("- 列表项", "列表项"),
        ("3. 编号", "3. 编号"),
        ("> 引用", "引用"),
        ("a\\|b \\*星\\*", "a|b *星*"),
        ("snake_case_name 保持", "snake_case_name 保持"),
    ],
)
def test_marks(source, text):
    assert assemble(read_markdown(source)[0]).text == text


def test_headings_of_both_kinds(read_bytes):
    reading = read_bytes(
        "a.md", "大标题二〇二五年的算力\n===\n\n正文一段。\n\n## 风险提示 ##\n\n需求不及预期。\n".encode()
    )
    assert paragraphs(reading) == ["大标题二〇二五年的算力", "正文一段。", "风险提示", "需求不及预期。"]
    assert [p.heading for p in reading.passages] == [True, False, True, False]
    assert reading.passages[3].section == "risk"


def test_tables_are_rows(read_bytes):
    reading = read_bytes("a.md", "前言。\n\n| 指标 | 2025 |\n|---|---:|\n| 收入 | **12** |\n".encode())
    assert paragraphs(reading) == ["前言。", "指标\t2025", "收入\t12"]


def test_front_matter_is_dropped_and_listed(read_bytes):
    reading = read_bytes(
        "a.md", "---\ntitle: 早报\nlayout: post\n---\n\n# 早报2025年8月30日\n\n第一条消息。\n".encode()
    )
    assert reading.text.startswith("早报2025年8月30日")
    assert [dropped.reason for dropped in reading.dropped] == ["front matter"]
    assert (reading.meta.title, reading.meta.published) == ("早报2025年8月30日", "2025-08-30")


def test_a_heading_over_plain_lines_of_a_masthead(read_bytes):
    text = "# 算力补贴进入兑现期，关注整机\n\n证券研究报告\n\n2025年8月30日\n\n分析师：林知远 S0000520010001\n\n正文。\n"
    assert read_bytes("a.md", text.encode()).meta.title == "算力补贴进入兑现期，关注整机"
