"""The compiled cut is jieba's without its hidden Markov model: as written down here plainly, and as rjieba has it."""

from __future__ import annotations

import json
import re
import threading
from itertools import pairwise
from math import log
from pathlib import Path

import pytest
import rjieba
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.words import bounds_of, cutter, words_of
from tagger.words._cutter import Cutter
from tagger.words.dictionary import laid_out

CORPUS = Path(__file__).resolve().parents[2] / "models" / "themes" / "corpus"
WORDS = {
    "训": 3,
    "训力": 2,
    "训力券": 40,
    "力": 7,
    "券": 5,
    "A股": 9,
    "c#": 3,
    "AT&T": 3,
    "深圳市": 80,
    "深圳": 90,
    "市": 50,
}
TOTAL = sum(WORDS.values())
EDGES = "\u33ff\u3400\u4dbf\u4dc0\u4dff\u4e00\u9fff\ua000\uf8ff\uf900\ufaff\ufb00\U0001ffff\U00020000\U0002a6df\U0002a6e0\U0002a6ff\U0002a700\U0002ebef\U0002ebf0\U0002f7ff\U0002f800\U0002fa1f\U0002fa20"
BLOCK = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ebef\U0002f800-\U0002fa1fa-zA-Z0-9+#&._%-]+"
    r"|\r\n|.",
    re.DOTALL,
)


def plainly(text: str) -> list[str]:
    """The words of a text: block by block the most frequent ones together, letters and digits by themselves joined."""
    words: list[str] = []
    for block in BLOCK.findall(text):
        words += cut_block(block) if BLOCK.fullmatch(block) and block != "\r\n" else [block]
    return words


def cut_block(block: str) -> list[str]:
    best: list[tuple[float, int]] = [(0.0, len(block))] * (len(block) + 1)
    for at in range(len(block) - 1, -1, -1):
        ends = [end for end in range(at + 1, len(block) + 1) if block[at:end] in WORDS] or [at + 1]
        best[at] = max((log(WORDS.get(block[at:end], 1)) - log(TOTAL) + best[end][0], end) for end in ends)
    words: list[str] = []
    at, joined = 0, False
    while at < len(block):
        word = block[at : best[at][1]]
        single = len(word) == 1 and word.isascii() and word.isalnum()
        if joined and single:
            words[-1] += word
        else:
            words.append(word)
        joined, at = single, best[at][1]
    return words


def cutter_of(frequencies: dict[str, int]) -> Cutter:
    made = laid_out(frequencies, sum(frequencies.values()))
    return Cutter(made.letters, made.weights, made.units)


SMALL = cutter_of(WORDS)
PIECES = st.one_of(
    st.sampled_from(
        [*WORDS, "训力量", "深", "圳", "AT", "&", "T", "GPT-4o", "3.5%", " ", "\r\n", "\r", "\n", "，", "\0"]
    ),
    st.characters(),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_it_cuts_as_written_down_plainly(text: str) -> None:
    assert words_of(SMALL.bounds(text), text) == plainly(text)


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.one_of(
            st.sampled_from("深圳市训力券发放A股1.5亿元 \r\n，" + EDGES),
            st.characters(exclude_categories=["Cs"]),
        )
    )
)
def test_it_cuts_any_text_as_rjieba_does(text: str) -> None:
    assert words_of(cutter().bounds(text), text) == rjieba.cut(text, False)


@pytest.mark.parametrize("pair", list(pairwise(EDGES)) + [(edge, "深") for edge in EDGES])
def test_blocks_end_where_those_of_rjieba_do(pair: tuple[str, str]) -> None:
    text = "圳" + "".join(pair) + "a"
    assert words_of(cutter().bounds(text), text) == rjieba.cut(text, False)


def test_it_cuts_every_paragraph_of_our_corpus_as_rjieba_does() -> None:
    texts = [
        json.loads(line)["text"] for path in CORPUS.glob("*.jsonl") for line in path.open(encoding="utf-8")
    ]
    assert len(texts) > 6000
    assert [text for text in texts if cutter().bounds(text) != bounds_of(rjieba.cut(text, False), text)] == []


@pytest.mark.parametrize("size", [255, 256, 257, 511, 512, 513, 100_000])
def test_a_block_may_be_of_any_length(size: int) -> None:
    text = ("训力券" * size)[:size]
    assert "".join(words_of(SMALL.bounds(text), text)) == text
    assert words_of(SMALL.bounds(text), text)[0] == "训力券"


def test_surrogates_and_nothing_are_cut_too() -> None:
    assert SMALL.bounds("") == b"\1"
    assert words_of(SMALL.bounds("深圳市\ud800深圳"), "深圳市\ud800深圳") == ["深圳市", "\ud800", "深圳"]


def test_one_cutter_serves_several_threads() -> None:
    text = "深圳市发放训力券，A股上涨1.5%。\r\n" * 50
    expected, found = cutter().bounds(text), []
    threads = [threading.Thread(target=lambda: found.append(cutter().bounds(text))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


class TestWhatIsNoDictionary:
    made = laid_out(WORDS, TOTAL)

    @pytest.mark.parametrize(
        "units", [b"", b"1234567", made.units[:8], made.units[: len(made.units) // 16 * 8]]
    )
    def test_units_that_lead_out_of_it(self, units: bytes) -> None:
        with pytest.raises(ValueError, match=r"no dictionary|lead nowhere"):
            Cutter(self.made.letters, self.made.weights, units)

    @pytest.mark.parametrize("weights", [b"", made.weights[:16], b"\xff" * len(made.weights)])
    def test_weights_that_are_missing_or_no_numbers(self, weights: bytes) -> None:
        with pytest.raises(ValueError, match=r"no dictionary|lead nowhere|no number"):
            Cutter(self.made.letters, weights, self.made.units)

    def test_more_letters_than_numbers(self) -> None:
        with pytest.raises(ValueError, match="no dictionary"):
            Cutter("".join(map(chr, range(0x10000, 0x20000))), self.made.weights, self.made.units)
