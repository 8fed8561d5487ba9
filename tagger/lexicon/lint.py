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
from tagger.lexicon.columns import OFF, SHEETS, SURFACE_COLUMNS, Sheet, category_of, is_entry_file
from tagger.lexicon.entries import split
from tagger.lexicon.fold import Folder
from tagger.lexicon.load import check_header
from tagger.lexicon.tables import LexiconError, Row, Table, read_table, tables_in, write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_DATE = re.compile(r"(?:1[89]|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_PROPER_TAGS = ("nr", "ns", "nt", "nz", "j", "eng")
_ORDINARY_FROM = 10
"""From this frequency in jieba's dictionary (60 million words of text) a word that is no name counts as ordinary."""
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


class _Line(NamedTuple):
    """A line with the file that it stands in."""

    table: Table
    row: Row

    def finding(self, check: str, message: str) -> Finding:
        return Finding(self.table.path, self.row.line, check, message)

    @property
    def id(self) -> str:
        return self.row.cells["id"]

    @property
    def category(self) -> str:
        return category_of(self.table.stem)

    @property
    def canonical(self) -> str:
        return self.row.cells.get("canonical") or self.row.cells["name"]

    @property
    def surfaces(self) -> list[str]:
        name, *others = (self.row.cells.get(column, "") for column in SURFACE_COLUMNS)
        return [name, *(value for cell in others for value in split(cell))]

    @property
    def strong(self) -> list[str]:
        weak = split(self.row.cells.get("weak", ""))
        return [surface for surface in self.surfaces if surface not in weak]


class _House(NamedTuple):
    """The lines that hold once all folders are laid over each other."""

    lines: dict[tuple[str, tuple[str, ...]], _Line]
    fold: Callable[[str], str]

    def of(self, category: str) -> Iterator[_Line]:
        return (line for (own, _), line in self.lines.items() if own == category)

    @property
    def entries(self) -> Iterator[_Line]:
        return (line for line in self.lines.values() if is_entry_file(line.table.stem))


def lint(*folders: Path) -> list[Finding]:
    """What is wrong with lexicons laid over each other, by file and line.

    Raises FileNotFoundError when a folder is missing; what cannot be read within it is a finding.
    """
    layers, findings = _read(folders)
    tables = [table for layer in layers for table in layer]
    fold = _folder(tables).fold_term
    for layer in layers:
        findings += _repeated_keys(layer)
    for table in tables:
        findings += _schema(table)
        findings += _dates(table)
        findings += [Finding(table.path, *fault) for fault in form.faults(table, fold)]
    house = _lay(layers, fold)
    for check in (_clashes, _shared, _ordinary, _conditions, _dead, _rings):
        findings += check(house)
    return sorted(findings, key=lambda f: (f.path, f.line, f.check, f.message))


def fix(*folders: Path) -> list[Path]:
    """Mend the form of the files in place; the answer is which were changed. Raises OSError, FileNotFoundError."""
    layers, _ = _read(folders)
    tables = [table for layer in layers for table in layer]
    fold = _folder(tables).fold_term
    changed = []
    for table in tables:
        if next(form.faults(table, fold), None) is not None:
            write_table(form.mended(table, fold))
            changed.append(table.path)
    return changed


def _read(folders: Iterable[Path]) -> tuple[list[list[Table]], list[Finding]]:
    layers, findings = [], []
    for folder in folders:
        layer = []
        for path in tables_in(folder):
            try:
                table = read_table(path)
                check_header(table)
            except LexiconError as error:
                line, message = _place(path, str(error))
                findings.append(Finding(path, line, "schema", message))
            else:
                layer.append(table)
        layers.append(layer)
    return layers, findings


def _place(path: Path, message: str) -> tuple[int, str]:
    """Line and words of a LexiconError, which names the file first."""
    found = re.fullmatch(r"(?::(\d+))?: (.*)", message.removeprefix(str(path)), re.DOTALL)
    return (int(found[1] or 1), found[2]) if found else (1, message)


def _folder(tables: list[Table]) -> Folder:
    pairs = (row.cells for table in tables if table.stem == "chars" for row in table.rows)
    return Folder({cells["traditional"]: cells["simplified"] for cells in pairs})


def _lay(layers: list[list[Table]], fold: Callable[[str], str]) -> _House:
    house = _House({}, fold)
    for layer in layers:
        for table in layer:
            sheet = SHEETS[table.stem]
            for row in table.rows:
                place = (category_of(table.stem), _key(row, sheet))
                if _is_off(row):
                    house.lines.pop(place, None)
                else:
                    house.lines[place] = _Line(table, row)
    return house


def _key(row: Row, sheet: Sheet) -> tuple[str, ...]:
    return tuple(row.cells[name] for name in sheet.key)


def _is_off(row: Row) -> bool:
    return OFF in (row.cells.get("name"), row.cells.get("note"), row.cells.get("type"))


def _schema(table: Table) -> Iterator[Finding]:
    """Columns that nobody reads, empty cells that may not be, values that no column has, ids out of form."""
    sheet = SHEETS[table.stem]
    for name in table.header:
        if name not in sheet.names:
            yield Finding(
                table.path, 1, "schema", f"no column {name!r} here; there are {', '.join(sheet.names)}"
            )
    for row in table.rows:
        if _is_off(row):
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


def _repeated_keys(layer: list[Table]) -> Iterator[Finding]:
    """Two lines of one folder that are the same line to a reader of it."""
    first: dict[tuple[str, tuple[str, ...]], str] = {}
    for table in layer:
        sheet = SHEETS[table.stem]
        for row in table.rows:
            key = _key(row, sheet)
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


def _clashes(house: _House) -> Iterator[Finding]:
    """A surface that is strong in two kinds, or that a blocker takes away."""
    owners: dict[str, dict[str, _Line]] = defaultdict(dict)
    for line in house.entries:
        for surface in line.strong:
            owners[house.fold(surface)].setdefault(line.category, line)
    for surface, lines in owners.items():
        first, *others = lines.values()
        for line in others:
            yield line.finding(
                "clash", f"{surface!r} names {first.id} too, both without a condition; one should be weak"
            )
    for line in house.of("blockers"):
        for owner in owners.get(house.fold(line.row.cells["term"]), {}).values():
            yield line.finding("clash", f"{line.row.cells['term']!r} is blocked, and is a name of {owner.id}")


def _shared(house: _House) -> Iterator[Finding]:
    """A surface that names two entries of one category; places may share a name, their parents tell them apart."""
    owners: dict[tuple[str, str], _Line] = {}
    for line in house.entries:
        for surface in [line.canonical] if line.category == "regions" else line.strong:
            owner = owners.setdefault((line.category, house.fold(surface)), line)
            if owner.id != line.id:
                yield line.finding("duplicate", f"{surface!r} names {owner.id} too")


def _ordinary(house: _House) -> Iterator[Finding]:
    """Proper names that are ordinary words by the frequency of jieba's dictionary, and stand without a condition.

    What the dictionary only fails to know for a name is listed in cues.csv under ``lint/proper``.
    """
    proper = {
        house.fold(line.row.cells["term"])
        for line in house.of("cues")
        if line.row.cells["class"] == "lint/proper"
    }
    frequency = _word_frequencies()
    for line in house.entries:
        if line.category not in _NAMED_KINDS:
            continue
        for surface in line.strong:
            count = frequency.get(house.fold(surface), 0)
            official = line.category in _OFFICIAL and surface == line.row.cells["name"]
            if count >= _ORDINARY_FROM and not official and house.fold(surface) not in proper:
                yield line.finding(
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


def _conditions(house: _House) -> Iterator[Finding]:
    """A condition on a surface that the entry does not have."""
    for line in house.entries:
        for word in split(line.row.cells.get("weak", "")):
            if word not in line.surfaces:
                yield line.finding("weak", f"weak {word!r} is no name or alias of this line")


def _dead(house: _House) -> Iterator[Finding]:
    """References to entries that are not there: parents, successors, relations, issuers, regions."""
    ids: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for line in house.entries:
        ids[line.category].add(line.id)
        names[line.category] |= {line.canonical, *line.surfaces}
    # An academy may sign a policy, and is still no authority where a text names it.
    names["issuers"] |= {
        line.row.cells["term"] for line in house.of("blockers") if line.row.cells.get("type") == "institute"
    }
    endings = tuple(
        {
            n
            for line in house.of("issuer_patterns")
            for n in (line.row.cells["name"], line.row.cells["suffix"])
        }
    )
    for line in house.lines.values():
        for column in SHEETS[line.table.stem].columns:
            if column.refers is None:
                continue
            how, category = column.refers
            for value in split(line.row.cells.get(column.name, "")):
                relation, _, target = value.rpartition(":")
                if column.name == "relation" and relation not in _RELATIONS:
                    yield line.finding(
                        "schema",
                        f"relation {value!r} does not begin with one of {', '.join(_RELATIONS)} and a colon",
                    )
                known = target in ids[category] if how == "id" else target in names[category]
                if not known and category == "issuers" and how == "name":
                    known = _made_by_pattern(target, names["regions"], endings)
                if not known:
                    yield line.finding("dead", f"{column.name}: there is no {target!r} in {category}")


def _made_by_pattern(name: str, regions: set[str], endings: tuple[str, ...]) -> bool:
    """Whether a local authority's name is a place and an ending of issuer_patterns.csv."""
    return any(name.endswith(ending) and name[: -len(ending)] in regions for ending in endings)


def _rings(house: _House) -> Iterator[Finding]:
    """Parents and successors that lead back to where they began."""
    for category, column in (("regions", "parent"), ("issuers", "successor")):
        above = {line.id: split(line.row.cells.get(column, "")) for line in house.of(category)}
        for line in house.of(category):
            at, steps = line.id, 0
            while above.get(at) and steps <= len(above):
                at, steps = above[at][0], steps + 1
                if at == line.id:
                    yield line.finding("dead", f"{column} leads back to this line")
                    break
