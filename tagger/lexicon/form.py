"""The form of lexicon lines, which `lint --fix` can mend: blanks, width, repeated surfaces, order, ends of line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tagger.lexicon.columns import SHEETS, SURFACE_COLUMNS, Column, Sheet, is_entry_file
from tagger.lexicon.entries import split
from tagger.lexicon.fold import HAN, WIDTH
from tagger.lexicon.tables import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])|^\s+|\s+$")
_RUN = re.compile(r"\s{2,}|[\t\u3000\xa0]")
_WIDE = str.maketrans(WIDTH)

Fold = Callable[[str], str]
"""How the matcher reads a surface: ``Folder.fold_term``."""


def faults(table: Table, fold: Fold) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the form of a file: (line, name of the check, what it is in words)."""
    if not table.clean:
        yield 1, "ends", "a byte-order mark or Windows ends of line"
    sheet = SHEETS[table.stem]
    for row in table.rows:
        for column in _columns(table, sheet):
            cell = row.cells[column.name]
            if without_blanks(cell, column) != cell:
                yield row.line, "blanks", f"{column.name}: needless blanks or empty values in {cell!r}"
            if table.stem != "chars" and cell.translate(_WIDE) != cell:
                yield row.line, "width", f"{column.name}: full-width letters or digits in {cell!r}"
        if is_entry_file(table.stem):
            for surface in _distinct(row.cells, fold)[1]:
                yield row.line, "repeat", f"{surface!r} is read as another surface of this line"
    keys = [_place(row, sheet) for row in table.rows]
    for before, key, row in zip(keys, keys[1:], table.rows[1:], strict=False):
        if key < before:
            yield (
                row.line,
                "order",
                f"{'/'.join(key)!r} stands behind {'/'.join(before)!r}; lines are sorted by {', '.join(sheet.order or sheet.key)}",
            )
            break


def mended(table: Table, fold: Fold) -> Table:
    """The file with its form put right; what it says stays the same."""
    sheet = SHEETS[table.stem]
    rows: list[Row] = []
    for row in table.rows:
        cells = dict(row.cells)
        for column in _columns(table, sheet):
            cell = without_blanks(cells[column.name], column)
            cells[column.name] = cell if table.stem == "chars" else cell.translate(_WIDE)
        rows.append(Row(row.line, _distinct(cells, fold)[0] if is_entry_file(table.stem) else cells))
    rows.sort(key=lambda row: _place(row, sheet))
    return Table(table.path, table.header, rows)


def without_blanks(cell: str, column: Column) -> str:
    """A cell without blanks that say nothing, and without empty values."""
    if column.many:
        return "|".join(_tidy(part) for part in split(cell))
    return _tidy(cell)


def _tidy(text: str) -> str:
    return _RUN.sub(" ", _BLANKS.sub("", text))


def _columns(table: Table, sheet: Sheet) -> list[Column]:
    return [column for column in sheet.columns if column.name in table.header]


def _place(row: Row, sheet: Sheet) -> tuple[str, ...]:
    return tuple(row.cells[name] for name in sheet.order or sheet.key)


def _distinct(cells: dict[str, str], fold: Fold) -> tuple[dict[str, str], list[str]]:
    """The cells without aliases that, once folded, read as the name or an earlier alias; and those aliases."""
    kept: dict[str, str] = {}
    repeated: list[str] = []
    distinct = dict(cells)
    for column in SURFACE_COLUMNS:
        if column not in cells:
            continue
        own: list[str] = []
        for surface in (cells[column],) if column == "name" else split(cells[column]):
            if fold(surface) in kept:
                repeated.append(surface)
            else:
                kept[fold(surface)] = surface
                own.append(surface)
        distinct[column] = "|".join(own)
    if "weak" in cells:  # a condition stays with the surface that is left
        distinct["weak"] = "|".join(
            dict.fromkeys(kept.get(fold(value), value) for value in split(cells["weak"]))
        )
    return distinct, repeated
