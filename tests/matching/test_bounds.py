"""What bounds a number, read around it and never beyond the text."""

from __future__ import annotations

import pytest

from tagger.matching._bounds import BoundWords

WORDS = BoundWords([("max", ["不超过"]), ("total", ["合计"])], [("min", ["以上"])], ["为"], "可")


@pytest.mark.parametrize(
    ("text", "number", "qualifier"),
    [
        ("不超过5", "5", "max"),
        ("不超过可为5", "5", "max"),
        ("合计5", "5", "total"),
        ("5以上", "5", "min"),
        ("5（含）以上", "5", "min"),
        ("5（", "5", "exact"),
        ("5", "5", "exact"),
    ],
)
def test_words_bound_the_number_beside_them(text: str, number: str, qualifier: str) -> None:
    start = text.index(number)
    assert WORDS.read(text, start, start + len(number), "exact") == qualifier


@pytest.mark.parametrize("text", ["", "不", "不超过", "以上"])
def test_a_span_outside_the_text_is_one_at_its_edge(text: str) -> None:
    far = 1 << 20
    assert WORDS.read(text, far, far, "exact") == WORDS.read(text, len(text), len(text), "exact")
    assert WORDS.read(text, -far, -far, "exact") == WORDS.read(text, 0, 0, "exact")


def test_nothing_is_read_of_no_text() -> None:
    with pytest.raises(TypeError, match="no text"):
        WORDS.read(None, 0, 0, "exact")  # type: ignore[arg-type]
