"""What a line of a lexicon says, and the lines by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice

from msgspec import Raw, Struct, field, msgpack

CATEGORY_KIND = {
    "policies": "policy",
    "issuers": "issuer",
    "instruments": "instrument",
    "regions": "region",
    "models": "model",
    "compute": "compute",
    "companies": "company",
}
"""Lexicon file (without .csv) to the mention kind it gives, in the order in which they win over each other."""


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """One line: its stable id, the names it is known by and whatever else its category tells."""

    id: str
    kind: str
    name: str
    canonical: str
    aliases: tuple[str, ...] = ()
    weak: frozenset[str] = frozenset()
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Every surface under which the entry is found."""
        return (self.name, *self.aliases)

    def fact(self, column: str) -> str:
        """A column of the line; empty when it says nothing."""
        return self.facts.get(column, "")

    def facts_of(self, column: str) -> tuple[str, ...]:
        """A column that holds several values."""
        return split(self.facts.get(column, ""))


class Entries(Mapping[str, Entry]):
    """Entries by their ids, in the order of their lines, decoded when they are first asked for.

    A text names few of them. ``lines`` are the encoded entries, ``kinds`` their kinds as they follow upon each other
    with how many of each stand in a row.
    """

    def __init__(self, lines: Mapping[str, Raw], kinds: Iterable[tuple[str, int]]) -> None:
        self._lines = lines
        self._kinds = kinds
        self._read: dict[str, Entry] = {}

    def __getitem__(self, key: str) -> Entry:
        entry = self._read.get(key)
        if entry is None:
            entry = self._read[key] = _decode(self._lines[key])
        return entry

    def __contains__(self, key: object) -> bool:
        return key in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def of_kind(self, kind: str) -> Iterator[Entry]:
        """The entries of one kind; no other is decoded."""
        begin = 0
        for name, size in self._kinds:
            if name == kind:
                yield from map(self.__getitem__, islice(self._lines, begin, begin + size))
            begin += size


def encoded(entries: Mapping[str, Entry]) -> tuple[dict[str, Raw], list[tuple[str, int]]]:
    """Entries as ``Entries`` takes them."""
    runs = groupby(entry.kind for entry in entries.values())
    lines = {key: Raw(_encode(entry)) for key, entry in entries.items()}
    return lines, [(kind, sum(1 for _ in run)) for kind, run in runs]


_decode = msgpack.Decoder(Entry).decode
_encode = msgpack.Encoder().encode


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell that are separated by ``|``."""
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()
