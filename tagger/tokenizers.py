"""Words: one protocol for every tokenizer, code-point spans that cover the text.

Words are an opinion and characters the fact: matching runs on characters, and words only veto a hit that cuts
one. ``Words`` holds the ends of all words in order; word i reaches from ``ends[i-1]`` to ``ends[i]``.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Protocol


class Tokenizer(Protocol):
    """Cuts a text into words that, joined, are the text."""

    name: str

    def cut(self, text: str) -> list[str]:
        """The words of ``text`` in order; their concatenation is ``text``."""


class CharTokenizer:
    """Every character is a word; needs no dictionary."""

    name = "char"

    def cut(self, text: str) -> list[str]:
        """The characters of ``text``."""
        return list(text)


class RjiebaTokenizer:
    """jieba's dictionary and algorithm in Rust; the default."""

    name = "rjieba"

    def __init__(self, hmm: bool = False) -> None:
        import rjieba

        self._cut = rjieba.cut
        self._hmm = hmm

    def cut(self, text: str) -> list[str]:
        """Dictionary words; without ``hmm`` no word is made up."""
        words: list[str] = self._cut(text, self._hmm)
        return words

    def __reduce__(self) -> tuple[type[RjiebaTokenizer], tuple[bool]]:
        return RjiebaTokenizer, (self._hmm,)


class JiebaTokenizer:
    """The original jieba, with a dictionary of its own so that the process-wide one is left alone."""

    name = "jieba"

    def __init__(self, hmm: bool = False) -> None:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._hmm = hmm

    def cut(self, text: str) -> list[str]:
        """Dictionary words; without ``hmm`` no word is made up."""
        words: list[str] = self._jieba.lcut(text, HMM=self._hmm)
        return words

    def __reduce__(self) -> tuple[type[JiebaTokenizer], tuple[bool]]:
        return JiebaTokenizer, (self._hmm,)


TOKENIZERS = {"rjieba": RjiebaTokenizer, "jieba": JiebaTokenizer, "char": CharTokenizer}


def make(name: str = "rjieba") -> Tokenizer:
    """The tokenizer of that name. Raises ValueError for an unknown one."""
    try:
        return TOKENIZERS[name]()
    except KeyError:
        raise ValueError(f"no tokenizer {name!r}; choose from {', '.join(TOKENIZERS)}") from None


def ends_of(words: list[str]) -> list[int]:
    """The end of every word, in code points."""
    return list(accumulate(map(len, words)))
