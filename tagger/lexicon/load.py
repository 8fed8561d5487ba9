"""Lexicon folders read into memory: entries, cues, units and the folding table."""

from __future__ import annotations

import csv
import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tagger.lexicon.entries import CATEGORY_KIND, Entry, split
from tagger.lexicon.fold import Folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_OFF = "off"
_SAME_CATEGORY = {"local_issuers": "issuers"}


class LexiconError(ValueError):
    """A lexicon that cannot be read; the message names file and line."""


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
    """Everything the matcher knows. ``version`` is a hash of the lines it was read from."""

    version: str
    entries: dict[str, Entry] = field(default_factory=dict)
    cues: dict[str, list[str]] = field(default_factory=dict)
    blockers: dict[str, str] = field(default_factory=dict)
    issuer_patterns: list[Pattern] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    characters: dict[str, str] = field(default_factory=dict)
    currencies: dict[str, str] = field(default_factory=dict)

    @cached_property
    def folder(self) -> Folder:
        """The folding of texts and terms by this lexicon's table of characters."""
        return Folder(self.characters)

    def of_kind(self, kind: str) -> Iterator[Entry]:
        """The entries of one mention kind."""
        return (entry for entry in self.entries.values() if entry.kind == kind)

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
    lexicon = Lexicon("")
    digest = hashlib.sha256()
    for folder in folders:
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder}: no such lexicon folder")
        for path in sorted(folder.glob("*.csv")):
            data = path.read_bytes()
            digest.update(path.name.encode() + b"\0" + data)
            _read_file(path, data, lexicon)
    if not lexicon.entries:
        raise LexiconError(f"{', '.join(map(str, folders))}: no lexicon lines found")
    lexicon.version = digest.hexdigest()[:16]
    return lexicon


def _read_file(path: Path, data: bytes, lexicon: Lexicon) -> None:
    category = _SAME_CATEGORY.get(path.stem, path.stem)
    rows = rows_of(path, data)
    if category in CATEGORY_KIND:
        _read_entries(path, CATEGORY_KIND[category], rows, lexicon)
    elif category == "cues":
        for _, row in rows:
            _switch(lexicon.cues.setdefault(row["class"], []), row["term"], row.get("note", ""))
    elif category == "blockers":
        for _, row in rows:
            lexicon.blockers[row["term"]] = row.get("type", "")
    elif category == "issuer_patterns":
        for _, row in rows:
            for suffix in (row["suffix"], *split(row.get("aliases", ""))):
                lexicon.issuer_patterns.append(Pattern(suffix, row["name"], split(row["levels"])))
    elif category == "units":
        lexicon.units += [Unit(row["surface"], row["unit"], row["scale"] or "1") for _, row in rows]
    elif category == "model_families":
        lexicon.families += [Family(row["prefix"], row["family"], row["developer"], bool(row["weak"])) for _, row in rows]
    elif category == "currencies":
        lexicon.currencies.update((row["surface"], row["currency"]) for _, row in rows)
    elif category == "chars":
        lexicon.characters.update((row["traditional"], row["simplified"]) for _, row in rows)


def _switch(words: list[str], term: str, note: str) -> None:
    if note == _OFF:
        if term in words:
            words.remove(term)
    elif term not in words:
        words.append(term)


def rows_of(path: Path, data: bytes) -> list[tuple[int, dict[str, str]]]:
    """The lines of a CSV as (line number, column → cell). Raises LexiconError for what is no such CSV."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from None
    reader = csv.reader(text.splitlines(keepends=True))
    header: Sequence[str] | None = None
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        for cells in reader:
            if header is None:
                header = cells
            elif cells:
                if len(cells) != len(header):
                    raise LexiconError(f"{path}:{reader.line_num}: {len(cells)} cells where the header has {len(header)}")
                rows.append((reader.line_num, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        raise LexiconError(f"{path}:{reader.line_num}: {error}") from None
    return rows


def _read_entries(path: Path, kind: str, rows: Iterable[tuple[int, dict[str, str]]], lexicon: Lexicon) -> None:
    for number, row in rows:
        key, name = row.get("id", ""), row.get("name", "")
        if not key or not name:
            raise LexiconError(f"{path}:{number}: a line without id or name")
        if name == _OFF:
            lexicon.entries.pop(key, None)
            continue
        lexicon.entries[key] = Entry(
            id=key,
            kind=kind,
            name=name,
            canonical=row.get("canonical") or name,
            aliases=(*split(row.get("aliases", "")), *split(row.get("former", ""))),
            weak=frozenset(split(row.get("weak", ""))),
            facts=row,
        )
