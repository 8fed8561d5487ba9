"""Train, dev and test: by family and time, near-duplicates on one side, the same texts on the same side for ever.

A family is a series of one house (publisher and title without its numbers). A family's texts of one month go to
one side, chosen by a hash of both, or by days that the user gives. A near-duplicate of an earlier text follows it;
one that is near texts of two sides belongs to neither and is left out. A text's side depends on earlier texts
alone, so a corpus that grows by newer reports keeps the sides it had; ``kept`` holds them where older ones come in.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from tagger.corpus.errors import CorpusError
from tagger.corpus.formats import SPLITS
from tagger.corpus.near import pairs, signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from tagger.schema import Document

LEFT_OUT = "left out"
_SIDES = (*SPLITS, LEFT_OUT)
_OUT = _SIDES.index(LEFT_OUT)
_NUMBERS = re.compile(r"[\d.\-—–~至年月日第期（）()\s]+")


class Rule(Struct, frozen=True):
    """How texts are shared out.

    ``shares`` are those of train, dev and test; ``dev_from`` and ``test_from`` are ISO days from which reports go to
    that side, and take the place of the shares; ``near`` keeps near-duplicates together.
    """

    shares: tuple[float, float, float] = (0.8, 0.1, 0.1)
    seed: int = 0
    dev_from: str | None = None
    test_from: str | None = None
    near: bool = True


class Split(Struct):
    """The side of every text, in the order in which they came."""

    sides: NDArray[np.uint8]
    figures: dict[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        return (_SIDES[side] for side in self.sides)


def share_out(
    texts: Iterable[tuple[Document, Document]], rule: Rule, kept: dict[str, str] | None = None
) -> Split:
    """The sides of texts, each given with the record that it comes from. ``kept`` are the sides of an earlier corpus, by id.

    Memory: about 300 bytes a text. Raises ModuleNotFoundError without datasketch when ``near`` is asked for.
    """
    kept = kept or {}
    sides, held, signatures = bytearray(), bytearray(), bytearray()
    days = array("I")
    for text, record in texts:
        earlier = kept.get(text.id)
        held.append(earlier is not None)
        sides.append(_side(record, rule) if earlier is None else _SIDES.index(earlier))
        days.append(_day(record))
        if rule.near:
            signatures += signature(text.text)
    chosen, fixed = np.frombuffer(sides, np.uint8), np.frombuffer(held, bool)
    if not rule.near:
        return Split(chosen, {"texts": len(sides)})
    order = np.lexsort((np.frombuffer(days, np.uint32), ~fixed))
    return Split(*_together(chosen, fixed, order, pairs(signatures, order)))


def family(record: Document) -> str:
    """The family that a report belongs to; one that says nothing of itself is its own."""
    given = record.meta.extra.get("family")
    if given:
        return str(given)
    if record.meta.publisher and record.meta.title:
        return f"{record.meta.publisher}|{_NUMBERS.sub('', record.meta.title)}"
    return record.id


def read_kept(corpus: Path) -> dict[str, str]:
    """The sides of an earlier corpus by text id. Raises CorpusError when the folder has none."""
    try:
        lines = (corpus / "splits.tsv").read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CorpusError(f"{corpus}: not a corpus with splits ({error.strerror})") from None
    kept = {}
    for number, line in enumerate(lines, 1):
        name, _, side = line.rpartition("\t")
        if side not in _SIDES:
            raise CorpusError(f"{corpus}/splits.tsv:{number}: not an id, a tab and a split")
        kept[name] = side
    return kept


def _side(record: Document, rule: Rule) -> int:
    day = record.meta.published or ""
    if rule.dev_from or rule.test_from:
        if rule.test_from and day >= rule.test_from:
            return SPLITS.index("test")
        return SPLITS.index("dev") if rule.dev_from and day >= rule.dev_from else 0
    key = f"{rule.seed}|{family(record)}|{day[:7]}"
    chance = int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:8]) / 2**64
    bounds = np.cumsum(rule.shares) / sum(rule.shares)
    return int(np.searchsorted(bounds, chance, side="right"))


def _day(record: Document) -> int:
    """The day of a report as a number to sort by; 0 when it has none."""
    digits = (record.meta.published or "").replace("-", "")
    return int(digits.ljust(8, "0")[:8]) if digits.isdecimal() else 0


def _together(
    sides: NDArray[np.uint8], held: NDArray[np.bool_], order: NDArray[np.int64], near: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], dict[str, int]]:
    """Bring near-duplicates to the side of those before them, in order; the figures tell how many there were."""
    figures = Counter({"texts": len(sides), "near-duplicates": 0, "moved": 0, "left out": 0})
    starts = np.flatnonzero(np.diff(near[:, 0], prepend=-1))
    for group in np.split(near, starts[1:]):
        if not len(group):
            continue
        place = order[group[0, 0]]
        before = {int(side) for side in sides[order[group[:, 1]]]} - {_OUT}
        figures["near-duplicates"] += 1
        if held[place] or not before:
            continue
        side = before.pop() if len(before) == 1 else _OUT
        figures["moved"] += int(side not in (_OUT, sides[place]))
        sides[place] = side
    figures["left out"] = int((sides == _OUT).sum())
    return sides, dict(figures)
