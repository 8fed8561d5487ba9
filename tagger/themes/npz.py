"""Archives of numpy's arrays read without numpy, which would be most of what labelling a first text takes."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any, Literal, NamedTuple

_MAGIC = b"\x93NUMPY\x01\x00"
_HEAD = re.compile(
    rb"\{'descr': '([^']+)', 'fortran_order': False, 'shape': \((?:(\d+),(?: (\d+))?)?\), \} *\n"
)
_ALIGNED = 16  # bytes; numpy lays the numbers of an array so, and compiled code reads them in place
_FORMATS: dict[bytes, Literal["i", "f", "d"]] = {b"<i4": "i", b"<f4": "f", b"<f8": "d"}


class Array(NamedTuple):
    """Numbers in one row, and the shape of the array they are."""

    numbers: memoryview[Any]
    shape: tuple[int, ...]


def read_npz(data: bytes, names: tuple[str, ...], largest: int) -> dict[str, Array]:
    """The named arrays of integers (32 bits) or floats (32 or 64) of an archive.

    Raises ValueError when it is no such archive, OverflowError when it unpacks to more than ``largest`` bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > largest:
                raise OverflowError
            return {name: _array(archive.read(f"{name}.npy")) for name in names}
    except (
        KeyError,
        OSError,
        EOFError,
        MemoryError,
        RuntimeError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise ValueError(str(error)) from None


def _array(data: bytes) -> Array:
    if not data.startswith(_MAGIC):
        raise ValueError("no array")
    begin = len(_MAGIC) + 2
    end = begin + int.from_bytes(data[len(_MAGIC) : begin], "little")
    head = _HEAD.fullmatch(data, begin, end)
    if head is None or head[1] not in _FORMATS or end % _ALIGNED:
        raise ValueError("no array of such numbers")
    try:
        numbers = memoryview(data)[end:].cast(_FORMATS[head[1]])
    except TypeError:
        raise ValueError("an array cut short") from None
    return Array(numbers, tuple(int(size) for size in head.groups()[1:] if size))
