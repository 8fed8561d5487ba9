"""What the user names on the command line, as things to tag: files, folders, JSONL, standard input."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec

from tagger.compress import SUFFIXES as COMPRESSED
from tagger.compress import bare_suffix, open_binary, unpacking_errors
from tagger.ingest import SUFFIXES

if TYPE_CHECKING:
    from io import BufferedReader

    from tagger.pipeline import Tagger
    from tagger.schema import Document

JSON_LINES = (".jsonl", ".ndjson")
_BLOCK = 1 << 16
"""Bytes taken from standard input at a time; when less than half of it was there, more is not at hand."""


class Item(NamedTuple):
    """One thing to tag: a file, a JSONL line as it stands, or a text. ``where`` names it in messages.

    ``waits`` tells that the next item may be long in coming, so that this one should not wait for it.
    """

    where: str
    path: Path | None = None
    line: bytes | None = None
    text: str | None = None
    waits: bool = False


class Fault(NamedTuple):
    """Something that was skipped, and why."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


def tagged(tagger: Tagger, item: Item | Fault, published: str | None = None) -> Document | Fault:
    """The record of an item, or why there is none: whatever goes wrong with one is its own fault and no other's."""
    if isinstance(item, Fault):
        return item
    try:
        if item.path is not None:
            return tagger.tag_file(item.path, published=published)
        if item.line is not None:
            data = _object(item.line)
            return tagger.tag_object(
                {**data, "published": data.get("published") or published}, source=item.where
            )
        return tagger.tag(item.text or "", published=published, source=item.where)
    except ValueError as error:  # what tagger and ingest say of their input
        return Fault(item.where, str(error))
    except OSError as error:
        return Fault(item.where, error.strerror or str(error))
    except Exception as error:
        return Fault(item.where, f"the tagger failed, please report it ({type(error).__name__}: {error})")


def _object(line: bytes) -> dict[str, Any]:
    """The object that a line holds. Raises ValueError."""
    try:
        data = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"not a JSON object ({error})") from None
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    return data


def items_of(inputs: list[str]) -> Iterator[Item | Fault]:
    """The items of all inputs in order; what cannot be used comes as a Fault, the rest goes on."""
    for name in inputs:
        if name == "-":
            yield from _standard_input()
            continue
        path = Path(name)
        if path.is_dir():
            yield from _folder(path)
        elif not path.exists():
            yield Fault(name, "no such file or folder")
        else:
            yield from _file(path)


def count_of(inputs: list[str]) -> int | None:
    """How many items the inputs hold; None where only reading them all would tell."""
    total = 0
    for name in inputs:
        path = Path(name)
        for file in _reports_in(path) if path.is_dir() else [path]:
            if name == "-" or (bare_suffix(file) in JSON_LINES and file.suffix.lower() in COMPRESSED):
                return None
            total += _count_lines(file) if bare_suffix(file) in JSON_LINES else 1
    return total


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(1 for line in file if line.strip())
    except OSError:
        return 1


def _file(path: Path) -> Iterator[Item | Fault]:
    if bare_suffix(path) in JSON_LINES:
        yield from _lines(path)
    elif path.suffix.lower() in COMPRESSED:
        yield _unpacked(path)
    else:
        yield Item(str(path), path=path)


def _unpacked(path: Path) -> Item | Fault:
    """A compressed text."""
    from tagger.ingest import ReadError, decode

    try:
        with open_binary(path) as file:
            data = file.read()
        return Item(str(path), text=decode(data))
    except OSError as error:
        return Fault(str(path), error.strerror or str(error))
    except ReadError as error:
        return Fault(str(path), str(error))
    except unpacking_errors() as error:
        return Fault(str(path), str(error))


def _reports_in(path: Path) -> list[Path]:
    suffixes = (*SUFFIXES, *JSON_LINES)
    return sorted(
        p
        for p in path.rglob("*")
        if p.is_file() and bare_suffix(p) in suffixes and not p.name.startswith(".")
    )


def _folder(path: Path) -> Iterator[Item | Fault]:
    found = _reports_in(path)
    if not found:
        yield Fault(str(path), f"no report in this folder ({' '.join((*SUFFIXES, *JSON_LINES))})")
    for file in found:
        yield from _file(file)


def _lines(path: Path) -> Iterator[Item | Fault]:
    try:
        with open_binary(path) as lines:
            empty = True
            for number, line in enumerate(lines, 1):
                if number == 1:
                    line = line.removeprefix(BOM_UTF8)
                if not line.isspace():
                    empty = False
                    yield Item(f"{path}:{number}", line=line)
            if empty:
                yield Fault(str(path), "the file is empty")
    except OSError as error:
        yield Fault(str(path), error.strerror or str(error))
    except unpacking_errors() as error:
        yield Fault(str(path), str(error))


def _standard_input() -> Iterator[Item | Fault]:
    """JSONL when the first line is an object, else one text."""
    stream = cast("BufferedReader", sys.stdin.buffer)
    first = stream.readline()
    line = first.removeprefix(BOM_UTF8)
    if line.lstrip().startswith(b"{"):
        yield Item("-:1", line=line, waits=True)
        for number, (line, waits) in enumerate(_arriving(stream), 2):
            if not line.isspace():
                yield Item(f"-:{number}", line=line, waits=waits)
        return
    data = first + stream.read()
    if not data.strip():
        yield Fault("-", "nothing on standard input")
        return
    from tagger.ingest import ReadError, decode

    try:
        yield Item("-", text=decode(data))
    except ReadError as error:
        yield Fault("-", str(error))


def _arriving(stream: BufferedReader) -> Iterator[tuple[bytes, bool]]:
    """The lines of a stream as they arrive, each with whether the next may be long in coming."""
    begun: list[bytes] = []
    while block := stream.read1(_BLOCK):
        head, end, rest = block.rpartition(b"\n")
        if not end:
            begun.append(block)
            continue
        *lines, last = b"".join([*begun, head]).split(b"\n")
        begun = [rest]
        yield from ((line + end, False) for line in lines)
        yield last + end, len(block) < _BLOCK // 2
    if line := b"".join(begun):
        yield line, False
