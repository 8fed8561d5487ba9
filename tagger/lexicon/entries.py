"""What a line of a lexicon says."""

from __future__ import annotations

from msgspec import Struct, field

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


class Entry(Struct, frozen=True):
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


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell that are separated by ``|``."""
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()
