"""All mentions of a text: titles, authorities, terms, forms, measures and dates, joined without overlaps."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from tagger.matching._found import Candidate, Hit, mentions_of, term_candidates, without_overlaps
from tagger.matching.addresses import CUES, addresses
from tagger.matching.dates import DateGrammar
from tagger.matching.forms import OPENING_QUOTES, Form, FormGrammar
from tagger.matching.measures import MeasureGrammar
from tagger.matching.places import Places
from tagger.matching.scan import Scan, Scanner, Span
from tagger.matching.terms import TermMatcher
from tagger.matching.titles import TitleGrammar
from tagger.schema import Found, Mark, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tagger.lexicon import Entry, Lexicon, View

_IN_FULL = 5  # characters from which on the name of an authority is hardly a short form
_START = attrgetter("start")
_VOUCHER = "券"
_LEAST_VOUCHER = 3  # characters that are left of a voucher behind its place
_CLAUSE_STOP = re.compile(r"[，。；！？\n：]")


class Matcher:
    """Finds the mentions of a text with the knowledge of a lexicon."""

    make = Mention
    unmarked = UNSET
    marked = frozenset(("policy", "instrument", "compute", "model"))
    """The kinds that are marked where the words before them negate or plan them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        fold = lexicon.folder.fold_term
        self._titles = TitleGrammar(lexicon)
        self._places = Places(lexicon)
        self._forms = FormGrammar(lexicon)
        self._measures = MeasureGrammar(lexicon)
        self._dates = DateGrammar(lexicon)
        marking = [fold(word) for name in ("negation", "plan") for word in lexicon.cue(name)]
        crossing = [fold(word) for word, kind in lexicon.blockers.items() if kind == "crossing"]
        cues: dict[str, Sequence[str]] = {"marking": marking, "crossing": crossing, "address": CUES}
        for room in (self._titles, self._places, self._forms, self._dates):
            cues |= room.cues
        self._scanner = Scanner(lexicon.surfaces.texts, cues)
        self._terms = TermMatcher(lexicon, self._scanner)
        self._policy_by_title = {
            fold(name): entry for entry in lexicon.of_kind("policy") for name in entry.surfaces
        }
        self._negation = _words(map(fold, lexicon.cue("negation")))
        self._no_negation = _words(map(fold, lexicon.cue("pseudo_negation")))
        self._plan = _words(map(fold, lexicon.cue("plan")))

    def match(self, view: View, bounds: bytes, published: date | None) -> list[Mention]:
        """The mentions in the order of the text. ``bounds`` are where words of the folded text begin and end."""
        scan = self._scanner.scan(view.text)
        kept = without_overlaps(self._candidates(view.text, bounds, scan, published))
        return mentions_of(view, kept, scan.cues["marking"], self)

    def _candidates(self, text: str, bounds: bytes, scan: Scan, published: date | None) -> list[Candidate]:
        found: list[Candidate] = []
        cues = scan.cues
        hits = self._terms.find(text, bounds, scan)
        places = [(number, hits[number]) for number in term_candidates(hits, found)]
        dates = self._dates.find(text, published, cues["moment"])
        self._titles_to_candidates(text, bounds, cues, [hit for _, hit in places], dates, found)
        self._places_to_candidates(text, hits, places, cues["led"], found)
        found += dates
        found += self._measures.find(text, [(d.start, d.end) for d in dates])
        for form in self._forms.find(text, bounds, cues):
            start = _form_start(text, form, hits)
            if start < form.end:
                found.append(Candidate(start, form.end, form.kind, 5, by="form"))
        if cues["address"]:  # holds what lies inside it, and is no mention itself
            spans = addresses(text, cues["address"])
            found += [Candidate(*span, "address", 0) for span in spans if not _is_hit(hits, *span)]
        return found

    def _titles_to_candidates(
        self,
        text: str,
        bounds: bytes,
        cues: dict[str, list[Span]],
        places: list[Hit],
        dates: list[Candidate],
        found: list[Candidate],
    ) -> None:
        """Policies in brackets, bare or by a nickname, and document numbers; ``places`` are regions and issuers."""
        titles = self._titles
        brackets = titles.bracketed(text, cues["bracket"]) if cues["bracket"] else []
        for title in brackets:
            entry = self._policy_entry(text[title.inner[0] : title.inner[1]])
            if title.policy or entry is not None:
                found.append(self._policy(title.inner, entry, rank=0, by="title"))
        if cues["doc_number"]:
            in_full = [h.end for h in places if h.kind == "issuer" and h.end - h.start >= _IN_FULL]
            for start, end, canonical in titles.numbers(text, cues["doc_number"], in_full):
                found.append(Candidate(start, end, "doc_number", 0, canonical, by="form"))
        if cues["bare_title"]:
            walls = [d.end for d in dates if text[d.end : d.end + 1] != "”"]
            walls += [h.end for h in places if h.kind == "issuer"]
            inside = _Spans([t.outer for t in brackets])
            actors = frozenset(h.start for h in places)
            for span in titles.bare(text, bounds, cues["bare_title"], inside.holds, actors, sorted(walls)):
                found.append(self._policy(span, self._policy_entry(text[slice(*span)]), rank=1, by="form"))
        for span in titles.nicknames(text, cues["nickname"]):
            entry = self._policy_entry(text[slice(*span)])
            found.append(self._policy(span, entry, rank=1, by="lexicon" if entry else "form"))

    def _places_to_candidates(
        self,
        text: str,
        hits: list[Hit],
        places: list[tuple[int, Hit]],
        led: list[Span],
        found: list[Candidate],
    ) -> None:
        """Regions, and authorities that a region or its level opens; ``places`` are the regions and issuers of ``hits``."""
        named = {h.entries[0].id for _, h in places if h.kind == "region" and len(h.entries) == 1}
        seats: list[tuple[int, Entry]] = []
        for number, hit in places:
            if hit.kind == "issuer":
                if (seat := self._places.seat_of(hit)) is not None:
                    seats.append((hit.start, seat))
                continue
            region = self._places.resolve(hit.entries, named)
            named.add(region.id)
            authority = self._places.authority_after(text, hit, region)
            after = hits[number + 1] if number + 1 < len(hits) else None
            if authority is None and after and after.kind == "region" and after.start == hit.end:
                inner = self._places.resolve(after.entries, named)
                nested = self._places.authority_after(text, after, inner)
                if nested is not None:
                    found.append(Candidate(hit.start, nested.end, "issuer", 1, nested.canonical, by="form"))
            if authority is not None:
                found.append(
                    Candidate(authority.start, authority.end, "issuer", 1, authority.canonical, by="form")
                )
            elif hit.end - hit.start > 1:
                found.append(Candidate(hit.start, hit.end, "region", 4, region.canonical, region.id))
            seats.append((hit.start, region))
        for authority in self._places.authorities_led(text, led, seats):
            # 市发改委 holds 发改委; an unknown place (某某市工信局) gives way to what is known.
            rank = 1 if text[authority.start] in "省市区县州" else 3
            found.append(
                Candidate(authority.start, authority.end, "issuer", rank, authority.canonical, by="form")
            )

    def _policy_entry(self, title: str) -> Entry | None:
        return self._policy_by_title.get(title) or self._policy_by_title.get(title.strip("“”"))

    @staticmethod
    def _policy(span: tuple[int, int], entry: Entry | None, rank: int, by: Found) -> Candidate:
        return Candidate(
            *span, "policy", rank, entry.canonical if entry else None, entry.id if entry else None, by
        )

    def marks(self, text: str, at: int) -> list[Mark] | UnsetType:
        """Whether the clause before a mention negates or plans it."""
        left = text[max(0, at - 14) : at]
        stops = [m.end() for m in _CLAUSE_STOP.finditer(left)]
        left = left[stops[-1] :] if stops else left
        marks: list[Mark] = []
        if self._negation.search(self._no_negation.sub("", left)):
            marks.append("negated")
        if self._plan.search(left):
            marks.append("planned")
        return marks or self.unmarked


class _Spans:
    """Sorted spans that can be asked whether they hold a place."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def holds(self, at: int) -> bool:
        """Whether ``at`` lies in one of the spans."""
        place = bisect_right(self._starts, at) - 1
        return place >= 0 and at < self._ends[place]


def _is_hit(hits: list[Hit], start: int, end: int) -> bool:
    """Whether one of some hits, in order, is just this span."""
    place = bisect_left(hits, start, key=_START)
    return place < len(hits) and (hits[place].start, hits[place].end) == (start, end)


def _form_start(text: str, form: Form, hits: list[Hit]) -> int:
    """Where a form begins beside what is known; at its end when a known name is all of it."""
    if form.kind == "company":
        return _known_start(hits, form.start, form.end)
    if (
        not text.endswith(_VOUCHER, form.start, form.end)
        or text[form.start - 1 : form.start] in OPENING_QUOTES
    ):
        return form.start
    start = form.start
    for place in range(bisect_left(hits, start, key=_START), len(hits)):
        hit = hits[place]
        if hit.end > form.end:
            break
        if hit.kind == "instrument" and hit.end == form.end:
            return form.end  # 深圳|模型券
        if hit.kind in ("region", "issuer") and form.end - hit.end >= _LEAST_VOUCHER:
            start = hit.end
    return start


def _known_start(hits: list[Hit], start: int, end: int) -> int:
    """Where a company by form begins: at the first known one inside it (东吴证券股份有限公司); at its end if that is all."""
    for place in range(bisect_left(hits, start, key=_START), len(hits)):
        if hits[place].end > end:
            break
        if hits[place].kind == "company":
            return end if hits[place].end == end else hits[place].start
    return start


def _words(words: object) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))  # type: ignore[call-overload]
