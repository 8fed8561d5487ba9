"""An output that survives a crash: records are appended beside it, and a journal tells which are whole.

While a run goes on, ``.name.part`` holds the records and ``.name.done`` one line a piece written: how long the
records are with it, and the keys of what was done. A line of the journal is written only when its piece is, so
after ``kill -9`` or a full disk the part is cut back to what the journal vouches for, and nothing is lost or
written twice. When the run ends the part takes the output's name and the journal goes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from types import TracebackType


class JournalError(ValueError):
    """A run that cannot be resumed; the message says why, in one line."""


class _Line(msgspec.Struct, array_like=True):
    """A line of the journal: the length of the part with this piece, and the keys of the items in it."""

    length: int
    keys: list[str]


class Journal:
    """The output of one run. ``recipe`` is whatever must be the same for a run to be resumed.

    Raises JournalError when ``resume`` is asked for and another recipe was used, OSError when nothing can be written.
    """

    def __init__(self, output: Path, recipe: str, *, resume: bool = False) -> None:
        if output.is_dir():
            raise IsADirectoryError(21, "is a folder", str(output))
        self._output = output
        self._part = output.with_name(f".{output.name}.part")
        self._done = output.with_name(f".{output.name}.done")
        self._head = hashlib.sha256(recipe.encode()).hexdigest()
        self.done: set[str] = set()
        """The keys of what was done before."""
        self.resumed = 0
        self._written = 0
        length = self._recover() if resume else 0
        self._records = self._part.open("r+b" if length else "wb")
        self._records.truncate(length)
        self._records.seek(length)
        self._lines = self._done.open("ab" if self.done else "wb")
        if not self.done:
            self._lines.write(self._head.encode() + b"\n")
            self._lines.flush()

    def _recover(self) -> int:
        """Read the journal of an earlier run; the answer is how much of its part is whole."""
        try:
            data = self._done.read_bytes()
            size = self._part.stat().st_size
        except FileNotFoundError:
            return 0
        head, *lines = data.split(b"\n")
        if head and head.decode("ascii", "replace") != self._head:
            raise JournalError(
                f"{self._output}: begun with other options, lexicons or version; run once without --resume"
            )
        length = kept = 0
        for raw in lines[:-1]:  # what stands behind the last line end was torn
            try:
                line = msgspec.json.decode(raw, type=_Line)
            except msgspec.DecodeError:
                break
            if line.length > size:
                break
            length = line.length
            self.done.update(line.keys)
            kept += len(raw) + 1
        self.resumed = len(self.done)
        with self._done.open("r+b") as file:
            file.truncate(len(head) + 1 + kept if self.done else 0)
        return length

    def write(self, data: bytes, keys: list[str]) -> None:
        """Append a piece of the output and note that the items with these keys are done. Raises OSError."""
        self._written += len(keys)
        if data:
            self._records.write(data)
            self._records.flush()
        self._lines.write(msgspec.json.encode(_Line(self._records.tell(), keys)) + b"\n")
        self._lines.flush()

    @property
    def empty(self) -> bool:
        """Whether nothing was done or begun, neither before nor now."""
        return not self.done and not self._written

    def finish(self) -> None:
        """Give the output its name. Raises OSError."""
        self._records.flush()
        os.fsync(self._records.fileno())
        self._records.close()
        self._part.replace(self._output)
        self._close()
        self._done.unlink()

    def discard(self) -> None:
        """Leave nothing behind."""
        self._close()
        for path in (self._part, self._done):
            with contextlib.suppress(OSError):
                path.unlink()

    def _close(self) -> None:
        for file in (self._records, self._lines):
            with contextlib.suppress(OSError):
                file.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What was written stays, to be resumed."""
        self._close()
