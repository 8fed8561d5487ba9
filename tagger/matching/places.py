"""Local authorities by form (深圳市工信局, 市发改委) and which of several places of a name is meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tagger.matching._trie import Trie

if TYPE_CHECKING:
    from tagger.lexicon import Entry, Lexicon
    from tagger.matching._found import Hit
    from tagger.matching.scan import Span

_LEVEL_WORDS = ("省", "市", "区", "县", "州")
_PERSONS = ("长", "员")  # 局长, 委员: who leads or sits in a body is not the body
_LONGEST_PARAGRAPH = 2000  # characters
_PLACE = itemgetter(0)
_BEFORE_PLACE = frozenset("，。、；：“（ \n日")
_NO_PLACE = frozenset("各全多本该某两三几此我由经报向被在对和与及为")
_HAN = re.compile("[\u4e00-\u9fff]")
_SESSION_STARTS = frozenset("第一二三四五六七八九十")
_SESSION = re.compile("第?[一二三四五六七八九十]{1,3}届(?=人大|人民|政协)")
_GENERIC_ENDINGS = (
    "管理局", "监督局", "服务局", "运输局", "发展局", "规划局", "事务局", "保护局", "建设局", "委员会", "管理处", "办公厅",
)  # fmt: skip
_SHORTEST_GENERIC, _LONGEST_GENERIC = 2, 10  # characters before the ending
_GENERIC = re.compile(
    f"[\u4e00-\u9fff]{{{_SHORTEST_GENERIC},{_LONGEST_GENERIC}}}?(?:{'|'.join(_GENERIC_ENDINGS)})"
)


class Authority(NamedTuple):
    """A local authority by form, in offsets of the folded text."""

    start: int
    end: int
    canonical: str
    region: str | None


class Places:
    """Regions by id and the suffixes that make local authorities."""

    def __init__(self, lexicon: Lexicon) -> None:
        fold = lexicon.folder.fold_term
        self._regions = {entry.id: entry for entry in lexicon.of_kind("region")}
        self._by_name = {entry.canonical: entry for entry in self._regions.values()}
        self._full: dict[str, str] = {}
        for pattern in lexicon.issuer_patterns:
            self._full.setdefault(fold(pattern.suffix), pattern.name)
        for pattern in lexicon.issuer_patterns:
            self._full.setdefault(fold(pattern.name), pattern.name)
        words = sorted(self._full, key=lambda w: (-len(w), w))
        self._suffix = Trie(words)
        self._generic = Trie((), [_GENERIC_ENDINGS])
        self._joint = tuple(map(fold, lexicon.cue("issuer/joint")))
        self.cues = {"led": [level + word for level in _LEVEL_WORDS for word in words]}
        """The words that are looked for before anything else is: a level right before the name of a body."""

    def seat_of(self, issuer: Hit) -> Entry | None:
        """The region whose authority a known issuer is; None for one of the state."""
        return self._by_name.get(issuer.entries[0].fact("region")) if issuer.entries else None

    def authority_after(self, text: str, hit: Hit, region: Entry) -> Authority | None:
        """The local authority that a region opens: 深圳市 + 工信局."""
        at = hit.end
        if text[at : at + 1] in _LEVEL_WORDS and not text[hit.start : at].endswith(_LEVEL_WORDS):
            if not region.name.endswith(text[at]):
                return None  # 江宁 is a district; 江宁市 is another place
            at += 1
        if text[at : at + 1] in _SESSION_STARTS and (session := _SESSION.match(text, at)) is not None:
            at = session.end()
        end = self._suffix.longest(text, at)
        if end == at or text[end : end + 1] in _PERSONS:
            generic = self._generic_after(text, hit.end, region)
            if generic is None or any(c in generic[0] for c in "的和与将了在由经报向被及等"):
                return None
            return Authority(hit.start, generic.end(), region.canonical + generic[0], region.canonical)
        full = self._full[text[at:end]]
        level = region.fact("level")
        if level in ("country", "continent"):
            if text[at:end] != "政府":
                return None
            full = "政府"
        return Authority(hit.start, end, region.canonical + full, region.canonical)

    def _generic_after(self, text: str, at: int, region: Entry) -> re.Match[str] | None:
        """A name behind a region that ends as those of bodies do: 深圳市 + 城市管理局."""
        lowest, highest = at + _SHORTEST_GENERIC, at + _LONGEST_GENERIC + len(_GENERIC_ENDINGS[0])
        if not self._generic.stands(text, lowest, highest, 0):
            return None
        if region.fact("level") not in ("province", "prefecture", "county"):
            return None
        return _GENERIC.match(text, at)

    def authorities_led(self, text: str, led: list[Span], seats: list[tuple[int, Entry]]) -> list[Authority]:
        """市发改委 and the like, which take the region of their context; and bodies of places that no lexicon knows.

        ``seats`` are the regions that the text names, themselves or by their authorities, and where.
        """
        found: list[Authority] = []
        by_level: dict[str, list[tuple[int, Entry]]] = {}
        done = 0
        for at, end in led:
            if at < done or text[end : end + 1] in _PERSONS:
                continue
            name = self._full[text[at + 1 : end]]
            start = self._unknown_place(text, at, done)
            if start is not None:
                place = text[start : at + 1]
                found.append(Authority(start, end, place + name, place))
            elif not _HAN.match(text[at - 1 : at]) or (
                text[at] in "省市" and text[max(0, at - 2) : at].endswith(self._joint)
            ):
                level = text[at]
                if level not in by_level:
                    by_level[level] = [(s, fit) for s, seat in seats if (fit := self._at_level(seat, level))]
                region = self._context(text, at, by_level[level])
                canonical = region.canonical if region else None
                found.append(Authority(at, end, (canonical or text[at]) + name, canonical))
            else:
                continue
            done = end
        return found

    def _context(self, text: str, at: int, fitting: list[tuple[int, Entry]]) -> Entry | None:
        """Which of the regions of its level 市 or its like at a place stands for.

        The first that its paragraph names before it, else the last named before, else the next.
        """
        if not fitting:
            return None
        paragraph = text.rfind("\n", max(0, at - _LONGEST_PARAGRAPH), at) + 1
        before = bisect_left(fitting, at, key=_PLACE)
        first = bisect_left(fitting, paragraph, key=_PLACE)
        return fitting[first if first < before else max(0, before - 1)][1]

    def _at_level(self, region: Entry, level: str) -> Entry | None:
        """A region, or the nearest one around it, whose level a character tells; an autonomous region is like a 省."""
        place: Entry | None = region
        while place is not None:
            if place.name.endswith(level) or (level == "省" and place.name.endswith("自治区")):
                return place
            place = self._regions.get(place.fact("parent"))
        return None

    @staticmethod
    def _unknown_place(text: str, level: int, lowest: int) -> int | None:
        """Where a place of two or three characters before 市 or 县 begins, set off from what stands before it."""
        if text[level] not in "市县":
            return None
        for start in (level - 3, level - 2):
            if start < lowest or (start and text[start - 1] not in _BEFORE_PLACE):
                continue
            if all(map(_HAN.match, text[start:level])) and _NO_PLACE.isdisjoint(text[start:level]):
                return start
        return None

    def resolve(self, entries: tuple[Entry, ...], named: set[str]) -> Entry:
        """Which place is meant: one whose parent the text names, else the largest, else the first by id."""
        if len(entries) == 1:
            return entries[0]
        for entry in entries:
            parent = entry.fact("parent")
            while parent:
                if parent in named:
                    return entry
                parent = self._regions[parent].fact("parent") if parent in self._regions else ""
        order = {"country": 0, "province": 1, "prefecture": 2, "area": 3, "county": 4}
        return min(entries, key=lambda e: (order.get(e.fact("level"), 5), e.id))
