"""Lexicon terms: word bounds, versions of models, evidence for ordinary words."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from tagger.matching._found import Hit
from tagger.matching._terms import KINDS_WITH_EVIDENCE, Surface, accepted, settled
from tagger.matching._trie import Trie

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.lexicon import Entry, Lexicon
    from tagger.matching._terms import Kinds
    from tagger.matching.scan import Scan, Scanner, Span

_VETO_LENGTH = 3
_BEYOND = 10  # characters behind a hit in which one that begins inside it may end
_START = attrgetter("start")
_CROSSED = ("company", "region", "issuer")
_CODE = re.compile(
    r"\s?[（(]\s?(?:\d{5,6}(?:[.．][a-z]{2})?|[a-z]{1,5}[.．][a-z]{1,2}|\d{4,5}[.．]hk|[a-z]{2,5})\s?[）)]|\s?[.．]?\s?\d{6}[.．](?:sz|sh|bj)"
)
_BEFORE_CODE = frozenset(" （(.．\t\n\xa0\u30000123456789")
_VARIANT = re.compile(
    r"(?:[- ]?(?:v|r|m|x|t|k|o)?\d+(?:\.\d+)*(?:[a-z]{1,2}(?![a-z]))?(?:\s?[bm](?![a-z0-9]))?(?!\s?[年月日%％亿万个家项倍款次名元])"
    r"|[- ]?(?:pro|max|mini|plus|ultra|turbo|flash|lite|preview|instruct|chat|base|coder|code|vl|omni|math|air|nano|large|small|medium|opus|sonnet|haiku|thinking|reasoner|vision|audio|image|video|realtime|live|exp|terminus|speciale|zero|distill|moe|next|fast|high|low|think|nothinking|a\d+b|latest|it|sft|dpo)(?![a-z])"
    r"|[- ]?(?:大模型|视觉模型|语音模型|视频生成模型|文生图模型)(?!产品|应用|技术|能力|平台|系列|家族|服务|企业|公司))+"
)
_ACTS_AS_COMPANY = re.compile(
    r"\s?(?:公司|发布|宣布|推出|开源|团队|创始人|ceo|官方|表示|旗下|完成|融资|正式|将|已|上线了|母公司)"
)


class TermMatcher:
    """The surfaces of a lexicon, which a scanner finds by their numbers."""

    def __init__(self, lexicon: Lexicon, scanner: Scanner) -> None:
        self._lexicon = lexicon
        self._table = lexicon.surfaces
        self._surfaces: dict[int, Surface] = {}
        fold = lexicon.folder.fold_term
        self._families = {fold(family.prefix): family for family in lexicon.families}
        for term in lexicon.blockers:
            self._families.pop(fold(term), None)
        self._scanner = scanner

        self._office = re.compile(
            f"(?:原|党组书记、)?副?(?:{_either(map(fold, lexicon.cue('issuer/office')))})"
        )
        self._research_before = tuple(map(fold, lexicon.cue("research/before")))
        researched = _either(map(fold, lexicon.cue("research/behind")))
        self._research_behind = re.compile(f"的?(?:最新)?(?:{researched})(?!中心)")
        self.stock_words = Trie(map(fold, lexicon.cue("evidence/stock")))
        """What stands behind the name of a listed company."""
        self.evidence = Trie((), [map(fold, lexicon.cue(f"evidence/{kind}")) for kind in KINDS_WITH_EVIDENCE])
        """The words near by that tell that one of a kind is meant, class by class."""

    def find(self, text: str, bounds: bytes, scan: Scan) -> list[Hit]:
        """The terms of a folded text in order, without overlaps; ``bounds`` has a one where a word begins or ends."""
        hits = accepted(text, bounds, scan.terms, self._surfaces, self)
        if scan.cues["crossing"]:
            hits = self._uncrossed(text, hits, scan.cues["crossing"])
        return settled(text, hits, self)

    def surface(self, number: int) -> Surface:
        """What the automaton's pattern of that number may be, read when it is first found."""
        known = self._surfaces.get(number)
        if known is None:
            text, entries = self._table.texts[number], self._lexicon.entries
            kinds = tuple(
                (m.kind, m.weak, tuple(entries[e] for e in m.entries)) for m in self._table.meanings(number)
            )
            known = Surface(text, kinds, self._families.get(text))
            self._surfaces[number] = known
        return known

    def _uncrossed(self, text: str, hits: list[Hit], crossing: list[Span]) -> list[Hit]:
        """Names cut back before a word that begins in them and ends behind them: 中国移动|互联网 names 中国."""
        cut: dict[int, int] = {}
        for begin, end in crossing:
            number = bisect_left(hits, begin, key=_START) - 1
            if number >= 0 and begin < hits[number].end < end and hits[number].kind in _CROSSED:
                cut[number] = begin
        if not cut:
            return hits
        return [hit for number, hit in enumerate(hits) if self._cut_back(text, hit, cut.get(number, hit.end))]

    def _cut_back(self, text: str, hit: Hit, end: int) -> bool:
        """Let a hit end before its own end, as what then stands there; whether it is anything."""
        if end == hit.end:
            return True
        number = self._scanner.number(text[hit.start : end])
        kinds = self.surface(number).kinds if number is not None else ()
        if kinds:
            hit.end, (hit.kind, hit.weak, hit.entries) = end, kinds[0]
        return bool(kinds)

    def before_letters(self, text: str, start: int, end: int) -> Hit | None:
        """The longest shorter term of a hit behind which letters go on, where that one ends with its word."""
        for stop in range(end - 1, start + 1, -1):
            if _latin(text[stop]) and _latin(text[stop - 1]):
                continue
            number = self._scanner.number(text[start:stop])
            kinds = self.surface(number).kinds if number is not None else ()
            if kinds:
                kind, weak, entries = kinds[0]
                return Hit(start, stop, kind, entries, weak)
        return None

    def is_office(self, text: str, end: int) -> bool:
        """Whether an office follows the name of its authority, which tokenizers cut at will: 国家数据局|局长."""
        return self._office.match(text, end) is not None

    def recut(self, text: str, bounds: bytes, surface: Surface, start: int, end: int) -> Hit | None:
        """What a hit that cuts a word falls back to: a shorter term, or a short one that begins inside it."""
        shorter = self.shorter(text, bounds, start, end)
        if shorter is None and (end - start <= _VETO_LENGTH or surface.kinds[0][0] == "issuer"):
            return self._inside(text, bounds, start, end)
        return shorter

    def _inside(self, text: str, bounds: bytes, start: int, end: int) -> Hit | None:
        """What else begins within a hit that cut a word."""
        first = start + 1
        for begin, stop, number in self._scanner.scan(text[first : end + _BEYOND]).terms:
            if first + begin >= end:
                return None
            kinds = self.surface(number).kinds
            if kinds and bounds[first + begin] and bounds[first + stop]:
                kind, weak, entries = kinds[0]
                return Hit(first + begin, first + stop, kind, entries, weak)
        return None

    def shorter(self, text: str, bounds: bytes, start: int, end: int) -> Hit | None:
        """The longest term that ends with a word within a hit that cuts one: 京东 in 京东物流|园, 上海 in 上海市|场."""
        if not bounds[start]:
            return None
        for stop in range(end - 1, start + 1, -1):
            number = self._scanner.number(text[start:stop]) if bounds[stop] else None
            surface = self.surface(number) if number is not None else None
            if surface is not None and surface.kinds:
                kind, weak, entries = surface.kinds[0]
                return Hit(start, stop, kind, entries, weak)
        return None

    def with_version(self, text: str, surface: Surface, start: int, end: int) -> Hit | None:
        """A model name grown by its version, size and variant: Qwen2.5 → Qwen2.5-72B-Instruct."""
        grown = _VARIANT.match(text, end)
        if grown is None:
            return None
        stop = grown.end()
        while stop > end and text[stop - 1] in " -":
            stop -= 1
        if stop == end or (stop < len(text) and _latin(text[stop])):
            return None
        number = self._scanner.number(text[start:stop])
        known = self.surface(number) if number is not None else None
        if known is not None and known.kinds and known.kinds[0][0] == "model":
            return Hit(start, stop, "model", known.kinds[0][2], known.kinds[0][1])
        if surface.kinds and surface.kinds[0][0] == "model":
            entries = surface.kinds[0][2]
            weak = surface.kinds[0][1] and not _has_digit(text[end:stop])
            return Hit(
                start, stop, "model", entries if not _has_digit(text[end:stop]) else (), weak, form=True
            )
        family = surface.family
        if family is None or (not _has_digit(text[end:stop]) and "模型" not in text[end:stop]):
            return None
        return Hit(start, stop, "model", (), family.weak, form=True)

    def choose(self, text: str, start: int, end: int, kinds: Kinds) -> tuple[str, bool, tuple[Entry, ...]]:
        """One surface, several kinds (DeepSeek the company and the model): strong before weak, then by the words around."""
        names = {k[0]: k for k in kinds}
        if "company" in names and "compute" in names and text.endswith(self._research_before, 0, start):
            return names["company"]
        if "company" in names and "compute" in names and self._research_behind.match(text, end):
            return names["company"]
        if "company" in names and "model" in names:
            if _ACTS_AS_COMPANY.match(text, end):
                return names["company"]
            return names["model"]
        if "policy" in names and "instrument" in names and names["policy"][1]:
            return names["instrument"]
        strong = [k for k in kinds if not k[1]]
        return strong[0] if strong else kinds[0]

    @staticmethod
    def in_brand(text: str, start: int, end: int) -> bool:
        """A place that is only part of a short quoted name (“购在中国”, “乐·上海”) is no mention of the place."""
        opening = text.rfind("“", max(0, start - 6), start)
        if opening < 0 or "”" in text[opening:start]:
            return False
        closing = text.find("”", end, end + 6)
        return (
            closing >= 0
            and (opening + 1, closing) != (start, end)
            and closing - opening <= 9
            and "、" not in text[opening:closing]
        )

    @staticmethod
    def has_code(text: str, end: int) -> bool:
        """Whether a stock code stands behind a name."""
        return text[end : end + 1] in _BEFORE_CODE and _CODE.match(text, end) is not None


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _latin(char: str) -> bool:
    return "a" <= char <= "z" or "0" <= char <= "9"


def _has_digit(text: str) -> bool:
    return any("0" <= c <= "9" for c in text)
