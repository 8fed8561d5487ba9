"""Lexicon folders laid over each other line by line: what lint, stats and add look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagger.lexicon.columns import OFF, SHEETS, SURFACE_COLUMNS, category_of, is_entry_file
from tagger.lexicon.entries import split
from tagger.lexicon.fold import Folder
from tagger.lexicon.load import check_header
from tagger.lexicon.tables import LexiconError, Row, Table, read_table, tables_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

Key = tuple[str, ...]


class Line(NamedTuple):
    """A line with the file that it stands in."""

    table: Table
    row: Row

    @property
    def id(self) -> str:
        """The id of an entry."""
        return self.row.cells["id"]

    @property
    def category(self) -> str:
        """What the line is about: issuers also in local_issuers.csv."""
        return category_of(self.table.stem)

    @property
    def canonical(self) -> str:
        """The name that a mention of the entry carries."""
        return self.row.cells.get("canonical") or self.row.cells["name"]

    @property
    def surfaces(self) -> list[str]:
        """Every surface of the entry, the name first."""
        name, *others = (self.row.cells.get(column, "") for column in SURFACE_COLUMNS)
        return [name, *(value for cell in others for value in split(cell))]

    @property
    def strong(self) -> list[str]:
        """The surfaces that need no evidence around them."""
        weak = split(self.row.cells.get("weak", ""))
        return [surface for surface in self.surfaces if surface not in weak]


class Layers:
    """Folders in the order in which they are laid over each other, and the lines that hold in the end."""

    def __init__(self, folders: list[list[Table]]) -> None:
        self.folders = folders
        characters = (line.row.cells for line in self._lay("chars"))
        self.fold: Callable[[str], str] = Folder(
            {cells["traditional"]: cells["simplified"] for cells in characters}
        ).fold_term
        self.lines: list[Line] = list(self._lay())

    @property
    def tables(self) -> Iterator[Table]:
        """Every file of every folder."""
        return (table for folder in self.folders for table in folder)

    @property
    def entries(self) -> Iterator[Line]:
        """The lines with an id."""
        return (line for line in self.lines if is_entry_file(line.table.stem))

    def of(self, category: str) -> Iterator[Line]:
        """The lines of one category."""
        return (line for line in self.lines if line.category == category)

    def _lay(self, *stems: str) -> Iterator[Line]:
        held: dict[tuple[str, Key], Line] = {}
        for table in self.tables:
            if stems and table.stem not in stems:
                continue
            for row in table.rows:
                place = (category_of(table.stem), key_of(table, row))
                if is_off(row):
                    held.pop(place, None)
                else:
                    held[place] = Line(table, row)
        return iter(held.values())


def read_layers(folders: Iterable[Path]) -> tuple[Layers, dict[Path, LexiconError]]:
    """The files of the folders, and for each that cannot be used what is wrong with it.

    Raises FileNotFoundError when a folder is missing.
    """
    read: list[list[Table]] = []
    unusable: dict[Path, LexiconError] = {}
    for folder in folders:
        read.append([])
        for path in tables_in(folder):
            try:
                table = read_table(path)
                check_header(table)
            except LexiconError as error:
                unusable[path] = error
            else:
                read[-1].append(table)
    return Layers(read), unusable


def key_of(table: Table, row: Row) -> Key:
    """What tells a line from the others of its file."""
    return tuple(row.cells[name] for name in SHEETS[table.stem].key)


def is_off(row: Row) -> bool:
    """Whether a line only switches another one off."""
    return OFF in (row.cells.get("name"), row.cells.get("note"), row.cells.get("type"))
