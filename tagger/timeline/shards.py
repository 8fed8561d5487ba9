"""Claims in parts that can be merged apart from each other, and give what merging all of them would.

Only names that share something can become one policy: an entry, a document number, the words of a title or nickname,
or two titles of one place of which one shortens the other. Names tied by such, directly or over others, are a shard.
What is tied here is more than what ``policies`` will join, never less.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET

from tagger.timeline.policies import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagger.lexicon import Lexicon
    from tagger.timeline.policies import PolicyFinder
    from tagger.timeline.record import Claim

_ROWS = 512
_TITLE = "title:"
_SHORTEST = 3
_SHORTENED = 0.5


class Tie(NamedTuple):
    """A name, and one thing that another name may share with it."""

    name: Name
    shared: str


def ties_of(claim: Claim, finder: PolicyFinder) -> Iterator[Tie]:
    """The ties of one claim; a title such as 《若干措施》 ties nothing beyond its own report."""
    name, event = finder.name_of(claim), claim.event
    yield Tie(name, f"{_TITLE}{name.core}{name.edition if finder.is_common(name.core) else ''}")
    if event.policy:
        yield Tie(name, f"entry:{event.policy}")
    if event.doc_number:
        yield Tie(name, f"number:{event.doc_number}")
    for nickname in event.aliases if event.aliases is not UNSET else ():
        core = finder.titles.key(nickname, name.region or None).core
        if not finder.is_common(core):
            yield Tie(name, f"{_TITLE}{core}")


def shards(ties: Iterable[Tie], lexicon: Lexicon) -> dict[Name, int]:
    """The number of every name's shard."""
    groups = _Groups()
    holders: dict[str, dict[str, Name]] = defaultdict(dict)
    names: dict[Name, None] = {}
    for name, shared in ties:
        names[name] = None
        place = name.region if shared.startswith(_TITLE) else ""
        groups.join(holders[shared].setdefault(place, name), name)
    for places in holders.values():
        # Two places may have a title each; only a name without a place can belong to either.
        for other in places.values() if "" in places else ():
            groups.join(places[""], other)
    light = sorted(lexicon.cue("timeline/light"), key=len, reverse=True)
    for one, other in _alike(names, light):
        groups.join(one, other)
    numbers: dict[Name, int] = {}
    return {name: numbers.setdefault(groups.of(name), len(numbers)) for name in names}


def _alike(names: Iterable[Name], light: list[str]) -> Iterator[tuple[Name, Name]]:
    """Names of one place whose titles differ in light words, or of which one shortens the other."""
    bare: dict[tuple[str, str], Name] = {}
    kinds: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in names:
        core = name.core
        for word in light:
            core = core.replace(word, "")
        yield bare.setdefault((name.region, core), name), name
        if len(name.core) >= _SHORTEST:
            kinds[name.region, name.core[-2:]].append(name)
    for alike in kinds.values():
        yield from _shortened(alike)


def _shortened(names: list[Name]) -> Iterator[tuple[Name, Name]]:
    import numpy as np
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.process import cdist

    cores = [name.core for name in names]
    lengths = np.array([len(core) for core in cores])
    for begin in range(0, len(names), _ROWS):
        rows = cores[begin : begin + _ROWS]
        common = cdist(rows, cores, scorer=LCSseq.similarity, dtype=np.int32)
        enough = lengths >= _SHORTENED * lengths[begin : begin + len(rows), None]
        for row, column in np.argwhere((common == lengths) & enough):
            yield names[begin + int(row)], names[int(column)]


class _Groups:
    """Names joined into groups, each known by one of its names."""

    def __init__(self) -> None:
        self._head: dict[Name, Name] = {}

    def of(self, name: Name) -> Name:
        """The name that stands for a name's group."""
        head = self._head
        head.setdefault(name, name)
        while head[name] != name:
            head[name] = name = head[head[name]]
        return name

    def join(self, one: Name, other: Name) -> None:
        """Make the groups of two names one."""
        self._head[self.of(other)] = self.of(one)
