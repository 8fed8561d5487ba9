"""The quick way of measures reads as the whole grammar does, and word bounds and places of dates as their plain rules."""

from __future__ import annotations

import re
from itertools import accumulate

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagger.matching._measures import number_end
from tagger.matching._moments import places
from tagger.matching.matcher import Matcher
from tagger.matching.measures import MeasureGrammar
from tagger.words import bounds_of

PIECES = st.lists(
    st.sampled_from(
        [
            "1,234",
            "5 000",
            "12.5",
            "0.50",
            "007",
            "2.5个亿",
            "3亿5千万",
            "100多",
            "25",
            "1.2万",
            "5-10",
            "0",
            "0千",
            "10余",
            "6",
            "百",
            "数十",
            "三千",
            "三",
            "两",
            "十五",
            "二十三",
            "百万",
            "上百",
            "百分之",
            "近千亿",
            "亿元",
            "万元",
            "元",
            "%",
            "个百分点",
            "个基点",
            "bps",
            "pct",
            "GB",
            "G",
            "T",
            "人",
            "美分",
            "个",
            "家",
            "EFLOPS",
            "P",
            "卡",
            "GPU小时",
            "美元",
            "bp",
            "B参数",
            "‰",
            "成",
            "度",
            "最高",
            "不超过",
            "约",
            "以上",
            "左右",
            "（含）",
            "总额",
            "，",
            "。",
            " ",
            "\n",
            "+",
            "-",
            "至",
            "—",
            "～",
            "$",
            "第",
            "月",
            "部门",
        ]
    ),
    max_size=8,
).map("".join)
MANY = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(text=PIECES)
def test_what_is_read_quickly_the_grammar_reads_the_same(matcher: Matcher, text: str) -> None:
    grammar = MeasureGrammar(matcher.lexicon)
    text = matcher.lexicon.folder.fold(text).text
    for found in grammar.find(text, []):
        start = found.start + (text[found.start] in "+-±$ ")
        han = not "0" <= text[start] <= "9"
        end = grammar.numeral_end(text, start) if han else number_end(text, start)
        whole = grammar.read(text, start, end, han)
        assert whole is not None
        assert (whole.start, whole.end, whole.kind, whole.value) == (
            found.start,
            found.end,
            found.kind,
            found.value,
        )


@MANY
@given(text=PIECES)
def test_no_measure_is_lost_on_the_quick_way(matcher: Matcher, text: str) -> None:
    grammar = MeasureGrammar(matcher.lexicon)
    text = matcher.lexicon.folder.fold(text).text
    found = [(m.start, m.end) for m in grammar.find(text, [])]
    done = 0
    for number in re.finditer(r"(?<![0-9.^])(?<![0-9][-/])[0-9]", text):
        if number.start() < done:
            continue
        done = number_end(text, number.start())
        whole = grammar.read(text, number.start(), done, False)
        assert whole is None or any(start < done and number.start() < end for start, end in found)


@given(words=st.lists(st.text("算力券a1 \n", min_size=1, max_size=4), max_size=20))
def test_bounds_have_a_one_where_a_word_begins_or_ends(words: list[str]) -> None:
    made = bounds_of(words, "".join(words))
    assert [at for at, one in enumerate(made) if one] == sorted({0, *accumulate(map(len, words))})
    assert len(made) == len("".join(words)) + 1


@given(text=st.text("0123456789年月日号季三五十二-—至.qea \n，", max_size=40))
def test_every_year_month_and_day_in_digits_may_begin_a_date(text: str) -> None:
    begins = [start for start, _ in places(text, [])]
    assert begins == sorted(begins)
    for dated in re.finditer(r"(?<![0-9])[0-9]{1,4}(?=\s?[年月日])", text):
        assert dated.start() in begins


def test_words_that_open_a_date_are_places_too() -> None:
    text = "去年底，三季度末与3月5日、2025年和2024年12月"
    assert places(text, [(0, 2)]) == [
        (0, "word"),
        (4, "han"),
        (9, "number 月"),
        (11, "number 日"),
        (14, "bare year"),
        (20, "year 年"),
        (25, "number 月"),
    ]
