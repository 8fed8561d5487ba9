"""Which claims speak of one policy: by entry, document number, title, nickname or a title much alike.

Everything is decided between *names* (a place, a title's core and its edition), of which there are far fewer than
claims, and in the order of the names themselves: the order of the documents plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET, Struct, field

from tagger.timeline.alike import alike_pairs
from tagger.timeline.titles import TitleReader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.lexicon import Lexicon
    from tagger.timeline.record import Claim

_SHORTEST_NICKNAME = 3


class Name(NamedTuple):
    """What a claim calls its policy."""

    region: str
    core: str
    edition: str


class Called(Struct):
    """The claims that use one name, and what they tell of the policy besides."""

    name: Name
    claims: list[Claim] = field(default_factory=list)
    entries: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    nicknames: set[str] = field(default_factory=set)
    issuers: set[str] = field(default_factory=set)


class Policy(Struct):
    """One policy: its claims, and the full name among those that it goes by."""

    name: Name
    claims: list[Claim]
    full: frozenset[Name]
    entries: frozenset[str]
    numbers: frozenset[str]


class PolicyFinder:
    """Sorts claims into policies."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.titles = TitleReader(lexicon)
        self._light = lexicon.cue("timeline/light")
        common = [word for name, words in lexicon.cues.items() if name.startswith("title/") for word in words]
        self._common = {self.titles.key(word, None).core for word in common}

    def name_of(self, claim: Claim) -> Name:
        """The name under which a claim speaks of its policy; 《若干措施》 alone says nothing beyond its own report."""
        key = self.titles.key(claim.event.title, claim.event.region)
        edition = f"@{claim.report.id}" if key.core in self._common else key.edition
        return Name(claim.event.region or "", key.core, edition)

    def is_common(self, core: str) -> bool:
        """Whether the words of a title are of every other policy too, as those of 《若干措施》 are."""
        return core in self._common

    def find(self, claims: Iterable[Claim]) -> list[Policy]:
        """The policies of all claims, in the order of their names."""
        called: dict[Name, Called] = {}
        for claim in claims:
            name = self.name_of(claim)
            self._take(called.setdefault(name, Called(name)), claim)
        groups = _Groups(called)
        self._by_entry_and_number(called, groups)
        self._by_place(called, groups)
        self._by_edition(called, groups)
        self._by_nickname(called, groups)
        for short, long in alike_pairs([c for _, c in sorted(called.items())], self._light):
            groups.join(long, short)
        return groups.policies()

    @staticmethod
    def _take(called: Called, claim: Claim) -> None:
        event = claim.event
        called.claims.append(claim)
        if event.policy:
            called.entries.add(event.policy)
        if event.doc_number:
            called.numbers.add(event.doc_number)
        if event.aliases is not UNSET:
            called.nicknames.update(event.aliases)
        called.issuers.update(event.issuers)

    @staticmethod
    def _by_entry_and_number(called: dict[Name, Called], groups: _Groups) -> None:
        """One entry, or one document number, is one policy, as long as it is one place."""
        for keys in ("entries", "numbers"):
            holders: dict[str, list[Name]] = defaultdict(list)
            for name in sorted(called):
                for key in getattr(called[name], keys):
                    holders[key].append(name)
            for _, names in sorted(holders.items()):
                if len({name.region for name in names if name.region}) <= 1:
                    for one, other in pairwise(names):
                        groups.join(one, other)
                else:
                    by_place: dict[str, Name] = {}
                    for name in names:
                        groups.join(by_place.setdefault(name.region, name), name)

    @staticmethod
    def _by_place(called: dict[Name, Called], groups: _Groups) -> None:
        """A title told without its place belongs to the one place that has it, unless it is a national one."""
        places: dict[tuple[str, str], list[Name]] = defaultdict(list)
        for name in called:
            if name.region:
                places[name.core, name.edition].append(name)
        for name in sorted(called):
            found = places.get((name.core, name.edition), [])
            if not name.region and len(found) == 1 and not called[name].issuers and not called[name].entries:
                groups.join(found[0], name)

    @staticmethod
    def _by_edition(called: dict[Name, Called], groups: _Groups) -> None:
        """A title told without its edition belongs to the one edition there is."""
        editions: dict[tuple[str, str], list[Name]] = defaultdict(list)
        for name in called:
            if name.edition:
                editions[name.region, name.core].append(name)
        for name in sorted(called):
            found = editions.get((name.region, name.core), [])
            if not name.edition and len(found) == 1:
                groups.join(found[0], name)

    def _by_nickname(self, called: dict[Name, Called], groups: _Groups) -> None:
        """A nickname that one report declares is understood in the others, at the same place."""
        declared: dict[str, list[Name]] = defaultdict(list)
        for name in sorted(called):
            for nickname in called[name].nicknames:
                core = self.titles.key(nickname, name.region or None).core
                if len(core) >= _SHORTEST_NICKNAME and core not in self._common:
                    declared[core].append(name)
        for name in sorted(called):
            owners = [
                o
                for o in declared.get(name.core, ())
                if o != name and (not name.region or o.region in ("", name.region))
            ]
            if owners and len({groups.of(o) for o in owners}) == 1:
                groups.join(owners[0], name, full=False)


class _Groups:
    """Names joined to policies; what contradicts an earlier join is left apart."""

    def __init__(self, called: dict[Name, Called]) -> None:
        self._called = called
        self._head = {name: name for name in called}
        self._members: dict[Name, list[Name]] = {name: [name] for name in called}
        self._short: set[Name] = set()

    def of(self, name: Name) -> Name:
        """The name that stands for a name's policy."""
        while self._head[name] != name:
            self._head[name] = name = self._head[self._head[name]]
        return name

    def join(self, one: Name, other: Name, *, full: bool = True) -> None:
        """Make the policies of two names one, where nothing speaks against it; ``other`` may be no full name."""
        a, b = self.of(one), self.of(other)
        if a == b or not self._agree(a, b):
            return
        if not full or len(other.core) < len(one.core):
            self._short.add(other)
        self._head[b] = a
        self._members[a] += self._members.pop(b)

    def _agree(self, a: Name, b: Name) -> bool:
        ours, theirs = self._members[a], self._members[b]
        for part in ("region", "edition"):
            if len({getattr(n, part) for n in (*ours, *theirs)} - {""}) > 1:
                return False
        numbers = [{x for n in names for x in self._called[n].numbers} for names in (ours, theirs)]
        entries = [{x for n in names for x in self._called[n].entries} for names in (ours, theirs)]
        return not any(all(sides) and not sides[0] & sides[1] for sides in (numbers, entries))

    def policies(self) -> list[Policy]:
        found = []
        for members in self._members.values():
            called = [self._called[name] for name in sorted(members)]
            full = frozenset(c.name for c in called if c.name not in self._short) or frozenset(
                c.name for c in called
            )
            found.append(
                Policy(
                    name=min(full, key=lambda name: (-len(name.core), name)),
                    claims=[claim for c in called for claim in c.claims],
                    full=full,
                    entries=frozenset(e for c in called for e in c.entries),
                    numbers=frozenset(n for c in called for n in c.numbers),
                )
            )
        return sorted(found, key=lambda policy: policy.name)
