"""One pass over a folded text for all that is looked for by its words: lexicon terms and the cues of the grammars."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagger.matching._trie import Trie

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tagger.matching._trie import Terms

Span = tuple[int, int]


class Scan(NamedTuple):
    """What stands in a text: terms as (start, end, number), and the spans of the words of every class of cues.

    Both are leftmost-longest: of words that begin at one place the longest, and none that begins within another of
    its class.
    """

    terms: Terms
    cues: dict[str, list[Span]]


class Scanner:
    """Terms, numbered by their place, and classes of cue words, all folded."""

    def __init__(self, terms: Iterable[str], cues: Mapping[str, Iterable[str]]) -> None:
        self._classes = tuple(cues)
        self._trie = Trie(terms, tuple(cues.values()))

    def scan(self, text: str) -> Scan:
        """Terms and cues of a folded text."""
        terms, cues = self._trie.scan(text)
        return Scan(terms, dict(zip(self._classes, cues, strict=False)))

    def number(self, term: str) -> int | None:
        """The number of a term; None when it is none."""
        return self._trie.number(term)
