"""Words beside the text they are of: what a tokenizer gives that is not its text is told, and never read past."""

from __future__ import annotations

from typing import cast

import pytest

from tagger.matching._terms import Surface, accepted
from tagger.matching._trie import Trie
from tagger.matching._words import bounds
from tagger.matching.terms import TermMatcher

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
        bounds(words, "武汉大学")


@pytest.mark.parametrize("word", [None, b"xx", 3])
def test_a_word_that_is_no_string_is_refused(word: object) -> None:
    with pytest.raises(TypeError, match="no string"):
        bounds([word], "武汉")  # type: ignore[list-item]


def test_words_may_be_of_a_class_of_their_own() -> None:
    class Word(str):
        __slots__ = ()

    assert bounds([Word("武汉"), Word("大学")], "武汉大学") == b"\1\0\1\0\1"


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
