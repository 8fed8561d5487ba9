"""Whose year a date without one has: that of its list, else the one that makes it near the report."""

from __future__ import annotations

import pytest

from tagger.matching.matcher import Matcher

from .marked import mentions_in

CASES = [
    # a year set off by a mark opens what follows
    ("2023年，公司3月发布样机，7月量产。", "2026-05-11", ["2023-01-01", "2023-03-01", "2023-07-01"]),
    ("2024年12月18日印发，12月20日施行。", "2026-05-11", ["2024-12-18", "2024-12-20"]),
    # a year inside a clause belongs to its clause
    ("延续2024年方案的思路，与3月出台的办法衔接。", "2026-05-11", ["2024-01-01", "2026-03-01"]),
    # a deadline lends its year to none
    ("到2028年培育百个模型，省里5月8日印发方案。", "2026-05-11", ["2028-01-01", "2026-05-08"]),
    ("力争2028年建成，5月8日开工。", "2026-05-11", ["2028-01-01", "2026-05-08"]),
    ("2025年底前完成，5月8日开工。", "2026-05-11", ["2025-12-31", "2026-05-08"]),
    ("截至2024年，6月的数据未公布。", "2026-05-11", ["2024-01-01", "2024-06-01"]),
    # what takes effect may have done so just now
    ("自3月1日起施行。", "2026-03-09", ["2026-03-01"]),
    ("自3月1日起施行。", "2026-02-09", ["2026-03-01"]),
    ("自3月1日起施行。", "2025-11-20", ["2026-03-01"]),
    ("该法1月22日生效。", "2026-01-25", ["2026-01-22"]),
    # years with words behind them
    (
        "计划在2026年前投产，2028年以前完成，2020年以来增长。",
        "2025-05-11",
        ["2026-01-01", "2028-01-01", "2020-01-01"],
    ),
    # months and weeks with their parts
    ("上月底发布，上周末开会，本月中旬落地。", "2026-03-18", ["2026-02-28", "2026-03-14", "2026-03-11"]),
    ("上月发布，下个月初落地。", "2026-01-18", ["2025-12-01", "2026-02-01"]),
    # a span of time is no date
    ("计划三年内投入，5个月内完成，年内开工。", "2026-01-25", ["2026-01-01"]),
]


@pytest.mark.parametrize(("text", "published", "starts"), CASES, ids=lambda value: str(value)[:24])
def test_the_first_days_of_the_dates_of_a_sentence(
    matcher: Matcher, text: str, published: str, starts: list[str]
) -> None:
    dates = [m for m in mentions_in(matcher, text, published) if m.kind == "date"]
    assert [m.value.start for m in dates if m.value] == starts
