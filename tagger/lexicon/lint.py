"""Checks of the lexicons: what would make the matcher find the wrong thing, or a reader doubt the data.

Every check has a name, printed with its findings. The checks of form (``blanks``, ``width``, ``repeat``, ``order``,
``ends``) are mended by ``fix``; the others want a decision.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tagger.lexicon import form
from tagger.lexicon.columns import SHEETS, category_of, is_entry_file
from tagger.lexicon.entries import split
from tagger.lexicon.layers import Key, Layers, Line, is_off, key_of, read_layers
from tagger.lexicon.tables import Table, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATE = re.compile(r"(?:1[89]|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_PROPER_TAGS = ("nr", "ns", "nt", "nz", "j", "eng")
_ORDINARY_FROM = 10
"""From this frequency in jieba's dictionary a word that is no name counts as ordinary."""
_NAMED_KINDS = ("companies", "models", "regions", "issuers")
"""Categories of proper names; the others name things that ordinary words may well be the name of."""
_OFFICIAL = ("regions", "issuers")
"""Categories whose ``name`` is an official name in full; only their short forms can be mistaken for words."""
_RELATIONS = ("amends", "repeals", "replaces", "draft_of", "implements", "continues")


class Finding(NamedTuple):
    """Something wrong with a line of a lexicon."""

    path: Path
    line: int
    check: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} [{self.check}]"


def lint(*folders: Path) -> list[Finding]:
    """What is wrong with lexicons laid over each other, by file and line.

    Raises FileNotFoundError when a folder is missing; what cannot be read within it is a finding.
    """
    layers, unusable = read_layers(folders)
    unread = [Finding(path, error.line, "schema", error.why) for path, error in unusable.items()]
    return sorted([*unread, *examine(layers)], key=lambda f: (f.path, f.line, f.check, f.message))


def examine(layers: Layers) -> Iterator[Finding]:
    """Every check on files that could be read."""
    for folder in layers.folders:
        yield from _repeated_keys(folder)
    for table in layers.tables:
        yield from _schema(table)
        yield from _dates(table)
        yield from (Finding(table.path, *fault) for fault in form.faults(table, layers.fold))
    for check in (_clashes, _shared, _ordinary, _conditions, _dead, _rings):
        yield from check(layers)


def fix(*folders: Path) -> list[Path]:
    """Mend the form of the files in place; the answer is which were changed. Raises OSError, FileNotFoundError."""
    layers, _ = read_layers(folders)
    changed = [table for table in layers.tables if next(form.faults(table, layers.fold), None) is not None]
    for table in changed:
        write_table(form.mended(table, layers.fold))
    return [table.path for table in changed]


def _finding(line: Line, check: str, message: str) -> Finding:
    return Finding(line.table.path, line.row.line, check, message)


def _schema(table: Table) -> Iterator[Finding]:
    """Columns that nobody reads, empty cells that may not be, values that no column has, ids out of form."""
    sheet = SHEETS[table.stem]
    for name in table.header:
        if name not in sheet.names:
            yield Finding(
                table.path, 1, "schema", f"no column {name!r} here; there are {', '.join(sheet.names)}"
            )
    for row in table.rows:
        if is_off(row):
            continue
        for column in sheet.columns:
            cell = row.cells.get(column.name, "")
            if column.required and not cell.strip():
                yield Finding(table.path, row.line, "schema", f"{column.name} is empty")
            for value in split(cell) if column.many else filter(None, (cell,)):
                if column.values and value not in column.values:
                    yield Finding(
                        table.path,
                        row.line,
                        "schema",
                        f"{column.name}: {value!r} is none of {', '.join(column.values)}",
                    )
        if is_entry_file(table.stem) and not re.fullmatch(
            rf"{category_of(table.stem)}/[^\s|/][^|/\n]*", row.cells["id"]
        ):
            yield Finding(
                table.path,
                row.line,
                "schema",
                f"id {row.cells['id']!r} does not read {category_of(table.stem)}/…",
            )


def _repeated_keys(folder: list[Table]) -> Iterator[Finding]:
    """Two lines of one folder that are the same line to a reader of it."""
    first: dict[tuple[str, Key], str] = {}
    for table in folder:
        for row in table.rows:
            key = key_of(table, row)
            place = f"{table.path.name}:{row.line}"
            before = first.setdefault((category_of(table.stem), key), place)
            if before != place:
                yield Finding(
                    table.path, row.line, "duplicate", f"{'/'.join(key)} stands in {before} already"
                )


def _dates(table: Table) -> Iterator[Finding]:
    """Days that are none, and an end before its beginning."""
    sheet = SHEETS[table.stem]
    for row in table.rows:
        for column in sheet.columns:
            cell = row.cells.get(column.name, "")
            if column.date and cell and not _is_day(cell):
                yield Finding(
                    table.path,
                    row.line,
                    "date",
                    f"{column.name}: {cell!r} is no day, month or year such as 2024-12-18",
                )
        for before, after in sheet.ordered_dates:
            early, late = row.cells.get(before, ""), row.cells.get(after, "")
            shared = min(len(early), len(late))
            if early[:shared] > late[:shared]:
                yield Finding(table.path, row.line, "date", f"{after} {late} lies before {before} {early}")


def _is_day(cell: str) -> bool:
    from datetime import date

    if not _DATE.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell + "-01-01"[len(cell) - 4 :] if len(cell) < 10 else cell)
    except ValueError:
        return False
    return True


def _clashes(layers: Layers) -> Iterator[Finding]:
    """A surface that is strong in two kinds, or that a blocker takes away."""
    owners: dict[str, dict[str, Line]] = defaultdict(dict)
    for line in layers.entries:
        for surface in line.strong:
            owners[layers.fold(surface)].setdefault(line.category, line)
    for surface, lines in owners.items():
        first, *others = lines.values()
        for line in others:
            yield _finding(
                line,
                "clash",
                f"{surface!r} names {first.id} too, both without a condition; one should be weak",
            )
    for line in layers.of("blockers"):
        for owner in owners.get(layers.fold(line.row.cells["term"]), {}).values():
            yield _finding(
                line, "clash", f"{line.row.cells['term']!r} is blocked, and is a name of {owner.id}"
            )


def _shared(layers: Layers) -> Iterator[Finding]:
    """A surface that names two entries of one category; places may share a name, their parents tell them apart."""
    owners: dict[tuple[str, str], Line] = {}
    for line in layers.entries:
        for surface in [line.canonical] if line.category == "regions" else line.strong:
            owner = owners.setdefault((line.category, layers.fold(surface)), line)
            if owner.id != line.id:
                yield _finding(line, "duplicate", f"{surface!r} names {owner.id} too")


def _ordinary(layers: Layers) -> Iterator[Finding]:
    """Proper names that are ordinary words by the frequency of jieba's dictionary, and stand without a condition.

    What the dictionary only fails to know for a name is listed in cues.csv under ``lint/proper``.
    """
    proper = {
        layers.fold(line.row.cells["term"])
        for line in layers.of("cues")
        if line.row.cells["class"] == "lint/proper"
    }
    frequency = _word_frequencies()
    for line in layers.entries:
        if line.category not in _NAMED_KINDS:
            continue
        for surface in line.strong:
            count = frequency.get(layers.fold(surface), 0)
            official = line.category in _OFFICIAL and surface == line.row.cells["name"]
            if count >= _ORDINARY_FROM and not official and layers.fold(surface) not in proper:
                yield _finding(
                    line,
                    "ordinary",
                    f"{surface!r} is an ordinary word ({count} in jieba's dictionary); make it weak, or list it under lint/proper",
                )


def _word_frequencies() -> dict[str, int]:
    """The words of jieba's dictionary that it does not hold for names."""
    import jieba

    words: dict[str, int] = {}
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, tag = line.decode("utf-8").split()
            if not tag.startswith(_PROPER_TAGS):
                words[word.lower()] = int(count)
    return words


def _conditions(layers: Layers) -> Iterator[Finding]:
    """A condition on a surface that the entry does not have."""
    for line in layers.entries:
        for word in split(line.row.cells.get("weak", "")):
            if word not in line.surfaces:
                yield _finding(line, "weak", f"weak {word!r} is no name or alias of this line")


def _dead(layers: Layers) -> Iterator[Finding]:
    """References to entries that are not there: parents, successors, relations, issuers, regions."""
    ids: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for line in layers.entries:
        ids[line.category].add(line.id)
        names[line.category] |= {line.canonical, *line.surfaces}
    # An academy may sign a policy, and is still no authority where a text names it.
    names["issuers"] |= {
        line.row.cells["term"] for line in layers.of("blockers") if line.row.cells.get("type") == "institute"
    }
    endings = tuple(
        {
            n
            for line in layers.of("issuer_patterns")
            for n in (line.row.cells["name"], line.row.cells["suffix"])
        }
    )
    for line in layers.lines:
        for column in SHEETS[line.table.stem].columns:
            if column.refers is None:
                continue
            how, category = column.refers
            for value in split(line.row.cells.get(column.name, "")):
                relation, _, target = value.rpartition(":")
                if column.name == "relation" and relation not in _RELATIONS:
                    yield _finding(
                        line,
                        "schema",
                        f"relation {value!r} does not begin with one of {', '.join(_RELATIONS)} and a colon",
                    )
                known = target in ids[category] if how == "id" else target in names[category]
                if not known and category == "issuers" and how == "name":
                    known = _made_by_pattern(target, names["regions"], endings)
                if not known:
                    yield _finding(line, "dead", f"{column.name}: there is no {target!r} in {category}")


def _made_by_pattern(name: str, regions: set[str], endings: tuple[str, ...]) -> bool:
    """Whether a local authority's name is a place and an ending of issuer_patterns.csv."""
    return any(name.endswith(ending) and name[: -len(ending)] in regions for ending in endings)


def _rings(layers: Layers) -> Iterator[Finding]:
    """Parents and successors that lead back to where they began."""
    for category, column in (("regions", "parent"), ("issuers", "successor")):
        above = {line.id: split(line.row.cells.get(column, "")) for line in layers.of(category)}
        for line in layers.of(category):
            at, steps = line.id, 0
            while above.get(at) and steps <= len(above):
                at, steps = above[at][0], steps + 1
                if at == line.id:
                    yield _finding(line, "dead", f"{column} leads back to this line")
                    break
