"""The dictionary: read from jieba's lines, laid out without a word lost, kept between runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger import cache
from tagger.words import dictionary
from tagger.words._cutter import Cutter
from tagger.words._double_array import double_array


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where dictionaries are kept."""
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "kept"))
    return tmp_path / "kept"


def lines(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "dict.txt"
    path.write_text(text, encoding="utf-8")
    return path


def whole(made: dictionary.Dictionary, word: str) -> bool:
    """Whether a word by itself is cut as one."""
    return Cutter(made.letters, made.weights, made.units).bounds(word).count(1) == 2


def test_words_and_frequencies_are_read(tmp_path: Path) -> None:
    made = dictionary.load(lines(tmp_path, "训力券 8 n\n算力 5\n"))
    assert whole(made, "训力券")
    assert whole(made, "算力")
    assert not whole(made, "训力")


def test_the_later_of_two_frequencies_counts(tmp_path: Path) -> None:
    path = lines(tmp_path, "训力 1 n\n训 90 n\n力 90 n\n训力 9000 n\n")
    assert whole(dictionary.load(path), "训力")


@pytest.mark.parametrize(
    ("text", "line"), [("训力\n", 1), ("算力 5 n\n训力 many n\n", 2), ("算力 0 n\n", 1), ("算力 5\n\n", 2)]
)
def test_a_line_that_is_none_is_named(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(ValueError, match=f"dict.txt:{line}: no word"):
        dictionary.load(lines(tmp_path, text))


def test_it_is_laid_out_once(tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = lines(tmp_path, "训力券 8 n\n")
    first = dictionary.load(path)
    assert len(list(place.glob("*.dictionary"))) == 1
    monkeypatch.delattr(dictionary, "laid_out")
    assert dictionary.load(path) == first


def test_another_file_is_another_dictionary(tmp_path: Path) -> None:
    first = dictionary.load(lines(tmp_path, "训力券 8 n\n"))
    assert dictionary.load(lines(tmp_path, "训力券 8 n\n算力 5 n\n")) != first


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.text(st.sampled_from("训力券模型算A1+深圳市"), min_size=1, max_size=5),
        st.integers(1, 9),
        min_size=1,
    ),
    st.text(st.sampled_from("训力券模型算A1+深圳市"), min_size=1, max_size=5),
)
def test_every_prefix_leads_where_it_should(words: dict[str, int], other: str) -> None:
    letters = "".join(sorted(set("".join(words))))
    weights = {word: number for number, word in enumerate(sorted(words), 1)}
    units = memoryview(
        double_array(sorted(words), list(weights.values()), [words[word] for word in sorted(words)], letters)
    )
    for word in (*words, other):
        assert weight_of(units, letters, word) == weights.get(word, 0)


def weight_of(units: memoryview, letters: str, word: str) -> int:
    """The weight that the units have for a word; 0 for none."""
    wide, narrow, at = units.cast("I"), units.cast("H"), 0
    for character in word:
        letter = letters.find(character) + 1
        at = wide[2 * at] + letter
        if letter == 0 or narrow[4 * at + 2] != letter:
            return 0
    return narrow[4 * at + 3]


@pytest.mark.parametrize(
    ("words", "weights", "letters", "problem"),
    [
        (["乙", "甲", "丙"], [1, 1, 1], "甲乙丙", "not in order"),
        (["甲", "甲"], [1, 1], "甲", "not in order"),
        ([""], [1], "甲", "empty"),
        (["甲"], [], "甲", "not a weight and"),
        (["甲"], [0], "甲", "a weight that"),
        (["甲"], [65536], "甲", "a weight that"),
        (["甲乙"], [1], "甲", "other letters"),
        (["甲"], [1], "甲" + "".join(map(chr, range(0x10000, 0x20000))), "too many letters"),
    ],
)
def test_what_cannot_be_laid_out(words: list[str], weights: list[int], letters: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        double_array(words, weights, [1] * len(words), letters)
