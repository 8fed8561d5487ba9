"""New lines for a lexicon folder: one by hand, or those that `discover` printed."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tagger.lexicon.columns import SHEETS, category_of, is_entry_file
from tagger.lexicon.form import mended
from tagger.lexicon.layers import Layers, key_of, read_layers
from tagger.lexicon.lint import examine
from tagger.lexicon.tables import LexiconError, Row, Table, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEW = 0
"""The line number of what is not in the file yet; files count from 1."""


def add(folder: Path, lines: Iterable[tuple[str, dict[str, str]]], under: Iterable[Path] = ()) -> list[str]:
    """Put lines, each a file's name and its cells, into the files of a folder; the answer is their keys.

    An entry without an id takes its name as one. The lines must pass every check of lint together with the
    folders ``under`` which the folder is laid; otherwise nothing is written. Raises LexiconError, OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    layers, unusable = read_layers([*(f for f in under if f.resolve() != folder.resolve()), folder])
    if unusable:
        raise next(iter(unusable.values()))
    own = {table.stem: table for table in layers.folders[-1]}
    added: list[str] = []
    touched: set[str] = set()
    for stem, cells in lines:
        table = own.setdefault(stem, _new_table(folder, stem))
        row = _row(stem, table, cells)
        key = key_of(table, row)
        if any(key_of(table, other) == key for other in table.rows):
            raise LexiconError(f"{table.path}: {'/'.join(key)} stands there already")
        own[stem] = table._replace(rows=[*table.rows, row])
        touched.add(stem)
        added.append("/".join(key))
    for stem in touched:
        own[stem] = mended(own[stem], layers.fold)
    known = set(examine(layers))
    for finding in examine(Layers([*layers.folders[:-1], list(own.values())])):
        if finding not in known:
            raise LexiconError(f"{finding.path}: {finding.message} [{finding.check}]; nothing was added")
    for stem in sorted(touched):
        write_table(own[stem])
    return added


def read_rows(path: Path) -> list[tuple[str, dict[str, str]]]:
    """The lines of a CSV as `discover` prints it: a column ``category`` and the cells of that category.

    Columns of other names (counts, examples) are left out. Raises LexiconError, OSError.
    """
    try:
        reader = csv.DictReader(path.read_text("utf-8-sig").splitlines(keepends=True))
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise LexiconError(f"{path}: {error}") from None
    lines = []
    for number, row in enumerate(rows, 2):
        stem = row.get("category") or ""
        if stem not in SHEETS:
            raise LexiconError.at(path, number, f"category {stem!r} is none of {', '.join(SHEETS)}")
        lines.append((stem, {name: row[name] or "" for name in SHEETS[stem].names if row.get(name)}))
    return lines


def _new_table(folder: Path, stem: str) -> Table:
    if stem not in SHEETS:
        raise LexiconError(f"no lexicon is called {stem}; there are {', '.join(SHEETS)}")
    return Table(folder / f"{stem}.csv", SHEETS[stem].names, [])


def _row(stem: str, table: Table, cells: dict[str, str]) -> Row:
    unknown = [name for name in cells if name not in SHEETS[stem].names]
    if unknown:
        raise LexiconError(f"{stem} has no column {unknown[0]!r}; there are {', '.join(SHEETS[stem].names)}")
    missing = [name for name in cells if name not in table.header]
    if missing:
        raise LexiconError(f"{table.path}:1: no column {', '.join(missing)}; add it to the header first")
    full = dict.fromkeys(table.header, "") | cells
    if is_entry_file(stem) and not full["id"]:
        full["id"] = f"{category_of(stem)}/{id_of(full['name'])}"
    return Row(_NEW, full)


def id_of(name: str) -> str:
    """The part of an id behind the slash: the name without blanks, brackets and quotes."""
    return re.sub(r"[\s“”\"《》〈〉（）()|/]", "", name)
