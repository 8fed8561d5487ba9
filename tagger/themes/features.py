"""What the classifier sees of a paragraph: words, pairs of words and of what they name, characters.

Everything is counted on integers for a whole document at once. A feature is a bucket: the hash of a word, of a
pair or of two characters. In the stream that pairs are made of, every mention is one token that says its kind, so
that “<model>发布” or “<issuer>印发” count for a model and an authority that no training paragraph names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tagger.schema import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tagger.lexicon import View
    from tagger.schema import Mention

BITS = 20
BUCKETS = 1 << BITS
BLOCKS = ("words", "pairs", "characters")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SALTS = {
    "words": np.uint64(0),
    "pairs": np.uint64(0x1D8E4E27C47D124F),
    "characters": np.uint64(0x5851F42D4C957F2D),
}
_SHIFT = np.uint64(64 - BITS)
_NUMBER = re.compile(r"[\d.,]+")
_REMEMBERED = 400_000


class Block(NamedTuple):
    """Occurrences of features of one sort: in which paragraph, in which bucket, from where to where in the folded text."""

    rows: NDArray[np.int64]
    buckets: NDArray[np.int64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]

    def where(self, chosen: NDArray[np.bool_]) -> Block:
        """The chosen occurrences."""
        return Block(*(column[chosen] for column in self))


class Features(NamedTuple):
    """The occurrences of all features of a document of ``height`` paragraphs, a block a sort."""

    height: int
    blocks: tuple[Block, ...]


class Hasher:
    """Words to numbers, the same in every process; a blank is 0, a numeral one number whatever its digits."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self.kinds = np.array([fnv(f"<{kind}>") for kind in KINDS], np.uint64)

    def __call__(self, words: Sequence[str]) -> NDArray[np.uint64]:
        """The numbers of words."""
        known = self._known
        try:
            return np.fromiter(map(known.__getitem__, words), np.uint64, len(words))
        except KeyError:
            if len(known) > _REMEMBERED:
                known = self._known = {}  # a new one: other threads may be reading the old
            known.update((word, _number(word)) for word in set(words).difference(known))
            return np.fromiter(map(known.__getitem__, words), np.uint64, len(words))


def fnv(word: str) -> int:
    """The 64-bit FNV-1a hash of the UTF-8 of a word."""
    value = 0xCBF29CE484222325
    for byte in word.encode("utf-8", "surrogatepass"):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def _number(word: str) -> int:
    if word.isspace():
        return 0
    return fnv("<number>" if _NUMBER.fullmatch(word) else word)


def features(
    view: View,
    words: Sequence[str],
    spans: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    hasher: Hasher,
) -> Features:
    """The features of a document. ``spans`` are its paragraphs in offsets of the original text, in order."""
    starts, stops = _folded(view, [start for start, _ in spans], [end for _, end in spans])
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    ends = np.cumsum(lengths)
    begins = ends - lengths
    numbers = hasher(words)
    rows = _row_of(begins, starts, stops)
    use = (rows >= 0) & (numbers != 0)
    rows, numbers, begins, ends = rows[use], numbers[use], begins[use], ends[use]
    covered, head, kinds, until = _named(view, mentions, begins, hasher)
    named = Block(rows[head], _buckets(kinds[head], "words"), begins[head], until[head])
    single = Block(rows, _buckets(numbers, "words"), begins, ends)
    kept = ~covered | head
    tokens, stop = np.where(covered, kinds, numbers), np.where(covered, until, ends)
    paired = _pairs(rows[kept], tokens[kept], begins[kept], stop[kept])
    return Features(len(spans), (_joined(single, named), paired, _characters(view.text, starts, stops)))


def divisor(mass: NDArray[np.float64], mean: float, power: float) -> NDArray[np.float64]:
    """What the values of a paragraph's features are divided by: the length of their vector, had it the mean mass.

    ``mass`` is the sum of squared idf over a paragraph's occurrences, ``mean`` that of the training paragraphs. With
    ``power`` 0.5 every paragraph would have unit length; more keeps long ones from shouting.
    """
    scaled: NDArray[np.float64] = mean**0.5 * np.maximum(mass / mean, 1e-9) ** power
    return scaled


def _named(
    view: View, mentions: Sequence[Mention], begins: NDArray[np.int64], hasher: Hasher
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.uint64], NDArray[np.int64]]:
    """For every word: whether a mention holds its begin, whether it is the first such, the number of the kind, the mention's end."""
    if not mentions:
        none = np.zeros(len(begins), np.bool_)
        return none, none, np.zeros(len(begins), np.uint64), begins
    first, last = _folded(view, [m.start for m in mentions], [m.end for m in mentions])
    kinds = hasher.kinds[np.fromiter((_KIND_INDEX[m.kind] for m in mentions), np.int64, len(mentions))]
    which = np.searchsorted(first, begins, side="right") - 1
    at = np.maximum(which, 0)
    covered = (which >= 0) & (begins < last[at])
    head = covered.copy()
    head[1:] &= ~covered[:-1] | (which[1:] != which[:-1])
    return covered, head, kinds[at], last[at]


_KIND_INDEX = {kind: number for number, kind in enumerate(KINDS)}


def _pairs(
    rows: NDArray[np.int64], tokens: NDArray[np.uint64], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> Block:
    """Every two neighbouring tokens of one paragraph."""
    same = rows[1:] == rows[:-1]
    mixed = (tokens[:-1][same] * _MIX) ^ tokens[1:][same]
    return Block(rows[1:][same], _buckets(mixed, "pairs"), begins[:-1][same], ends[1:][same])


def _characters(text: str, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> Block:
    """Every two neighbouring characters of one paragraph; a digit is a digit."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    codes[(codes >= 48) & (codes <= 57)] = 48
    place = np.arange(max(len(codes) - 1, 0), dtype=np.int64)
    rows = _row_of(place, starts, stops - 1)
    inside = rows >= 0
    place = place[inside]
    mixed = (codes[place] << np.uint64(32)) | codes[place + 1]
    return Block(rows[inside], _buckets(mixed, "characters"), place, place + 2)


def _buckets(numbers: NDArray[np.uint64], block: str) -> NDArray[np.int64]:
    return (((numbers ^ _SALTS[block]) * _MIX) >> _SHIFT).astype(np.int64)


def _joined(*blocks: Block) -> Block:
    return Block(*map(np.concatenate, zip(*blocks, strict=True)))


def _folded(
    view: View, starts: Iterable[int], stops: Iterable[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Spans of the original as spans of the folded text."""
    low, high = np.array(starts, dtype=np.int64), np.array(stops, dtype=np.int64)
    if len(view.text) == len(view.source):
        return low, high
    origin = view.origin()
    return np.searchsorted(origin, low), np.searchsorted(origin, high)


def _row_of(
    places: NDArray[np.int64], starts: NDArray[np.int64], stops: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The paragraph each place stands in, -1 between paragraphs."""
    if not len(starts):
        return np.full(len(places), -1, dtype=np.int64)
    row = np.searchsorted(starts, places, side="right") - 1
    return np.where((row >= 0) & (places < stops[np.maximum(row, 0)]), row, -1)
