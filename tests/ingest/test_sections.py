"""Sections from headings, numbers, labels and what only disclaimers say."""

from __future__ import annotations

import pytest

from ingest.conftest import sections

NEWS = "云州市印发若干措施，支持智能算力建设，每年安排五亿元训力券。"


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("■ 市场回顾", "market_review"),
        ("一、周观点", "weekly_view"),
        ("2.1 行业动态", "industry_news"),
        ("（三）公司公告", "company_news"),
        ("5. 投资建议：", "investment_advice"),
        ("风险提示", "risk"),
        ("免责声明", "disclaimer"),
        ("本周计算机行业行情回顾", "market_review"),
    ],
)
def test_a_known_heading_opens_its_section(read, heading, section):
    found = sections(read(f"第一段话，什么也不是。\n{heading}\n{NEWS}\n"))
    assert found[heading[:12]] == found[NEWS[:12]] == section


def test_a_heading_of_the_same_rank_closes_a_section(read):
    text = f"前言的一段话。\n一、投资建议\n{NEWS}\n二、产业链梳理\n另一段话，说的是别的。\n"
    assert sections(read(text))["另一段话，说的是别的。"] == "body"


def test_a_heading_below_keeps_it(read):
    text = f"前言的一段话。\n1. 行业动态\n{NEWS}\n1.2 算力\n另一段话，说的是别的。\n"
    assert sections(read(text))["另一段话，说的是别的。"] == "industry_news"


def test_a_list_that_counts_from_one_keeps_it(read):
    text = "前言的一段话。\n6. 风险提示\n1. 需求不及预期\n2. 政策落地缓慢\n"
    assert sections(read(text))["2. 政策落地缓慢"] == "risk"


def test_a_paragraph_that_begins_with_a_label_is_of_that_section_alone(read):
    text = f"前言的一段话。\n风险提示：需求不及预期；政策落地缓慢；行业竞争加剧。\n{NEWS}\n"
    found = sections(read(text))
    assert found["风险提示：需求不及预期；"] == "risk"
    assert found[NEWS[:12]] == "body"


def test_what_only_a_disclaimer_says(read):
    text = f"{NEWS}\n另一段话。\n本报告仅供晨山证券的客户使用，不构成任何投资建议。\n"
    assert sections(read(text))["本报告仅供晨山证券的客户"] == "disclaimer"


def test_headings_are_marked(read):
    reading = read(f"前言的一段话。\n■ 市场回顾\n{NEWS}\n")
    assert [p.heading for p in reading.passages] == [False, True, False]


def test_the_caption_of_a_table_opens_no_section(read):
    found = sections(read(f"前言的一段话。\n表 1：重点公司盈利预测与估值\n{NEWS}\n"))
    assert found[NEWS[:12]] == "body"
