"""Near-duplicates by MinHash: texts that share most of their runs of five characters, whatever their numbers."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datasketch import MinHash
    from numpy.typing import NDArray

HASHES, BANDS = 64, 16
ALIKE = 0.7
"""From this share of equal hashes (an estimate of the Jaccard index) two texts are near-duplicates."""

SIZE = HASHES + 4 * BANDS
"""Bytes of a signature."""

_RUN = 5
_BLOCK = 4096
_BACK = 4
_BLANK, _NUMBER = re.compile(r"\s+"), re.compile(r"\d+")
_POWERS = np.array([31**i for i in range(_RUN)], dtype=np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_BAND_MIX = _MIX ** np.arange(1, HASHES // BANDS + 1, dtype=np.uint64)


def signature(text: str) -> bytes:
    """The MinHash of a text, folded small: the low byte of each hash, then four bytes a band. Needs datasketch."""
    sketch = _empty().copy()
    sketch.update_batch(_runs(text))
    hashes = np.asarray(sketch.hashvalues, dtype=np.uint64)
    bands = (hashes.reshape(BANDS, -1) @ _BAND_MIX) >> np.uint64(32)
    return (hashes & np.uint64(0xFF)).astype(np.uint8).tobytes() + bands.astype(np.uint32).tobytes()


@cache
def _empty() -> MinHash:
    """A sketch of nothing, made once: its permutations are what takes time."""
    from datasketch import MinHash

    # The runs come as numbers already, so nothing is left to hash.
    return MinHash(num_perm=HASHES, seed=1, hashfunc=int)


def _runs(text: str) -> list[int]:
    folded = _NUMBER.sub("0", _BLANK.sub("", text)).ljust(_RUN)
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(codes, _RUN) @ _POWERS
    hashed: list[int] = np.unique((runs * _MIX) >> np.uint64(32)).tolist()
    return hashed


def pairs(signatures: bytes | bytearray, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Near-duplicates among texts whose signatures follow each other: rows (later, earlier) of places in ``order``, sorted.

    Texts that agree in a band are compared with the first such text and the few before them, so that a template that
    comes ten thousand times costs ten thousand comparisons. Texts added at the end of the order change no pair.
    """
    height = len(order)
    rows = np.frombuffer(signatures, np.uint8).reshape(height, SIZE)
    place = np.arange(height)
    found = [np.empty(0, np.int64)]
    for band in range(BANDS):
        keys = (
            np.ascontiguousarray(rows[order, HASHES + 4 * band : HASHES + 4 * band + 4])
            .view(np.uint32)
            .ravel()
        )
        sort = np.argsort(keys, kind="stable")
        first = np.flatnonzero(np.diff(keys[sort], prepend=~keys[sort[:1]]))
        start = np.repeat(first, np.diff(first, append=height))
        inside = place > start
        for before in (start, *(np.maximum(place - back, start) for back in range(1, _BACK))):
            later, earlier = sort[inside], sort[before[inside]]
            alike = _alike(rows, order[later], order[earlier])
            found.append(later[alike] * height + earlier[alike])
    both = np.unique(np.concatenate(found))
    return np.stack([both // max(height, 1), both % max(height, 1)], axis=1)


def _alike(rows: NDArray[np.uint8], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which pairs of rows share enough hashes; a block at a time."""
    alike = np.empty(len(one), dtype=bool)
    for at in range(0, len(one), _BLOCK):
        part = slice(at, at + _BLOCK)
        alike[part] = (rows[one[part], :HASHES] == rows[other[part], :HASHES]).mean(axis=1) >= ALIKE
    return alike
