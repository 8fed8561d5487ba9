"""Labels of an axis, by their form."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.ingest._labels import are_even
from tagger.ingest.furniture import is_axis, label_shape

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
def test_ticks_at_even_steps_are_an_axis(labels, is_one):
    assert is_axis(labels.split()) is is_one


@pytest.mark.parametrize("label", [b"2", 2, None])
def test_a_label_is_a_string(label):
    with pytest.raises(TypeError):
        are_even(["1", label], 0.1)
