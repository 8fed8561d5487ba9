"""Files compressed by gzip or Zstandard, told by their suffix."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import IO, Any, cast

SUFFIXES = (".gz", ".zst")


class CompressionError(ValueError):
    """A compression whose package is missing; the message says how to get it."""


def bare_suffix(path: Path) -> str:
    """The suffix of a file without its compression: ``.jsonl`` of reports.jsonl.gz, in lower case."""
    suffix = path.suffix.lower()
    return Path(path.stem).suffix.lower() if suffix in SUFFIXES else suffix


def open_binary(path: Path) -> IO[bytes]:
    """A file opened for reading, decompressed. Raises OSError, CompressionError."""
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if suffix == ".zst":
        zstandard = _zstandard()
        return io.BufferedReader(zstandard.open(path, "rb"))
    return path.open("rb")


def packed(path: Path, data: bytes) -> bytes:
    """Data as a piece of a file of that name: pieces written one after the other make a whole file."""
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return gzip.compress(data, 6, mtime=0)
    if suffix == ".zst":
        return cast("bytes", _zstandard().ZstdCompressor(level=6).compress(data))
    return data


def unpacking_errors() -> tuple[type[Exception], ...]:
    """What reading a compressed file raises besides OSError: it is broken, or its package missing."""
    try:
        return (CompressionError, EOFError, zlib.error, _zstandard().ZstdError)
    except CompressionError:
        return (CompressionError, EOFError, zlib.error)


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise CompressionError("Zstandard needs a package: pip install 'yanbao-tagger[zstd]'") from None
    return zstandard
