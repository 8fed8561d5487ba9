"""All mentions of a text: titles, authorities, terms, forms, measures and dates, joined without overlaps."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from tagger.lexicon.fold import WIDTH
from tagger.matching._words import bounds as word_bounds
from tagger.matching.candidates import Candidate
from tagger.matching.dates import DateGrammar
from tagger.matching.forms import FormGrammar
from tagger.matching.measures import MeasureGrammar
from tagger.matching.places import Places
from tagger.matching.scan import Scanner, Span
from tagger.matching.terms import Hit, TermMatcher
from tagger.matching.titles import TitleGrammar
from tagger.schema import Found, Mark, Mention

if TYPE_CHECKING:
    from datetime import date

    from tagger.lexicon import Entry, Lexicon, View

_MARKED = ("policy", "instrument", "compute", "model")
_WIDE = str.maketrans(WIDTH)
_UNTIDY = re.compile(r"[\s" + re.escape("".join(WIDTH)) + "]")
_RANK, _START, _END = map(attrgetter, ("rank", "start", "end"))
_CLAUSE_STOP = re.compile(r"[，。；！？\n：]")


class Matcher:
    """Finds the mentions of a text with the knowledge of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._titles = TitleGrammar(lexicon)
        self._places = Places(lexicon)
        self._forms = FormGrammar(lexicon)
        self._measures = MeasureGrammar(lexicon)
        self._dates = DateGrammar(lexicon)
        self._scanner = Scanner(
            lexicon.surfaces.texts,
            self._titles.cues | self._places.cues | self._forms.cues | self._dates.cues,
        )
        self._terms = TermMatcher(lexicon, self._scanner)
        fold = lexicon.folder.fold_term
        self._policy_by_title = {
            fold(name): entry for entry in lexicon.of_kind("policy") for name in entry.surfaces
        }
        self._negation = _words(map(fold, lexicon.cue("negation")))
        self._no_negation = _words(map(fold, lexicon.cue("pseudo_negation")))
        self._plan = _words(map(fold, lexicon.cue("plan")))
        self._marking = _words(map(fold, (*lexicon.cue("negation"), *lexicon.cue("plan"))))

    def match(self, view: View, words: list[str], published: date | None) -> list[Mention]:
        """The mentions in the order of the text. ``words`` are the words of the folded text."""
        text = view.text
        found = self._candidates(text, words, published)
        kept = _without_overlaps(found)
        starts = view.starts([item.start for item in kept])
        lasts = view.starts([item.end - 1 for item in kept])
        mentions: list[Mention] = []
        for item, start, last in zip(kept, starts, lasts, strict=True):
            surface = view.source[start : last + 1]
            if "\n" in surface and item.end - item.start < 3:
                continue
            marks = self._marks(text, item.start) if item.kind in _MARKED else UNSET
            canonical = item.canonical or (surface if _UNTIDY.search(surface) is None else _clean(surface))
            mentions.append(
                Mention(
                    start,
                    last + 1,
                    surface,
                    item.kind,  # type: ignore[arg-type]
                    canonical,
                    item.entry,
                    item.by,
                    item.value,
                    marks,
                )
            )
        return mentions

    def _candidates(self, text: str, words: list[str], published: date | None) -> list[Candidate]:
        found: list[Candidate] = []
        terms, cues = self._scanner.scan(text)
        brackets = self._titles.bracketed(text, cues["bracket"])
        policy_spans = []
        for title in brackets:
            entry = self._policy_entry(text[title.inner[0] : title.inner[1]])
            if title.policy or entry is not None:
                found.append(self._policy(title.inner, entry, rank=0, by="title"))
                policy_spans.append(title.outer)
        for start, end, canonical in self._titles.numbers(text, cues["doc_number"]):
            found.append(Candidate(start, end, "doc_number", 0, canonical, by="form"))
        bounds = word_bounds(words)
        hits = self._terms.find(text, bounds, terms)
        dates = self._dates.find(text, published, cues["moment"])
        walls = sorted(
            [d.end for d in dates if text[d.end : d.end + 1] != "”"]
            + [h.end for h in hits if h.kind == "issuer"]
        )
        actors = frozenset(h.start for h in hits if h.kind in ("region", "issuer"))
        inside = _Spans([t.outer for t in brackets])
        for start, end in self._titles.bare(text, cues["bare_title"], inside.holds, actors, walls):
            entry = self._policy_entry(text[start:end])
            found.append(self._policy((start, end), entry, rank=1, by="form"))
        for start, end in self._titles.nicknames(text, cues["nickname"]):
            entry = self._policy_entry(text[start:end])
            found.append(self._policy((start, end), entry, rank=1, by="lexicon" if entry else "form"))
        self._terms_to_candidates(text, hits, cues["led"], found)
        found += [Candidate(d.start, d.end, "date", 2, None, None, "grammar", d.value) for d in dates]
        found += self._measures.find(text, [(d.start, d.end) for d in dates])
        companies = [h for h in hits if h.kind == "company"]
        for form in self._forms.find(text, bounds, cues):
            start = form.start if form.kind != "company" else _known_start(companies, form.start, form.end)
            if start < form.end:
                found.append(Candidate(start, form.end, form.kind, 5, by="form"))
        return found

    def _terms_to_candidates(
        self, text: str, hits: list[Hit], led: list[Span], found: list[Candidate]
    ) -> None:
        named = {e.id for h in hits if h.kind == "region" and len(h.entries) == 1 for e in h.entries}
        context: Entry | None = None
        for number, hit in enumerate(hits):
            if hit.kind == "region":
                region = self._places.resolve(hit.entries, named)
                named.add(region.id)
                authority = self._places.authority_after(text, hit, region)
                if (
                    authority is None
                    and number + 1 < len(hits)
                    and hits[number + 1].kind == "region"
                    and hits[number + 1].start == hit.end
                ):
                    inner = self._places.resolve(hits[number + 1].entries, named | {region.id})
                    nested = self._places.authority_after(text, hits[number + 1], inner)
                    if nested is not None:
                        found.append(Candidate(hit.start, nested.end, "issuer", 1, nested.canonical, by="form"))
                if authority is not None:
                    found.append(
                        Candidate(authority.start, authority.end, "issuer", 1, authority.canonical, by="form")
                    )
                elif hit.end - hit.start > 1:
                    found.append(Candidate(hit.start, hit.end, "region", 4, region.canonical, region.id))
                if context is None and region.fact("level") in ("province", "prefecture"):
                    context = region
                continue
            first = hit.entries[0] if hit.entries else None
            rank = {"policy": 2, "issuer": 1}.get(hit.kind, 4)
            found.append(
                Candidate(
                    hit.start,
                    hit.end,
                    hit.kind,
                    rank,
                    first.canonical if first else None,
                    first.id if first else None,
                    "form" if hit.form else "lexicon",
                )
            )
        for authority in self._places.authorities_led(text, led, context):
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

    def _marks(self, text: str, at: int) -> list[Mark] | UnsetType:
        """Whether the clause before a mention negates or plans it."""
        if self._marking.search(text, max(0, at - 14), at) is None:
            return UNSET
        left = text[max(0, at - 14) : at]
        stops = [m.end() for m in _CLAUSE_STOP.finditer(left)]
        left = left[stops[-1] :] if stops else left
        marks: list[Mark] = []
        if self._negation.search(self._no_negation.sub("", left)):
            marks.append("negated")
        if self._plan.search(left):
            marks.append("planned")
        return marks or UNSET


class _Spans:
    """Sorted spans that can be asked whether they hold a place."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def holds(self, at: int) -> bool:
        """Whether ``at`` lies in one of the spans."""
        place = bisect_right(self._starts, at) - 1
        return place >= 0 and at < self._ends[place]


def _known_start(companies: list[Hit], start: int, end: int) -> int:
    """Where a company by form begins: at the first known one inside it (东吴证券股份有限公司); at its end if that is all."""
    place = bisect_left(companies, start, key=lambda h: h.start)
    if place == len(companies) or companies[place].end > end:
        return start
    return end if companies[place].end == end else companies[place].start


def _without_overlaps(found: list[Candidate]) -> list[Candidate]:
    """The longest reading wins; among equals the better rank, then the earlier.

    Titles, authorities and document numbers (ranks 0 and 1) hold what lies inside them.
    """
    found.sort(key=_RANK)  # sorts are stable: by start, then the longest, then by rank
    found.sort(key=_END, reverse=True)
    found.sort(key=_START)
    kept: list[Candidate] = []
    for item in found:
        while kept and item.start < kept[-1].end:
            last = kept[-1]
            holds = (
                last.rank <= 1
                or (last.rank <= item.rank and last.end >= item.end)
                or last.end - last.start >= item.end - item.start
            )
            if holds and not (item.rank <= 1 < last.rank):
                break
            kept.pop()
        else:
            kept.append(item)
    return kept


def _words(words: object) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))  # type: ignore[call-overload]


def _clean(surface: str) -> str:
    """A surface in half width, without the blanks inside it that stand beside Han."""
    return re.sub(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])", "", surface).translate(_WIDE)
