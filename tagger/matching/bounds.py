"""The words around a number that bound it: at most, at least, over, under, about, in all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast, get_args

from tagger.schema import Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.lexicon import Lexicon

_REACH = 12
_BEFORE = ("max", "min", "over", "under", "about", "total")
_AFTER = ("max", "min", "about", "over")
_LINKS = ("了", "有", "为", "达", "达到", "可达", "至", "到", ":", "：")
_BLANKS = " \t\n\xa0\u2009\u3000"


class Bounds:
    """Reads the qualifier of a number. The words are cues: ``qualifier/…``, ``after/…`` and, between both, ``measure/verb``."""

    def __init__(self, lexicon: Lexicon) -> None:
        fold = lexicon.folder.fold_term
        before = {name: [fold(word) for word in lexicon.cue(f"qualifier/{name}")] for name in _BEFORE}
        after = {name: [fold(word) for word in lexicon.cue(f"after/{name}")] for name in _AFTER}
        links = (*_LINKS, *map(fold, lexicon.cue("measure/verb")))
        link = f"(?:可?(?:{_either(links)}))?"
        self._before = [(name, re.compile(f"(?:{_either(words)}){link}$")) for name, words in before.items()]
        self._after = [
            (name, re.compile(rf"\s?(?:[（(][^）)]{{1,8}}[）)])?(?:{_either(words)})"))
            for name, words in after.items()
        ]
        # Most numbers have no such word beside them; one look at the next character tells.
        self._ends = frozenset(word[-1] for words in (*before.values(), links) for word in words)
        self._begins = frozenset(word[0] for words in after.values() for word in words) | frozenset(
            "（(" + _BLANKS
        )

    def read(self, text: str, start: int, end: int, sureness: str) -> Qualifier:
        """The qualifier of the number at a span; a bound comes before a total, ``sureness`` is what the number says itself."""
        after = self._behind(text, end)
        if after in ("max", "min"):
            return after
        before, total = self._ahead(text, start)
        if before in ("max", "min", "over", "under"):
            return before
        if sureness == "over":
            return "over"
        if before or after:
            return before or after or "exact"
        if sureness == "about":
            return "about"
        return "total" if total else "exact"

    def _behind(self, text: str, end: int) -> Qualifier | None:
        if text[end : end + 1] not in self._begins:
            return None
        return next((_qualifier(name) for name, pattern in self._after if pattern.match(text, end)), None)

    def _ahead(self, text: str, start: int) -> tuple[Qualifier | None, bool]:
        """The bound nearest before a number, and whether the words call it a total."""
        bound: Qualifier | None = None
        total = False
        left = text[max(0, start - _REACH) : start].rstrip()
        while left and left[-1] in self._ends:
            found = next(
                ((name, hit) for name, pattern in self._before if (hit := pattern.search(left))), None
            )
            if found is None:
                break
            if found[0] == "total":
                total = True
            elif bound is None:
                bound = _qualifier(found[0])
            left = left[: found[1].start()].rstrip()
        return bound, total


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _qualifier(name: str) -> Qualifier:
    assert name in get_args(Qualifier)
    return cast("Qualifier", name)
