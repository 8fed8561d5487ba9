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

_RUN = 5
_BACK = 4
_BLANK, _NUMBER = re.compile(r"\s+"), re.compile(r"\d+")
_POWERS = np.array([31**i for i in range(_RUN)], dtype=np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def signature(text: str) -> NDArray[np.uint32]:
    """The MinHash of a text: 256 bytes, whatever the text. Needs datasketch."""
    sketch = _empty().copy()
    sketch.update_batch(_runs(text))
    return np.asarray(sketch.hashvalues, dtype=np.uint32)


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


def pairs(signatures: NDArray[np.uint32], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Near-duplicates as rows (later, earlier) of places in ``order``, sorted.

    Texts that agree in a band are compared with the first such text and the few before them, so that a template that
    comes ten thousand times costs ten thousand comparisons. Texts added at the end of the order change no pair.
    """
    height = len(order)
    placed = signatures[order]
    width = HASHES // BANDS
    mix = _MIX ** np.arange(1, width + 1, dtype=np.uint64)
    found = [np.empty(0, np.int64)]
    for band in range(BANDS):
        keys = placed[:, band * width : (band + 1) * width].astype(np.uint64) @ mix
        sort = np.argsort(keys, kind="stable")
        first = np.flatnonzero(np.diff(keys[sort], prepend=~keys[sort[:1]]))
        start = np.repeat(first, np.diff(first, append=height))
        place = np.arange(height)
        inside = place > start
        for before in (start, *(np.maximum(place - back, start) for back in range(1, _BACK))):
            later, earlier = sort[inside], sort[before[inside]]
            alike = (placed[later] == placed[earlier]).mean(axis=1) >= ALIKE
            found.append(np.unique(later[alike] * height + earlier[alike]))
    both = np.unique(np.concatenate(found))
    return np.stack([both // height, both % height], axis=1) if height else np.empty((0, 2), np.int64)
