"""What the classifier sees of a paragraph: words, pairs of words and of what they name, characters.

Everything is counted on integers for a whole document at once, in numpy. A feature is a bucket: the hash of a word,
of a pair or of two characters. In the stream that pairs are made of, every mention is one token that says its kind,
so that “<model>发布” or “<issuer>印发” count for a model and an authority that no training paragraph names.

Training and explaining read the features from here; ``_score`` finds the same ones while it adds up what they weigh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tagger.schema import KINDS
from tagger.themes.hashes import A_NUMERAL, BASE, BITS, BLOCKS, BUCKETS, MIX, SALTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tagger.lexicon import View
    from tagger.schema import Mention

__all__ = ["BITS", "BLOCKS", "BUCKETS", "Block", "Features", "divisor", "features"]

_MIX = np.uint64(MIX)
_INVERSE = pow(BASE, -1, 1 << 64)
_HALF, _SHIFT = np.uint64(32), np.uint64(64 - BITS)
_LAST_BLANK = 0x3000
_BLANK = np.array([chr(code).isspace() for code in range(_LAST_BLANK + 1)] + [False])
_NUMERAL = np.isin(np.arange(_LAST_BLANK + 2), [ord(character) for character in "0123456789.,"])


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


def features(
    view: View, bounds: bytes, spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]
) -> Features:
    """The features of a document.

    ``bounds`` are where words of the folded text begin and end, ``spans`` its paragraphs in offsets of the original
    text, in order.
    """
    codes = _codes(view.text)
    starts, stops = _folded(view, [start for start, _ in spans], [end for _, end in spans])
    characters = _characters(codes, starts, stops)
    begins, ends = _places(bounds)
    inside, rows = _within(begins, starts, stops)
    full = ~_of(_BLANK, codes)[begins] if len(begins) else inside
    rows = rows[full[inside]]
    chosen = np.flatnonzero(inside & full)
    begins, ends = begins[chosen], ends[chosen]
    numbers = _numbers(codes, begins, ends)
    single = Block(rows, _buckets(numbers, "words"), begins, ends)
    if not mentions:
        return Features(len(spans), (single, _pairs(rows, numbers, begins, ends), characters))
    first, last = _folded(view, [m.start for m in mentions], [m.end for m in mentions])
    kinds = np.array([KIND_NUMBERS[m.kind] for m in mentions], np.uint64)
    covered, owner = _within(begins, first, last)
    at = np.flatnonzero(covered)
    lead = np.diff(owner, prepend=-1) != 0
    heads, owner = at[lead], owner[lead]
    named = Block(rows[heads], _buckets(kinds[owner], "words"), begins[heads], last[owner])
    # In the stream, the first word of a mention is its kind, and the others are gone.
    tokens, until = numbers.copy(), ends.copy()
    tokens[heads], until[heads] = kinds[owner], last[owner]
    covered[heads] = False
    stay = np.flatnonzero(~covered)
    paired = _pairs(rows[stay], tokens[stay], begins[stay], until[stay])
    return Features(len(spans), (_joined(single, named), paired, characters))


def divisor(mass: NDArray[np.float64], mean: float, power: float) -> NDArray[np.float64]:
    """What the values of a paragraph's features are divided by: the length of their vector, had it the mean mass.

    ``mass`` is the sum of squared idf over a paragraph's occurrences, ``mean`` that of the training paragraphs. With
    ``power`` 0.5 every paragraph would have unit length; more keeps long ones from shouting.
    """
    scaled: NDArray[np.float64] = mean**0.5 * np.maximum(mass / mean, 1e-9) ** power
    return scaled


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _places(bounds: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where every word begins and ends."""
    places = np.flatnonzero(np.frombuffer(bounds, np.uint8))
    return places[:-1], places[1:]


def _numbers(
    codes: NDArray[np.uint32], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """The hashes of words; a numeral has one hash whatever its digits.

    A word is a polynomial of its characters: the difference of two prefix sums, moved back to the power of zero.
    """
    spread = codes.astype(np.uint64) * _MIX
    spread ^= spread >> _HALF
    spread *= _powers(BASE, len(codes))
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(spread, out=sums[1:])
    numbers = (sums[ends] - sums[begins]) * _powers(_INVERSE, len(codes))[begins]
    numbers ^= numbers >> _HALF
    numbers *= _MIX
    others = np.zeros(len(codes) + 1, np.int64)
    np.cumsum(~_of(_NUMERAL, codes), out=others[1:])
    numbers[others[ends] == others[begins]] = A_NUMERAL
    return numbers


def _powers(base: int, size: int) -> NDArray[np.uint64]:
    """base⁰, base¹ … modulo 2⁶⁴."""
    powers = np.full(size, base, np.uint64)
    powers[:1] = 1
    return np.cumprod(powers, out=powers)


def _of(table: NDArray[np.bool_], codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether characters are of a class; none behind the table's end is."""
    classes: NDArray[np.bool_] = table[np.minimum(codes, len(table) - 1)]
    return classes


def _number_of(word: str) -> np.uint64:
    return np.uint64(_numbers(_codes(word), np.array([0]), np.array([len(word)]))[0])


KIND_NUMBERS = {kind: _number_of(f"<{kind}>") for kind in KINDS}
"""What a mention of a kind is in the stream of tokens."""


def _pairs(
    rows: NDArray[np.int64], tokens: NDArray[np.uint64], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> Block:
    """Every two neighbouring tokens of one paragraph."""
    same = np.flatnonzero(rows[1:] == rows[:-1])
    buckets = _buckets((tokens[:-1] * _MIX) ^ tokens[1:], "pairs")
    return Block(rows[same], buckets[same], begins[same], ends[same + 1])


def _characters(codes: NDArray[np.uint32], starts: NDArray[np.int64], stops: NDArray[np.int64]) -> Block:
    """Every two neighbouring characters of one paragraph; a digit is a digit."""
    alike = np.where((codes >= 48) & (codes <= 57), 48, codes).astype(np.uint64)
    buckets = _buckets((alike[:-1] << _HALF) | alike[1:], "characters")
    sizes = np.maximum(stops - 1 - starts, 0)
    rows = np.repeat(np.arange(len(starts)), sizes)
    places = np.arange(len(rows)) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    return Block(rows, buckets[places], places, places + 2)


def _buckets(numbers: NDArray[np.uint64], block: str) -> NDArray[np.int64]:
    mixed = numbers ^ np.uint64(SALTS[block])
    mixed *= _MIX
    mixed >>= _SHIFT
    return mixed.view(np.int64)


def _joined(*blocks: Block) -> Block:
    return Block(*map(np.concatenate, zip(*blocks, strict=True)))


def _folded(
    view: View, starts: Iterable[int], stops: Iterable[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Spans of the original as spans of the folded text."""
    low, high = np.array(starts, dtype=np.int64), np.array(stops, dtype=np.int64)
    if len(view.text) == len(view.source):
        return low, high
    origin = np.frombuffer(view.origin(), np.int32)
    return np.searchsorted(origin, low), np.searchsorted(origin, high)


def _within(
    places: NDArray[np.int64], starts: NDArray[np.int64], stops: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which places lie in one of some spans, and for those the number of the span; all in order, spans apart."""
    low, high = np.searchsorted(places, starts), np.searchsorted(places, stops)
    low[1:] = np.maximum(low[1:], high[:-1])
    high = np.maximum(low, high)
    size = len(places) + 1
    depth = np.cumsum(np.bincount(low, minlength=size) - np.bincount(high, minlength=size))
    return depth[:-1] > 0, np.repeat(np.arange(len(starts)), high - low)
