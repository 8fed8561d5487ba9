"""Files of a corpus: one a split, opened when the first line comes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from tagger.corpus.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class SplitFiles:
    """Binary files named after the splits."""

    def __init__(self, folder: Path, suffix: str, first: bytes = b"") -> None:
        self._folder, self._suffix, self._first = folder, suffix, first
        self._files: dict[str, BinaryIO] = {}

    def __getitem__(self, split: str) -> BinaryIO:
        if split not in self._files:
            self._files[split] = (self._folder / f"{split}{self._suffix}").open("wb")
            self._files[split].write(self._first)
        return self._files[split]

    def close(self, last: bytes = b"") -> None:
        """Close all files, each with ``last`` at its end."""
        for file in self._files.values():
            file.write(last)
            file.close()


def files_at(path: Path, pattern: str) -> list[Path]:
    """The file itself, or those of a folder that fit a pattern, in order. Raises CorpusError when there is none."""
    if not path.exists():
        raise CorpusError(f"{path}: no such file or folder")
    found = sorted(path.glob(pattern)) if path.is_dir() else [path]
    if not found:
        raise CorpusError(f"{path}: no {pattern} in this folder")
    return found


def json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a JSONL file, each with ``file:line``. Raises CorpusError for a line that is none."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                where = f"{path}:{number}"
                try:
                    data = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
                except ValueError as error:
                    raise CorpusError(f"{where}: not JSON ({error})") from None
                if not isinstance(data, dict):
                    raise CorpusError(f"{where}: not a JSON object")
                yield where, data


def json_line(data: object) -> bytes:
    """One JSON object as a line."""
    return json.dumps(data, ensure_ascii=False).encode() + b"\n"
