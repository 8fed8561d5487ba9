"""Marks of punctuation: which half-width ones are read as full-width, that nothing moves, and where the last one is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.events._marks import full_stops, last_of


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("省政府印发方案,自3月1日起施行", "省政府印发方案，自3月1日起施行"),
        ("目标:到2027年;投资:50亿元", "目标：到2027年；投资：50亿元"),
        ("共1,200个,9:30开始", "共1,200个，9:30开始"),
        ("算力券2024,年底", "算力券2024，年底"),  # a digit on one side only
        ("年底,2024", "年底，2024"),
        ("１,２与٣:٤", "１,２与٣:٤"),  # digits of any script
        (",;:", "，；："),
        ("3,", "3，"),
        (",3", "，3"),
        ("GPU: 8, CPU: 2", "GPU： 8， CPU： 2"),  # a text of one byte a character becomes one of two
        ("😀,😀", "😀，😀"),
        ("é:é", "é：é"),
    ],
)
def test_marks_become_full_width_but_within_numbers(text: str, read: str) -> None:
    assert full_stops(text) == read


@pytest.mark.parametrize("text", ["", "3", "没有半角标点，也没有冒号。", "9:30", "plain"])
def test_a_text_without_such_marks_is_given_back_itself(text: str) -> None:
    assert full_stops(text) is text


def test_what_was_given_stays_as_it_is() -> None:
    text = "方案,办法"
    full_stops(text)
    assert text == "方案,办法"


@given(st.text(st.sampled_from("方，,;:；19é٣😀 \n")))
def test_every_mark_is_judged_by_its_two_neighbours(text: str) -> None:
    by_rule = re.sub(r"[,;:](?!\d)|(?<!\d)[,;:]", lambda mark: chr(ord(mark[0]) + 0xFEE0), text)
    assert full_stops(text) == by_rule
    assert {full_stops(text): 1}.get(by_rule) == 1  # equal in hash too: the string is as narrow as can be


@pytest.mark.parametrize("wrong", [None, b"a,b", 3])
def test_only_text_is_taken(wrong: object) -> None:
    with pytest.raises(TypeError):
        full_stops(wrong)  # type: ignore[arg-type]


@given(
    st.text(st.sampled_from("方，；。\n{¢9é😀")),
    st.text(st.sampled_from("，；。\n😀"), max_size=4),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_the_last_mark_is_the_last_that_rfind_finds(text: str, marks: str, start: int, end: int) -> None:
    assert last_of(text, marks, start, end) == max((text.rfind(c, start, end) for c in marks), default=-1)


def test_a_character_that_only_looks_like_a_mark_is_none() -> None:
    twin = chr(ord("。") + 64)  # the same last six bits
    assert last_of(f"甲。乙{twin}", "。", 0, 4) == 1


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 1), (9, 12), (-5, 0)])
def test_an_empty_stretch_holds_no_mark(start: int, end: int) -> None:
    assert last_of("。。。。", "。", start, end) == -1
