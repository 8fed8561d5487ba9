"""Lexicon CSVs as they stand: header and numbered lines, read with exact faults, written whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import NamedTuple

from tagger.files import whole_file

_MARK = "\ufeff"


class LexiconError(ValueError):
    """A lexicon that cannot be used; the message names the file and, where one is at fault, the line."""

    line = 1
    why = ""

    @classmethod
    def at(cls, path: Path, line: int, why: str) -> LexiconError:
        """What is wrong with one line of a file."""
        error = cls(f"{path}:{line}: {why}")
        error.line, error.why = line, why
        return error


class Row(NamedTuple):
    """A line of a file: its number, and its cells by column."""

    line: int
    cells: dict[str, str]


class Table(NamedTuple):
    """A lexicon file. ``clean`` is false where a byte-order mark or Windows line ends stand in it."""

    path: Path
    header: tuple[str, ...]
    rows: list[Row]
    clean: bool = True

    @property
    def stem(self) -> str:
        """The file's name without .csv, which says what its lines are."""
        return self.path.stem


def read_table(path: Path, data: bytes | None = None) -> Table:
    """Read a CSV. Raises LexiconError naming file and line for what is no such CSV, OSError when it cannot be read."""
    data = path.read_bytes() if data is None else data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LexiconError.at(path, line, f"not UTF-8 ({error.reason})") from None
    reader = csv.reader(io.StringIO(text.removeprefix(_MARK), newline=""))
    header: list[str] | None = None
    rows: list[Row] = []
    try:
        for cells in reader:
            if header is None:
                header = cells
            elif cells:
                if len(cells) != len(header):
                    why = f"{len(cells)} cells where the header has {len(header)}"
                    raise LexiconError.at(path, reader.line_num, why)
                rows.append(Row(reader.line_num, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        raise LexiconError.at(path, reader.line_num, str(error)) from None
    return Table(path, tuple(header or ()), rows, clean=not text.startswith(_MARK) and "\r" not in text)


def write_table(table: Table) -> None:
    """Write a CSV as the shipped ones are: UTF-8, one line an entry, ends of line as on Unix. Raises OSError."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, table.header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.cells for row in table.rows)
    with whole_file(table.path) as file:
        file.write(out.getvalue().encode("utf-8"))


def tables_in(folder: Path) -> list[Path]:
    """The CSV files of a folder in order. Raises FileNotFoundError when it is none."""
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: no such lexicon folder")
    return sorted(folder.glob("*.csv"))
