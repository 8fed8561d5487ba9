"""Local authorities by form (深圳市工信局, 市发改委) and which of several places of a name is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagger.matching._trie import Trie

if TYPE_CHECKING:
    from tagger.lexicon import Entry, Lexicon
    from tagger.matching._found import Hit
    from tagger.matching.scan import Span

_LEVEL_WORDS = ("省", "市", "区", "县", "州")
_PERSONS = ("长", "员")  # 局长, 委员: who leads or sits in a body is not the body
_GENERIC = re.compile(
    r"(?:[\u4e00-\u9fff]{2,10}?(?:管理局|监督局|服务局|运输局|发展局|规划局|事务局|保护局|建设局|委员会|管理处|办公厅))"
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
        body = "(?:" + "|".join(map(re.escape, words)) + ")"
        self._suffix = Trie(words)
        self.cues = {"led": [level + word for level in _LEVEL_WORDS for word in words]}
        """The words that are looked for before anything else is: a level right before the name of a body."""
        self._led = re.compile(
            rf"(?<![\u4e00-\u9fff])[省市区县州](?P<s>{body})(?![长员])|(?<=[，。、；：“（ ])[省市](?P<s2>{body})"
            rf"|(?:(?<=[，。、；：“（ \n日])|^)(?P<place>[\u4e00-\u9fff]{{2,3}}[市县])(?P<s3>{body})(?![长员])"
        )

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
        end = self._suffix.longest(text, at)
        if end == at or text[end : end + 1] in _PERSONS:
            generic = (
                _GENERIC.match(text, hit.end)
                if region.fact("level") in ("province", "prefecture", "county")
                else None
            )
            if generic is None or any(c in generic[0] for c in "的和与将了在"):
                return None
            return Authority(hit.start, generic.end(), region.canonical + generic[0], region.canonical)
        full = self._full[text[at:end]]
        level = region.fact("level")
        if level in ("country", "continent"):
            if text[at:end] != "政府":
                return None
            full = "政府"
        return Authority(hit.start, end, region.canonical + full, region.canonical)

    def authorities_led(self, text: str, led: list[Span], region: Entry | None) -> list[Authority]:
        """市发改委 and the like, which take the region of their context."""
        found: list[Authority] = []
        done = 0
        for at, _ in led:
            starts = (start for start in (at - 3, at - 2, at) if start >= done)
            hit = next(filter(None, (self._led.match(text, start) for start in starts)), None)
            if hit is None:
                continue
            done = hit.end()
            if hit["place"]:  # a place that no lexicon knows, named with its body
                found.append(
                    Authority(hit.start(), hit.end(), hit["place"] + self._full[hit["s3"]], hit["place"])
                )
                continue
            suffix = self._full[hit["s"] or hit["s2"]]
            name = region.canonical + suffix if region else hit[0]
            found.append(Authority(hit.start(), hit.end(), name, region.canonical if region else None))
        return found

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
