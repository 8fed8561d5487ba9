"""Words found in one pass: the compiled trie beside a library that does nothing else, and beside a plain reading."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.matching._trie import Trie

LETTERS = "算力券训a1𠮷é"
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=5), min_size=1, max_size=12, unique=True)
TEXTS = st.text(LETTERS, max_size=60)


@settings(max_examples=300, deadline=None)
@given(words=WORDS, text=TEXTS)
def test_terms_are_leftmost_longest_as_in_aho_corasick(words: list[str], text: str) -> None:
    automaton = CharwiseDoubleArrayAhoCorasick(words, match_kind=MATCH_KIND_LEFTMOST_LONGEST)
    terms, _ = Trie(words).scan(text)
    assert list(terms) == automaton.find(text)


@settings(max_examples=300, deadline=None)
@given(terms=WORDS, first=WORDS, second=WORDS, text=TEXTS)
def test_a_class_of_cues_is_found_as_if_it_were_alone(
    terms: list[str], first: list[str], second: list[str], text: str
) -> None:
    _, cues = Trie(terms, (first, second)).scan(text)
    for words, found in zip((first, second), cues, strict=False):
        alone, _ = Trie(words).scan(text)
        assert found == [(start, end) for start, end, _ in alone]


@settings(max_examples=300, deadline=None)
@given(words=WORDS, text=TEXTS, low=st.integers(-3, 70), high=st.integers(-3, 70))
def test_stands_says_whether_a_word_lies_wholly_between_two_places(
    words: list[str], text: str, low: int, high: int
) -> None:
    window = text[max(0, low) : max(0, high)]
    assert Trie((), (words,)).stands(text, low, high, 0) == any(word in window for word in words)


@settings(max_examples=200, deadline=None)
@given(words=WORDS, text=TEXTS)
def test_longest_is_where_the_longest_word_at_a_place_ends(words: list[str], text: str) -> None:
    trie = Trie(words)
    for start in range(len(text) + 1):
        ends = [start + len(word) for word in words if text.startswith(word, start)]
        assert trie.longest(text, start) == max(ends, default=start)


def test_a_term_knows_its_number() -> None:
    trie = Trie(["算力", "算力券", "𠮷"], (["模型券"],))
    assert [trie.number(word) for word in ("算力", "算力券", "𠮷")] == [0, 1, 2]
    assert [trie.number(word) for word in ("算", "模型券", "", "算力券券")] == [None] * 4


def test_terms_are_a_sequence_that_is_read_again_and_again() -> None:
    terms, _ = Trie(["券"]).scan("券a券")
    assert isinstance(terms, Iterable)
    assert (
        list(terms) == list(terms) == [terms[place] for place in range(len(terms))] == [(0, 1, 0), (2, 3, 0)]
    )
    for place in (2, -3, 1 << 40):
        with pytest.raises(IndexError):
            terms[place]


def test_the_empty_word_is_none() -> None:
    terms, cues = Trie(["", "券"], ([""],)).scan("券")
    assert (list(terms), cues[0]) == ([(0, 1, 1)], [])


def test_the_end_of_a_text_is_no_character_of_a_word() -> None:
    trie = Trie(["券\0"], (["券\0"],))
    assert [list(trie.scan(text)[0]) for text in ("券", "券\0")] == [[], [(0, 2, 0)]]
    assert trie.scan("算券")[1][0] == []


def test_a_place_before_the_text_begins_no_word() -> None:
    assert Trie(["券"]).longest("券", -1) == -1


@pytest.mark.parametrize("number", [-1, 32])
def test_a_class_has_one_of_the_numbers(number: int) -> None:
    with pytest.raises(IndexError):
        Trie((), [["券"]]).stands("券", 0, 1, number)


def test_there_are_as_many_classes_as_a_number_has_bits() -> None:
    Trie((), [["券"]] * 32)
    with pytest.raises(ValueError, match="at most 32 classes"):
        Trie((), [["券"]] * 33)


def test_a_large_lexicon_is_found_whole() -> None:
    words = [chr(0x4E00 + number % 5000) + chr(0x5000 + number // 50) for number in range(20_000)]
    trie = Trie(words)
    assert [trie.number(word) for word in words] == list(range(20_000))
