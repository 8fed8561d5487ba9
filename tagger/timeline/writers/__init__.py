"""One writer a format; each takes events and a binary file."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from tagger.files import whole_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.timeline.record import TimelineEvent

FORMATS = {
    ".json": "json_list",
    ".jsonl": "json_lines",
    ".csv": "table",
    ".xlsx": "excel",
    ".ics": "calendar",
    ".md": "markdown",
    ".parquet": "parquet",
    ".html": "html",
}
"""Suffix of a file to the module that writes it."""


_EXTRA = {"xlsxwriter": "excel", "icalendar": "calendar", "pyarrow": "parquet"}
"""Optional package to the extra that brings it."""


class WriterError(ValueError):
    """A timeline that cannot be written as asked; the message says why in one line."""


class _Writer(Protocol):
    def write(self, events: Sequence[TimelineEvent], file: BinaryIO) -> None: ...


def check_format(path: Path) -> None:
    """Raise WriterError when there is no writer for a file's suffix."""
    if path.suffix.lower() not in FORMATS:
        raise WriterError(f"{path}: no format for this ending; there are {' '.join(FORMATS)}")


def write(events: Sequence[TimelineEvent], path: Path) -> None:
    """Write a timeline; the suffix of ``path`` names the format.

    Raises WriterError for an unknown suffix, a missing optional package or a place that cannot be written.
    """
    check_format(path)
    writer = cast("_Writer", import_module(f"{__name__}.{FORMATS[path.suffix.lower()]}"))
    try:
        with whole_file(path) as file:
            writer.write(events, file)
    except ModuleNotFoundError as error:
        extra = _EXTRA.get(error.name or "")
        if extra is None:
            raise
        raise WriterError(
            f"{path}: needs the package {error.name}: pip install 'yanbao-tagger[{extra}]'"
        ) from None
    except OSError as error:
        raise WriterError(f"{path}: {error.strerror or error}") from None
