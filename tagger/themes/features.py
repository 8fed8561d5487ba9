"""What the classifier sees of a paragraph: words, pairs of words, characters, kinds of mentions, section.

Everything is counted on integers for a whole document at once. Words and characters are hashed into blocks of
fixed size; a feature is a column number, the same in training and in use. Within a paragraph, each block is
weighted by 1 + ln(count) and idf and brought to unit length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from tagger.schema import KINDS, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tagger.lexicon import View
    from tagger.schema import Mention

WORD_BITS, PAIR_BITS, CHAR_BITS = 17, 17, 17
_MIX = np.uint64(0x9E3779B97F4A7C15)
_LENGTHS = np.array([20, 40, 80, 160, 320], dtype=np.int64)
KIND_LEVELS = 3
SIDE = len(KINDS) * KIND_LEVELS + len(SECTIONS) + len(_LENGTHS) + 1

BLOCKS = {
    "word": (0, 1 << WORD_BITS),
    "pair": (1 << WORD_BITS, (1 << WORD_BITS) + (1 << PAIR_BITS)),
    "char": ((1 << WORD_BITS) + (1 << PAIR_BITS), (1 << WORD_BITS) + (1 << PAIR_BITS) + (1 << CHAR_BITS)),
}
_SIDE_START = BLOCKS["char"][1]
COLUMNS = _SIDE_START + SIDE


class Matrix(Struct):
    """A sparse matrix in coordinate form, sorted by row and column: one row a paragraph."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    counts: NDArray[np.float64]
    height: int


class WordHasher:
    """Word to number, the same in every process: FNV-1a over the UTF-8 of the word, remembered."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __call__(self, words: Sequence[str]) -> NDArray[np.uint64]:
        """The numbers of words."""
        known = self._known
        try:
            return np.fromiter(map(known.__getitem__, words), np.uint64, len(words))
        except KeyError:
            for word in words:
                if word not in known:
                    known[word] = fnv(word)
            if len(known) > 400_000:
                self._known = dict.fromkeys(())  # type: ignore[arg-type]
                return np.array([fnv(word) for word in words], np.uint64)
            return np.fromiter(map(known.__getitem__, words), np.uint64, len(words))


def fnv(word: str) -> int:
    """The 64-bit FNV-1a hash of a word."""
    value = 0xCBF29CE484222325
    for byte in word.encode("utf-8", "surrogatepass"):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def features(
    view: View,
    words: Sequence[str],
    spans: Sequence[tuple[int, int]],
    sections: Sequence[str],
    mentions: Sequence[Mention],
    hasher: WordHasher,
) -> Matrix:
    """The matrix of a document. ``spans`` are its paragraphs in offsets of the original text, in order."""
    starts = np.array([view.back(start) for start, _ in spans], dtype=np.int64)
    stops = np.array([view.back(end - 1) + 1 if end else 0 for _, end in spans], dtype=np.int64)
    parts: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []

    lengths = np.fromiter(map(len, words), np.int64, len(words))
    begins = np.cumsum(lengths) - lengths
    row = _row_of(begins, starts, stops)
    numbers = hasher(words)
    blank = np.fromiter(map(str.isspace, words), bool, len(words))
    keep = (row >= 0) & ~blank
    row, numbers = row[keep], numbers[keep]
    parts.append((row, (numbers >> np.uint64(64 - WORD_BITS)).astype(np.int64)))
    if len(row) > 1:
        same = row[1:] == row[:-1]
        pairs = ((numbers[:-1] * _MIX) ^ numbers[1:]) * _MIX
        parts.append((row[1:][same], (pairs[same] >> np.uint64(64 - PAIR_BITS)).astype(np.int64) + BLOCKS["pair"][0]))

    codes = np.frombuffer(view.text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    codes = np.where((codes >= 48) & (codes <= 57), np.uint64(48), codes)
    place = _row_of(np.arange(len(codes), dtype=np.int64), starts, stops)
    for size in (2, 3):
        if len(codes) < size:
            continue
        value = codes[: len(codes) - size + 1].copy()
        for step in range(1, size):
            value = (value * _MIX) ^ codes[step : len(codes) - size + 1 + step]
        value = value * _MIX
        first, last = place[: len(codes) - size + 1], place[size - 1 :]
        inside = (first >= 0) & (first == last)
        parts.append((first[inside], (value[inside] >> np.uint64(64 - CHAR_BITS)).astype(np.int64) + BLOCKS["char"][0]))

    parts.append(_side(spans, sections, mentions, stops - starts))
    rows = np.concatenate([r for r, _ in parts])
    columns = np.concatenate([c for _, c in parts])
    keys, counts = np.unique(rows * COLUMNS + columns, return_counts=True)
    return Matrix(keys // COLUMNS, keys % COLUMNS, counts.astype(np.float64), len(spans))


def _side(
    spans: Sequence[tuple[int, int]], sections: Sequence[str], mentions: Sequence[Mention], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Kinds of mentions (one, two to three, more), section and length."""
    tally = [[0] * len(KINDS) for _ in spans]
    number = 0
    for mention in mentions:
        while number < len(spans) and spans[number][1] <= mention.start:
            number += 1
        if number == len(spans):
            break
        if mention.start >= spans[number][0]:
            tally[number][KINDS.index(mention.kind)] += 1
    rows: list[int] = []
    columns: list[int] = []
    for row, counts in enumerate(tally):
        for kind, count in enumerate(counts):
            for level, least in enumerate((1, 2, 4)):
                if count >= least:
                    rows.append(row)
                    columns.append(_SIDE_START + kind * KIND_LEVELS + level)
        rows += (row, row)
        columns += (
            _SIDE_START + len(KINDS) * KIND_LEVELS + SECTIONS.index(sections[row]),
            _SIDE_START + len(KINDS) * KIND_LEVELS + len(SECTIONS) + int(np.searchsorted(_LENGTHS, lengths[row])),
        )
    return np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)


def _row_of(places: NDArray[np.int64], starts: NDArray[np.int64], stops: NDArray[np.int64]) -> NDArray[np.int64]:
    """The paragraph each place stands in, -1 between paragraphs."""
    if not len(starts):
        return np.full(len(places), -1, dtype=np.int64)
    row = np.searchsorted(starts, places, side="right") - 1
    return np.where((row >= 0) & (places < stops[np.maximum(row, 0)]), row, -1)


def weigh(matrix: Matrix, idf: NDArray[np.float64], side_weight: float) -> NDArray[np.float64]:
    """The values of a matrix: 1 + ln(count) times idf, unit length a block; the side block counts as given."""
    values = (1.0 + np.log(matrix.counts)) * idf[matrix.columns]
    for low, high in BLOCKS.values():
        inside = (matrix.columns >= low) & (matrix.columns < high)
        squares = np.bincount(matrix.rows[inside], values[inside] ** 2, minlength=matrix.height)
        norms = np.sqrt(np.maximum(squares, 1e-12))
        values[inside] /= norms[matrix.rows[inside]]
    values[matrix.columns >= _SIDE_START] = side_weight
    return values
