"""Words: one protocol for every tokenizer, code-point spans that cover the text.

The default, ``unigram``, cuts by jieba's dictionary as rjieba does without its hidden Markov model, word for word, but
says only where words begin and end: making a string of every word takes longer than finding it.

Words are an opinion and characters the fact: matching runs on characters, and words only veto a hit that cuts
one. ``make`` gives a bare tokenizer, which is what the pipeline takes; ``keeping`` gives one that knows the terms of
a lexicon and a user's dictionary, for those who work with the words themselves (spaCy, word counts).
Every tokenizer can be pickled, and used from several threads at once.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Protocol

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from tagger.resources import TOKENIZER
from tagger.words import bounds_of, cutter, words_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from tagger.lexicon import Folder, Lexicon

NAMES = ("unigram", "rjieba", "jieba", "pkuseg", "char")
_WITH_HMM = ("rjieba", "jieba")
_EXTRAS = {"pkuseg": ("spacy_pkuseg", "pkuseg")}
"""Tokenizer to the package that it needs beyond the core's, and the extra that brings it."""


class Tokenizer(Protocol):
    """Cuts a text into words that, joined, are the text."""

    name: str

    def cut(self, text: str) -> list[str]:
        """The words of ``text`` in order; their concatenation is ``text``."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The words as (start, end) in code points; they cover the text without gaps."""

    def bounds(self, text: str) -> bytes:
        """A byte for every place between the characters of ``text``: one where a word begins or ends.

        By these, mentions are judged. A tokenizer that makes up words may tell others here than in ``cut``.
        """


class TokenizerError(ValueError):
    """A tokenizer that cannot be had; the message says in one line what is missing and how to get it."""


class _Spanning:
    """Spans and bounds from words; what all tokenizers share."""

    def cut(self, text: str) -> list[str]:
        raise NotImplementedError

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The words as (start, end) in code points; they cover the text without gaps."""
        return list(pairwise(accumulate(map(len, self.cut(text)), initial=0)))

    def bounds(self, text: str) -> bytes:
        """A byte for every place between the characters: one where a word begins or ends. Raises ValueError."""
        return bounds_of(self.cut(text), text)


class _Words(_Spanning):
    """A tokenizer of the user's that has words and perhaps nothing else."""

    def __init__(self, base: Tokenizer) -> None:
        self.name = base.name
        self.cut = base.cut  # type: ignore[method-assign]


class UnigramTokenizer(_Spanning):
    """The words of jieba's dictionary that are together the most frequent."""

    name = "unigram"

    def __init__(self) -> None:
        self.bounds = cutter().bounds  # type: ignore[method-assign]

    def cut(self, text: str) -> list[str]:
        """Dictionary words; no word is made up."""
        return words_of(self.bounds(text), text)

    def __reduce__(self) -> tuple[type[UnigramTokenizer], tuple[()]]:
        return UnigramTokenizer, ()


class CharTokenizer(_Spanning):
    """Every character is a word; needs no dictionary."""

    name = "char"

    def cut(self, text: str) -> list[str]:
        """The characters of ``text``."""
        return list(text)


class RjiebaTokenizer(_Spanning):
    """jieba's dictionary and algorithm in Rust."""

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


class JiebaTokenizer(_Spanning):
    """The original jieba, with a dictionary of its own so that the process-wide one is left alone."""

    name = "jieba"

    def __init__(self, hmm: bool = False) -> None:
        import jieba

        self._jieba = jieba.Tokenizer()
        # Its own start-up reads a marshal file from the shared temporary folder, where anyone may put one.
        self._jieba.FREQ, self._jieba.total = self._jieba.gen_pfdict(self._jieba.get_dict_file())
        self._jieba.initialized = True
        self._hmm = hmm

    def cut(self, text: str) -> list[str]:
        """Dictionary words; without ``hmm`` no word is made up."""
        words: list[str] = self._jieba.lcut(text, HMM=self._hmm)
        return words

    def __reduce__(self) -> tuple[type[JiebaTokenizer], tuple[bool]]:
        return JiebaTokenizer, (self._hmm,)


class PkusegTokenizer(_Spanning):
    """pkuseg's conditional random field, run by spacy-pkuseg on a model that lies on this machine."""

    name = "pkuseg"

    def __init__(self, model: str | os.PathLike[str] | None = None) -> None:
        from tagger import pkuseg_model

        self._folder = pkuseg_model.find(model)
        self._segmenter = pkuseg_model.load(self._folder)
        self._dictionary = UnigramTokenizer()

    def cut(self, text: str) -> list[str]:
        """The segmenter's words. Blanks, which it would drop, are words of their own.

        Han and Latin are cut apart before it sees them: it is at a loss where they meet (英伟|达BlueField).
        """
        words: list[str] = []
        for piece in _SCRIPTS.findall(text):
            words += [piece] if piece.isspace() else self._segmenter.cut(piece)
        return words

    def bounds(self, text: str) -> bytes:
        """The bounds by which mentions are judged: those of dictionary words, as the segmenter divides the text among them.

        It makes up words (英|伟达, 蔚来换|电站) and cuts others up (数据|中心), and neither is evidence of where a name
        ends. So the dictionary's cut stands, but where the segmenter has other words of the dictionary that cross it:
        随|机柜|上 for 随机|柜上.
        """
        words: list[str] = []
        for ours, known in _abreast(self.cut(text), self._dictionary.cut(text)):
            words += ours if len(known) > 1 and all(map(self._is_known, ours)) else known
        return bounds_of(words, text)

    def _is_known(self, word: str) -> bool:
        return len(word) == 1 or self._dictionary.cut(word) == [word]

    def __reduce__(self) -> tuple[type[PkusegTokenizer], tuple[str]]:
        return PkusegTokenizer, (str(self._folder),)


def _abreast(first: list[str], second: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Two cuts of one text side by side, in the shortest runs of words that begin and end at the same places."""
    left: list[str] = []
    right: list[str] = []
    others, ahead = iter(second), 0
    for word in first:
        left.append(word)
        ahead += len(word)
        while ahead > 0:
            right.append(next(others))
            ahead -= len(right[-1])
        if ahead == 0:
            yield left, right
            left, right = [], []


class KeepingTokenizer(_Spanning):
    """A tokenizer that leaves given terms, and codes such as GPT-4o or Qwen2.5-72B, in one piece.

    What it keeps is decided behind the base tokenizer, by one rule for all of them: a term is one word, blanks, hyphens
    and digits included, unless it is short and begins or ends within a word of the base. Terms are found whatever
    their case, width, script and the blanks between their characters.
    """

    def __init__(self, base: Tokenizer, terms: Iterable[str], folder: Folder) -> None:
        self.name = base.name
        self._base = base
        self._folder = folder
        self._terms = sorted({term for term in map(folder.fold_term, terms) if len(term) > 1})
        self._automaton = CharwiseDoubleArrayAhoCorasick(self._terms, match_kind=MATCH_KIND_LEFTMOST_LONGEST)

    def cut(self, text: str) -> list[str]:
        """The base tokenizer's words, with every term that is kept as one word."""
        words = self._base.cut(text)
        bounds = set(accumulate(map(len, words), initial=0))
        for start, end in self._kept(text, bounds):
            bounds.difference_update(range(start + 1, end))
            bounds.update((start, end))
        return [text[start:end] for start, end in pairwise(sorted(bounds))]

    def _kept(self, text: str, bounds: set[int]) -> list[tuple[int, int]]:
        """The spans to keep whole, in order and apart; a code that holds a term wins over it."""
        view = self._folder.fold(text)
        found = [match.span() for match in _CODE.finditer(text)]
        for begin, stop, _ in self._automaton.find(view.text):
            start, end = view.start(begin), view.end(stop)
            short = stop - begin < _SURE
            if not _cuts_a_code(view.text, begin, stop) and not (short and not {start, end} <= bounds):
                found.append((start, end))
        found.sort(key=lambda span: (span[0], -span[1]))
        kept: list[tuple[int, int]] = []
        for start, end in found:
            if kept and start < kept[-1][1]:
                kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
            else:
                kept.append((start, end))
        return kept

    def __reduce__(self) -> tuple[type[KeepingTokenizer], tuple[Tokenizer, list[str], Folder]]:
        return KeepingTokenizer, (self._base, self._terms, self._folder)


_SCRIPTS = re.compile(r"\s+|[!-~]+|[^\s!-~]+")
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-._][A-Za-z0-9]+)*\+*")
_SURE = 4
"""Characters from which on a term hardly stands in a text by chance, so that no word bound speaks against it."""


def _cuts_a_code(text: str, start: int, end: int) -> bool:
    """Whether a span begins or ends within Latin letters and digits, as GPT-4 does in GPT-4o."""
    before, after = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return any(len(pair) == 2 and pair.isascii() and pair.isalnum() for pair in (before, after))


def make(
    name: str | Tokenizer = TOKENIZER, *, hmm: bool = False, model: str | os.PathLike[str] | None = None
) -> Tokenizer:
    """The bare tokenizer of that name; a tokenizer is given back as it is.

    ``hmm`` lets jieba and rjieba make up words that no dictionary has, ``model`` is a folder for pkuseg. Raises
    TokenizerError for an unknown name, one that has no ``hmm``, or when a package or model is missing.
    """
    if not isinstance(name, str):
        return name if hasattr(name, "bounds") else _Words(name)
    if name not in NAMES:
        raise TokenizerError(f"no tokenizer {name!r}; choose from {', '.join(NAMES)}")
    package, extra = _EXTRAS.get(name, ("", ""))
    if package and find_spec(package) is None:
        raise TokenizerError(
            f"the tokenizer {name} needs the package {package}: pip install 'yanbao-tagger[{extra}]'"
        )
    if hmm and name not in _WITH_HMM:
        raise TokenizerError(f"the tokenizer {name} has no hmm; {' and '.join(_WITH_HMM)} have")
    if name == "pkuseg":
        return PkusegTokenizer(model)
    if name == "char":
        return CharTokenizer()
    if name == "unigram":
        return UnigramTokenizer()
    return RjiebaTokenizer(hmm) if name == "rjieba" else JiebaTokenizer(hmm)


def keeping(base: Tokenizer, lexicon: Lexicon, words: Iterable[str] = ()) -> KeepingTokenizer:
    """A tokenizer that knows the terms of a lexicon and the words of a user's dictionary."""
    return KeepingTokenizer(base, (*_terms(lexicon), *words), lexicon.folder)


def _terms(lexicon: Lexicon) -> list[str]:
    return [surface for entry in lexicon.entries.values() for surface in entry.surfaces]
