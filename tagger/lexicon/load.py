"""Lexicon folders read into memory: entries, cues, units and the folding table."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Raw, Struct, field

from tagger import cache
from tagger.lexicon.columns import OFF, SHEETS, category_of
from tagger.lexicon.entries import CATEGORY_KIND, Entries, Entry, encoded, split
from tagger.lexicon.fold import Folder
from tagger.lexicon.packed import Packed
from tagger.lexicon.surfaces import SurfaceTable, table_of
from tagger.lexicon.tables import LexiconError, Row, Table, read_table, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_NAMING = ("id", "name", "aliases", "weak")


class Pattern(Struct, frozen=True):
    """A bare suffix with which local authorities are named: 工信局 → 工业和信息化局."""

    suffix: str
    name: str
    levels: tuple[str, ...]


class Unit(Struct, frozen=True):
    """A unit of measure: its surface, the unit it counts in and the factor between them."""

    surface: str
    unit: str
    scale: str


class Family(Struct, frozen=True):
    """A surface after which a version makes the name of a model."""

    prefix: str
    family: str
    developer: str
    weak: bool


class Lexicon(Struct, dict=True):
    """Everything the matcher knows. ``version`` is a hash of the lines it was read from.

    The entries stay encoded (``lines``, see ``Entries``) until they are asked for.
    """

    version: str
    lines: dict[str, Raw] = field(default_factory=dict)
    kinds: list[tuple[str, int]] = field(default_factory=list)
    cues: dict[str, list[str]] = field(default_factory=dict)
    blockers: dict[str, str] = field(default_factory=dict)
    issuer_patterns: list[Pattern] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    characters: dict[str, str] = field(default_factory=dict)
    currencies: dict[str, str] = field(default_factory=dict)
    surfaces: SurfaceTable = field(default_factory=lambda: SurfaceTable([], Packed.of(())))

    @cached_property
    def entries(self) -> Entries:
        """The entries by their ids."""
        return Entries(self.lines, self.kinds)

    @cached_property
    def folder(self) -> Folder:
        """The folding of texts and terms by this lexicon's table of characters."""
        return Folder(self.characters)

    def of_kind(self, kind: str) -> Iterator[Entry]:
        """The entries of one mention kind."""
        return self.entries.of_kind(kind)

    def cue(self, name: str) -> list[str]:
        """The words of one class of cues, such as ``qualifier/max``; none is an error of the lexicon."""
        try:
            return self.cues[name]
        except KeyError:
            raise LexiconError(f"cues.csv: no cue of class {name!r}") from None

    def cues_under(self, prefix: str) -> dict[str, list[str]]:
        """The classes below ``prefix/``, by the rest of their name."""
        head = prefix + "/"
        return {name[len(head) :]: words for name, words in self.cues.items() if name.startswith(head)}


def load(*folders: Path) -> Lexicon:
    """Read a lexicon; later folders are laid over earlier ones.

    A line with the id of an earlier one replaces it; ``off`` in its ``name`` takes it away. Raises
    LexiconError naming file and line, FileNotFoundError when a folder is missing.
    """
    files = [(path, path.read_bytes()) for folder in folders for path in tables_in(folder)]
    digest = hashlib.sha256()
    for path, data in files:
        digest.update(path.name.encode() + b"\0" + data)
    version = digest.hexdigest()[:16]
    key = cache.key_of(digest.hexdigest(), Path(__file__).parent)
    kept = cache.read(key, Lexicon)
    if kept is not None:
        return kept
    lexicon = Lexicon(version)
    entries: dict[str, Entry] = {}
    for path, data in files:
        _read_file(path, data, lexicon, entries)
    if not entries:
        raise LexiconError(f"{', '.join(map(str, folders))}: no lexicon lines found")
    lexicon.lines, lexicon.kinds = encoded(entries)
    lexicon.surfaces = table_of(lexicon)
    cache.write(key, lexicon)
    return lexicon


def _read_file(path: Path, data: bytes, lexicon: Lexicon, entries: dict[str, Entry]) -> None:
    table = read_table(path, data)
    check_header(table)
    rows = table.rows
    category = category_of(path.stem)
    if category in CATEGORY_KIND:
        _read_entries(path, CATEGORY_KIND[category], rows, entries)
    elif category == "cues":
        for _, row in rows:
            _switch(lexicon.cues.setdefault(row["class"], []), row["term"], row.get("note", ""))
    elif category == "blockers":
        for _, row in rows:
            lexicon.blockers[row["term"]] = row.get("type", "")
            if row.get("type") == OFF:
                del lexicon.blockers[row["term"]]
    elif category == "issuer_patterns":
        for _, row in rows:
            for suffix in (row["suffix"], *split(row.get("aliases", ""))):
                lexicon.issuer_patterns.append(Pattern(suffix, row["name"], split(row["levels"])))
    elif category == "units":
        lexicon.units += [Unit(row["surface"], row["unit"], row.get("scale") or "1") for _, row in rows]
    elif category == "model_families":
        lexicon.families += [
            Family(row["prefix"], row["family"], row.get("developer", ""), bool(row.get("weak")))
            for _, row in rows
        ]
    elif category == "currencies":
        lexicon.currencies.update((row["surface"], row["currency"]) for _, row in rows)
    elif category == "chars":
        lexicon.characters.update((row["traditional"], row["simplified"]) for _, row in rows)


def check_header(table: Table) -> None:
    """Raises LexiconError for a file that is no lexicon, or lacks a column that every line needs."""
    sheet = SHEETS.get(table.stem)
    if sheet is None:
        raise LexiconError.at(
            table.path, 1, f"no lexicon is called {table.stem}; there are {', '.join(SHEETS)}"
        )
    missing = [column.name for column in sheet.columns if column.required and column.name not in table.header]
    if missing:
        raise LexiconError.at(table.path, 1, f"no column {', '.join(missing)}")


def _switch(words: list[str], term: str, note: str) -> None:
    if note == OFF:
        if term in words:
            words.remove(term)
    elif term not in words:
        words.append(term)


def _read_entries(path: Path, kind: str, rows: Iterable[Row], entries: dict[str, Entry]) -> None:
    for number, row in rows:
        key, name = row.get("id", ""), row.get("name", "")
        if not key or not name:
            raise LexiconError.at(path, number, "a line without id or name")
        if name == OFF:
            entries.pop(key, None)
            continue
        entries[key] = Entry(
            id=key,
            kind=kind,
            name=name,
            canonical=row.get("canonical") or name,
            aliases=(*split(row.get("aliases", "")), *split(row.get("former", ""))),
            weak=frozenset(split(row.get("weak", ""))),
            facts={column: cell for column, cell in row.items() if cell and column not in _NAMING},
        )
