"""The words around a number that bound it: at most, at least, over, under, about, in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.matching._bounds import BoundWords

if TYPE_CHECKING:
    from tagger.lexicon import Lexicon

_BEFORE = ("max", "min", "over", "under", "about", "total")
_AFTER = ("max", "min", "about", "over")
_LINKS = ("了", "有", "为", "达", "达到", "可达", "至", "到", ":", "：")
_MAY = "可"


def bounds_of(lexicon: Lexicon) -> BoundWords:
    """The reader of qualifiers; the words are cues: ``qualifier/…``, ``after/…`` and, between both, ``measure/verb``."""
    fold = lexicon.folder.fold_term
    return BoundWords(
        [(name, [fold(word) for word in lexicon.cue(f"qualifier/{name}")]) for name in _BEFORE],
        [(name, [fold(word) for word in lexicon.cue(f"after/{name}")]) for name in _AFTER],
        (*_LINKS, *map(fold, lexicon.cue("measure/verb"))),
        _MAY,
    )
