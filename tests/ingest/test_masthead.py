"""Mastheads in the manners of different houses; all of them made up."""

from __future__ import annotations

import pytest

from tagger.ingest.reading import Reading

BODY = (
    "\n\n核心观点\n\n算力需求持续增长，地方政策加快落地，产业链景气度保持高位，我们看好相关环节的投资机会。\n"
)


def facts(reading: Reading) -> dict[str, object]:
    meta = reading.meta
    return {
        "title": meta.title,
        "publisher": meta.publisher,
        "published": meta.published,
        "rating": meta.rating,
        "analysts": [(a.name, a.licence) for a in meta.analysts],
    }


def test_labels_with_their_values(read):
    text = (
        "晨山证券\n算力券进入兑现期，关注国产整机\n——计算机行业周报（2025.8.25—2025.8.29）\n增持（维持）\n行业：计算机\n"
        "日期：2025年8月30日\n分析师：林知远\nSAC编号：S0000520010001\n相关报告：\n《端侧模型进入量产窗口》\n——2025年8月23日\n"
        + BODY
    )
    reading = read(text)
    assert facts(reading) == {
        "title": "算力券进入兑现期，关注国产整机",
        "publisher": "晨山证券",
        "published": "2025-08-30",
        "rating": "增持（维持）",
        "analysts": [("林知远", "S0000520010001")],
    }
    assert reading.meta.subtitle == "计算机行业周报（2025.8.25—2025.8.29）"
    assert reading.meta.period == ("2025-08-25", "2025-08-29")
    assert reading.meta.industry == "计算机"
    assert reading.meta.related == ["端侧模型进入量产窗口"]


@pytest.mark.parametrize(
    "signature",
    [
        "证券分析师：林知远 S0000520010001\nlin@chenshan.example\n联系人：周海\nS0000123010002\n",
        "林知远（分析师）\n执业证书编号：S0000520010001\n周海（研究助理）\n证书编号：S0000123010002\n",
        "分析师\n林知远\nSAC 执业证书编号：S0000520010001\n",
        "林知远 首席分析师\nSAC 执业证书编号：S0000520010001\n",
        "计算机首席证券分析师：林知远，CFA\n执业证书编号：S0000520010001\n",
        "研究员 林知远\nSAC No. S0000520010001 lin@chenshan.example\n",
        "分析师：林知远（执业 S0000520010001）\n",
        "作者\n林 知远\n分析师 林知远\n执业证书编号：S0000520010001\n",
    ],
)
def test_signatures(read, signature):
    reading = read("证券研究报告\n国产算力迎来拐点，关注超节点\n2025年8月30日\n" + signature + BODY)
    assert ("林知远", "S0000520010001") in facts(reading)["analysts"]
    assert "周海" not in [name for name, _ in facts(reading)["analysts"]]


@pytest.mark.parametrize(
    ("printed", "rating"),
    [
        ("强于大市(维持)", "强于大市(维持)"),
        ("评级：买入", "买入"),
        ("投资评级： 增持（首次）", "增持（首次）"),
        ("推荐 维持评级", "推荐（维持）"),
        ("推荐\n维持评级", "推荐（维持）"),
        ("维持 强于大市", "强于大市（维持）"),
        ("超配（上调）", "超配（上调）"),
    ],
)
def test_ratings(read, printed, rating):
    reading = read(
        f"证券研究报告\n国产算力迎来拐点，关注超节点\n2025年8月30日\n{printed}\n分析师：林知远\nS0000520010001\n"
        + BODY
    )
    assert reading.meta.rating == rating


@pytest.mark.parametrize(
    "printed",
    [
        "2025年8月30日",
        "2025 年 08 月 30 日",
        "发布日期：2025-08-30",
        "行业周报 | 2025.08.30",
        "2025年\n8月\n30日",
        "报告日期\n2025/8/30",
        "计算机 20250830",
    ],
)
def test_dates_also_torn_ones(read, printed):
    reading = read(
        f"证券研究报告\n国产算力迎来拐点，关注超节点\n{printed}\n分析师：林知远\nS0000520010001\n" + BODY
    )
    assert reading.meta.published == "2025-08-30"


def test_days_of_related_reports_are_none_of_this_one(read):
    reading = read(
        "证券研究报告\n国产算力迎来拐点，关注超节点\n分析师：林知远\nS0000520010001\n相关研究\n《旧报告之一：算力观察》2025-01-02\n《旧报告之二：模型观察》\n2025-02-03\n"
        "发布日期：2025年8月30日\n" + BODY
    )
    assert reading.meta.published == "2025-08-30"
    assert reading.meta.related == ["旧报告之一：算力观察", "旧报告之二：模型观察"]


def test_a_publisher_that_is_a_picture_is_known_by_its_sources(read):
    reading = read(
        "国产算力迎来拐点，关注超节点\n2025年8月30日\n分析师：林知远\nS0000520010001\n"
        + BODY
        + "资料来源：Wind，晨山证券研究所\n资料来源：公司公告，晨山证券研究所\n"
    )
    assert reading.meta.publisher == "晨山证券"


def test_a_title_of_two_lines_before_its_subtitle(read):
    reading = read(
        "晨山证券\n算力补贴从中央走到地方，训力券\n进入兑现期\n——计算机行业月报\n2025年8月30日\n分析师：林知远\nS0000520010001\n"
        + BODY
    )
    assert reading.meta.title == "算力补贴从中央走到地方，训力券进入兑现期"


def test_a_report_without_masthead_has_none(read):
    reading = read(
        "今天的要闻\n\n云州市印发若干措施，支持智能算力建设，每年安排五亿元训力券，鼓励企业租用算力。\n\n另一条消息，说的是芯片。"
    )
    assert reading.meta.title is None
    assert "masthead" not in [p.section for p in reading.passages]


def test_the_day_of_the_file_name_stands_in_with_a_warning(read_bytes):
    reading = read_bytes(
        "daily-2025-08-30.txt", "今天的要闻。\n云州市印发若干措施，支持智能算力建设。\n".encode()
    )
    assert reading.meta.published == "2025-08-30"
    assert any("file name" in warning for warning in reading.warnings)


@pytest.mark.parametrize("name", ["weekly_20250830.txt", "2025.8.30 周报.txt", "周报2025年08月30日.txt"])
def test_days_in_names(read_bytes, name):
    assert read_bytes(name, "今天的要闻。\n第二条消息。\n".encode()).meta.published == "2025-08-30"


def test_no_day_anywhere_is_a_warning(read_bytes):
    reading = read_bytes("report.txt", "今天的要闻。\n第二条消息。\n".encode())
    assert reading.meta.published is None
    assert reading.warnings
