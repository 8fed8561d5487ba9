"""Labels of an axis and page numbers, by their form."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plainly import is_axis, is_page_mark
from tagger.ingest import furniture
from tagger.ingest._lines import Lines
from tagger.ingest.furniture import TEMPLATE_MARK, label_shape
from tagger.ingest.plain import take_furniture

DATE = re.compile(r"(?:20)?\d\d[-./年]\d{1,2}(?:[-./月]\d{1,2})?日?月?|\d\dQ[1-4]|20\d\d[AE]?")
NUMBER = re.compile(r"[（(]?[-−–]?\d[\d,]*(?:\.\d+)?(%?)[）)]?")
SIGNS = "0123456789２٣,.%()（）-−–/年月日QAE"


@given(
    st.one_of(
        st.text(SIGNS, max_size=13),
        st.from_regex(DATE, fullmatch=True),
        st.from_regex(NUMBER, fullmatch=True),
    )
)
def test_the_form_is_that_of_the_patterns(text):
    number = NUMBER.fullmatch(text)
    said = "date" if DATE.fullmatch(text) else ("percent" if number[1] else "number") if number else None
    assert label_shape(text) == (said if len(text) <= 12 else None)


@pytest.mark.parametrize(
    ("labels", "is_one"),
    [
        ("-20% 0% 20% 40%", True),
        ("5 10 15 20", True),
        ("（20） （10） 0 10", True),
        ("31 7 190 2", False),
        ("10 20 30 45", False),
        ("5 5 5 5", False),
        ("24-01 24-04 24-07 24-10", True),
        ("24-04 24-01 24-07 24-10", False),
        ("3.1% 2.2% 9.8% 1.0% 3.3% 2.0% 5.5% 7.1%", True),
        ("3.1% 2.2% 9.8% 1.0%", False),
        ("1,000 2,000 3,000 4,000", True),
    ],
)
def test_ticks_at_even_steps_are_an_axis(cues, labels, is_one):
    assert is_axis(labels.split()) is is_one
    text = "\n".join([*labels.split(), "甲1", "乙2", "丙3", "丁4"])  # a text without figures has no axes
    taken = take_furniture(Lines(text, cues.traits, 0, TEMPLATE_MARK), cues.furniture, 0, 0)
    axis = [dropped.text for dropped in taken if dropped.reason == "label of a chart"]
    assert axis == (labels.split() if is_one else [])


@given(
    st.one_of(
        st.text("第页共/|-—[]Pp3１٣of ageAGE\u3000\x00²", max_size=12),
        st.from_regex(r"第? ?\d{1,5} ?页? ?[/共]? ?共? ?\d{0,5} ?页?", fullmatch=True),
        st.from_regex(r"\[?[Pp](?:age)? ?\d{0,5}(?: ?of ?\d{0,5})?\]?", fullmatch=True),
    )
)
def test_page_numbers_are_those_of_the_pattern(text):
    assert furniture.is_page_mark(text) is is_page_mark(text)


@pytest.mark.parametrize("wrong", [b"2", 2, None])
def test_a_page_number_is_a_string(wrong):
    with pytest.raises(TypeError):
        furniture.is_page_mark(wrong)
