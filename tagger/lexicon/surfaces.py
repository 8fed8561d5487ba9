"""Every way in which a text may name something: folded surfaces, and the entries that each may mean.

The table is made once for a lexicon and kept with it (see ``cache``); what a surface means is written as one line
of text, read only when the surface is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from tagger.lexicon.entries import CATEGORY_KIND
from tagger.lexicon.packed import Packed

if TYPE_CHECKING:
    from tagger.lexicon.entries import Entry
    from tagger.lexicon.load import Lexicon


class Meaning(NamedTuple):
    """One kind of thing a surface may name: the entries, and whether it takes evidence to believe it."""

    kind: str
    weak: bool
    entries: tuple[str, ...]


class SurfaceTable(Struct, array_like=True, frozen=True):
    """Folded surfaces with what they may mean, in the same order; a name that only blocks shorter ones means nothing."""

    texts: list[str]
    lines: Packed

    def meanings(self, number: int) -> list[Meaning]:
        """What a surface may name, in the order in which kinds win."""
        line = self.lines[number]
        return [_read(part) for part in line.split("\n")] if line else []


def table_of(lexicon: Lexicon) -> SurfaceTable:
    """The surfaces of all entries, families of models and blockers of a lexicon."""
    fold = lexicon.folder.fold_term
    owners: dict[str, dict[str, tuple[bool, list[Entry]]]] = {}
    for entry in lexicon.entries.values():
        for name in entry.surfaces:
            surface = fold(name)
            if len(surface) < 2 and entry.kind != "region":
                continue
            weak = name in entry.weak or len(surface) < 2
            kinds = owners.setdefault(surface, {})
            was, entries = kinds.get(entry.kind, (True, []))
            kinds[entry.kind] = (was and weak, [*entries, entry])
    order = {kind: number for number, kind in enumerate(CATEGORY_KIND.values())}
    lines = dict.fromkeys(sorted({*owners, *(fold(family.prefix) for family in lexicon.families)}), "")
    for surface, kinds in owners.items():
        ranked = sorted(kinds, key=order.__getitem__)
        lines[surface] = "\n".join(_line(kind, *kinds[kind]) for kind in ranked)
    for term in lexicon.blockers:
        lines[fold(term)] = ""
    lines.pop("", None)
    return SurfaceTable(list(lines), Packed.of(lines.values()))


def _line(kind: str, weak: bool, entries: list[Entry]) -> str:
    return "\t".join((kind, "weak" if weak else "", *(entry.id for entry in entries)))


def _read(line: str) -> Meaning:
    kind, weak, *entries = line.split("\t")
    return Meaning(kind, bool(weak), tuple(entries))
