"""Lexicons for other tools: EntityRuler patterns for spaCy, user dictionaries for jieba and pkuseg; and theirs read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagger.lexicon.load import Lexicon

_JIEBA_TAIL = re.compile(r"(?: \d+)?(?: [a-z]+)?$")
_BLANK = re.compile(r"\s")
_JIEBA_TAG = {"region": "ns", "issuer": "nt", "company": "nt"}
_SHORTEST = 2


def entity_ruler_patterns(lexicon: Lexicon) -> Iterator[str]:
    """Lines of JSON for ``EntityRuler.from_disk``: kind as label, surface as pattern, entry as id.

    Surfaces that need evidence around them (``weak``) are left out, since an EntityRuler asks for none.
    """
    for entry in lexicon.entries.values():
        for surface in entry.surfaces:
            if surface not in entry.weak and len(surface) >= _SHORTEST:
                pattern = {"label": entry.kind, "pattern": surface, "id": entry.id}
                yield msgspec.json.encode(pattern).decode()


def jieba_dictionary(lexicon: Lexicon) -> Iterator[str]:
    """Lines ``word tag`` for ``jieba.load_userdict``; jieba works out the frequencies."""
    for word, kind in _words(lexicon):
        yield f"{word} {_JIEBA_TAG.get(kind, 'nz')}"


def pkuseg_dictionary(lexicon: Lexicon) -> Iterator[str]:
    """Lines ``word<TAB>tag`` for the ``user_dict`` of pkuseg."""
    for word, kind in _words(lexicon):
        yield f"{word}\t{_JIEBA_TAG.get(kind, 'nz')}"


EXPORTS: dict[str, Callable[[Lexicon], Iterator[str]]] = {
    "entity-ruler": entity_ruler_patterns,
    "jieba": jieba_dictionary,
    "pkuseg": pkuseg_dictionary,
}
"""What a lexicon can be exported as."""


def read_words(path: Path) -> list[str]:
    """The words of a user's dictionary, one a line, as jieba (``word 3 n``) or pkuseg (``word<TAB>tag``) has them.

    A word with blanks ends at a tab. Raises OSError when the file cannot be read, ValueError naming the line that is
    not UTF-8.
    """
    words: list[str] = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            text = line.decode("utf-8-sig").strip("\r\n")
        except UnicodeDecodeError:
            raise ValueError(f"{path}:{number}: not UTF-8") from None
        word = text.split("\t")[0] if "\t" in text else _JIEBA_TAIL.sub("", text)
        if word.strip():
            words.append(word.strip())
    return words


def _words(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Words without blanks, which both tools split at before they look into a dictionary, each once."""
    seen: set[str] = set()
    for entry in lexicon.entries.values():
        for surface in entry.surfaces:
            if len(surface) >= _SHORTEST and surface not in seen and not _BLANK.search(surface):
                seen.add(surface)
                yield surface, entry.kind
