"""Many strings as one, which is read at once and takes little room."""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Self

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable


class Packed(Struct, array_like=True, frozen=True):
    """Strings by number: ``text`` is all of them in a row, ``ends`` where each ends, as native 32-bit integers."""

    text: str
    ends: bytes

    @classmethod
    def of(cls, strings: Iterable[str]) -> Self:
        """These strings."""
        strings = list(strings)
        return cls("".join(strings), array("I", accumulate(map(len, strings))).tobytes())

    def __len__(self) -> int:
        return len(self.ends) // 4

    def __getitem__(self, number: int) -> str:
        ends = memoryview(self.ends).cast("I")
        end = ends[number]
        return self.text[ends[number - 1] if number else 0 : end]
