"""Which lexicon policy a title in the text means: by its names, or as a shortened form of one title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagger.lexicon import Entry, Lexicon

_EDITION = re.compile(r"[（(][^（）()]*[）)]")
_BRACKET = re.compile("[（(]")
_MARKS = re.compile(r"[\s“”\"'‘’《》〈〉、，,·—\-–~～─×x+＋]")
_DIVISION = re.compile("(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|[省市县区])$")
_YEAR = re.compile(r"\d{4}")
_LEAD = re.compile(r"^(?:关于)?(?:进一步|加快|深入|大力)?")
_MEASURES = re.compile(r"(?:若干|政策|措施|十条|[一二三四五六七八九十\d]+条|的|举措)+$")
_NOTICE = re.compile("(?:有关事项)?(?:通知|公告|函)$")
_DRAFT = ("征求意见稿", "草案")
_SHORTEST, _LONGEST = 5, 80
_REMEMBERED = 4096


class PolicyLinker:
    """Finds the entry of a policy by title, alias or a shortening that fits one title of its place."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._fold = lexicon.folder.fold_term
        self._exact: dict[tuple[str, bool], list[Entry]] = {}
        self._answers: dict[tuple[str, str | None, str | None, str | None, bool], Entry | None] = {}
        self._numbers: dict[str, Entry] = {}
        self._by_region: dict[str, list[tuple[str, Entry]]] = {}
        for entry in lexicon.of_kind("policy"):
            for name in entry.surfaces:
                for title in {name, name.removeprefix(entry.fact("region"))}:
                    named = self._exact.setdefault((self.key(title), is_draft(entry.name)), [])
                    if entry not in named:
                        named.append(entry)
            if entry.fact("doc_number"):
                self._numbers[self._fold(entry.fact("doc_number"))] = entry
            self._by_region.setdefault(entry.fact("region"), []).append((self._core(entry.name), entry))

    def key(self, title: str) -> str:
        """A title without width, case, quotes, blanks and edition."""
        return _MARKS.sub("", _EDITION.sub("", self._fold(title)))

    def _core(self, title: str) -> str:
        return self.key(title).replace("人工智能", "ai").replace("的", "")

    def by_number(self, number: str) -> Entry | None:
        """The policy with a document number (canonical form)."""
        return self._numbers.get(self._fold(number))

    def exact(
        self,
        title: str,
        region: str | None,
        draft: bool,
        day: str | None = None,
        published: str | None = None,
    ) -> Entry | None:
        """The entry with this title (its place may be left out) in ``region``; any place's where that is unknown.

        Of several editions it is the one of the year of the act (``day``), else the last before the report.
        """
        named = [e for e in self._exact.get((self.key(title), draft), ()) if same_edition(title, e.name)]
        own = [entry for entry in named if entry.fact("region") == (region or "")]
        if own:
            return _edition_of(own, day, published)
        if region:
            return None
        return named[0] if named and self.key(title) in map(self.key, named[0].surfaces) else None

    def link(
        self, title: str, region: str | None, day: str | None, published: str | None, draft: bool
    ) -> Entry | None:
        """The entry that ``title`` means, for a policy of ``region`` (None: national).

        ``day`` is the date of the act as far as known, ``published`` that of the report: what was issued later is
        not meant. A draft is linked to a draft only.
        """
        exact = self.exact(title, region, draft, day, published)
        if exact is not None:
            return exact
        question = (title, region, day, published, draft)
        if question not in self._answers:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            self._answers[question] = self._shortened(*question)
        return self._answers[question]

    def _shortened(
        self, title: str, region: str | None, day: str | None, published: str | None, draft: bool
    ) -> Entry | None:
        """The entry of which ``title`` is a shortening."""
        core = _LEAD.sub("", _without_place(self._core(title), region))
        if not _SHORTEST <= len(core) <= _LONGEST:
            return None
        fits: list[tuple[int, str, Entry]] = []
        for name, entry in self._by_region.get(region or "", ()):
            when = entry.fact("date_issued") or entry.fact("date_published")
            if is_draft(entry.name) != draft or (published and when and when[:7] > published[:7]):
                continue
            if not same_edition(title, entry.name):
                continue
            same_month = bool(
                day
                and len(day) >= 7
                and day[:7] in (entry.fact("date_issued")[:7], entry.fact("date_published")[:7])
            )
            if day and when and not same_month and day[:4] != when[:4]:
                continue
            name = _without_place(name, region)
            if (_shortens(core, name) and len(core) >= (0.3 if same_month else 0.45) * len(name)) or (
                region
                and (body := _body(core, region))
                and len(body) >= _SHORTEST
                and body == _body(name, region)
            ):
                fits.append((len(name), when, entry))
        return min(fits, key=lambda fit: (fit[0], fit[1]))[2] if fits else None


def is_draft(title: str) -> bool:
    """Whether a title is that of a draft."""
    return any(word in title for word in _DRAFT)


def _without_place(core: str, region: str | None) -> str:
    """A title without the place it begins with, in full (杭州市) or for short (杭州)."""
    if not region:
        return core
    short = _DIVISION.sub("", region)
    return core.removeprefix(region) if core.startswith(region) else core.removeprefix(short)


def same_edition(title: str, name: str) -> bool:
    """Whether two titles may be of one edition: where both name their years (2024—2026年), these are the same."""
    if not (_BRACKET.search(title) and _BRACKET.search(name)):
        return True
    years = [set(_YEAR.findall("".join(_EDITION.findall(words)))) for words in (title, name)]
    return not all(years) or years[0] == years[1]


def _edition_of(entries: list[Entry], day: str | None, published: str | None) -> Entry:
    """The edition that was issued in the year of ``day``, else the last one issued before ``published``."""
    if len(entries) == 1:
        return entries[0]
    dated = sorted(
        ((e.fact("date_issued") or e.fact("date_published"), e) for e in entries), key=lambda d: d[0]
    )
    for when, entry in dated:
        if day and when[:4] == day[:4]:
            return entry
    known = [entry for when, entry in dated if not published or when[:7] <= published[:7]]
    return known[-1] if known else entries[0]


def _body(core: str, region: str) -> str:
    """What a title is about, without its place and the words that end such titles."""
    return _MEASURES.sub("", _LEAD.sub("", core.removeprefix(region)))


def _shortens(short: str, full: str) -> bool:
    """Every character of the short form stands in the full one in the same order, the last ones at its end.

    A full title may go on with 通知 or 公告, which people leave out.
    """
    if short[-2:] != full[-2:]:
        full = _NOTICE.sub("", full)
        if short[-2:] != full[-2:]:
            return False
    rest = iter(full)
    return all(char in rest for char in short)
