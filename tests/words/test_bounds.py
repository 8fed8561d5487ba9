"""Words beside the text they are of: what a tokenizer gives that is not its text is told, and never read past."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.matching._terms import Surface, accepted
from tagger.matching._trie import Trie
from tagger.matching.terms import TermMatcher
from tagger.words import bounds_of, words_of

NO_RULES = cast("TermMatcher", None)  # what is refused is refused before they are asked


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ([], "do not cover"),
        (["武汉"], "do not cover"),
        (["武汉", "大学", "生"], "longer"),
        (["武汉大学", "", "", "武汉"], "longer"),
    ],
)
def test_words_of_another_length_are_refused(words: list[str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        bounds_of(words, "武汉大学")


@pytest.mark.parametrize("word", [None, b"xx", 3])
def test_a_word_that_is_no_string_is_refused(word: object) -> None:
    with pytest.raises(TypeError, match="no string"):
        bounds_of([word], "武汉")  # type: ignore[list-item]


def test_words_may_be_of_a_class_of_their_own() -> None:
    class Word(str):
        __slots__ = ()

    assert bounds_of([Word("武汉"), Word("大学")], "武汉大学") == b"\1\0\1\0\1"


@given(st.text(), st.data())
def test_words_come_back_from_their_bounds(text: str, data: st.DataObject) -> None:
    inside = st.sets(st.integers(0, len(text)))
    words = [text[a:b] for a, b in pairwise(sorted(data.draw(inside) | {0, len(text)}))]
    assert words_of(bounds_of(words, text), text) == words


@pytest.mark.parametrize("made", [b"", b"\1", b"\1\1", b"\1\0\0", b"\1" * 4])
def test_bounds_of_another_text_have_no_words(made: bytes) -> None:
    with pytest.raises(ValueError, match="another text"):
        words_of(made, "武汉")


@pytest.mark.parametrize("made", [b"", b"\1", b"\1\0\1", b"\1" * 6])
def test_bounds_of_another_text_are_refused(made: bytes) -> None:
    terms, _ = Trie(["武汉"]).scan("武汉大学")
    with pytest.raises(ValueError, match="another text"):
        accepted("武汉大学", made, terms, {}, NO_RULES)


def test_terms_of_another_text_are_refused() -> None:
    terms, _ = Trie(["武汉"]).scan("大学武汉")
    with pytest.raises(ValueError, match="another text"):
        accepted("大学", b"\1\1\1", terms, {}, NO_RULES)


def test_a_surface_has_characters() -> None:
    with pytest.raises(ValueError, match="without characters"):
        Surface("", (), None)
