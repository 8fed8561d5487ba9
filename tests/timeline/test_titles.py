"""What two ways of writing a title have in common."""

from __future__ import annotations

import pytest

from tagger.timeline.titles import TitleReader, is_draft


@pytest.fixture(scope="module")
def read(knowledge):
    return TitleReader(knowledge).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("合肥市支持量子产业发展若干措施", "关于支持量子产业发展的若干措施"),
        ("合肥市人民政府办公厅关于印发合肥市量子产业行动方案的通知", "合肥市量子产业行动方案"),
        ("合肥量子产业管理办法（试行）", "《合肥市量子产业管理办法》"),
        ("量子＋“人工智能”行动方案", "量子+AI行动方案"),
        ("量子產業行動方案", "量子产业行动方案"),
        ("国家发展改革委等部门关于推进量子产业的意见", "关于推进量子产业的意见"),
    ],
)
def test_the_same_core(read, one, other):
    assert read(one, "合肥市").core == read(other, "合肥市").core


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("量子产业行动方案", "量子产业管理办法"),
        ("支持量子产业发展若干措施", "支持机器人产业发展若干措施"),
        ("算力券管理办法", "算力券管理办法实施细则"),
    ],
)
def test_another_core(read, one, other):
    assert read(one, None).core != read(other, None).core


@pytest.mark.parametrize(
    ("title", "edition"),
    [
        ("量子产业行动计划（2025—2027年）", "2025-2027"),
        ("量子产业行动计划（2025-27年）", "2025-2027"),
        ("2025年量子产业工作要点", "2025"),
        ("量子产业目录（2024年本）", "2024"),
        ("量子产业目录（第二批）", "第二批"),
        ("量子产业行动计划", ""),
        ("“十四五”量子产业规划", ""),
    ],
)
def test_the_edition(read, title, edition):
    assert read(title, None).edition == edition


def test_a_draft_has_the_core_of_its_final_text(read):
    assert read("量子产业办法（征求意见稿）", None) == read("量子产业办法", None)
    assert is_draft("量子产业办法（征求意见稿）")
    assert not is_draft("量子产业办法")


def test_a_place_is_not_taken_from_a_title_of_another_one(read):
    assert read("合肥市量子办法", "深圳市").core == "合肥市量子办法"


@pytest.mark.parametrize("title", ["", "》", "（试行）", "2025年"])
def test_a_title_of_nothing_much_is_still_a_key(read, title):
    assert read(title, None) == read(title, None)
