"""Terms that the lexicons do not know yet: vouchers, policies and models, by form and by statistics.

By form a term is found once: a title in 《》, a quoted …券, a name with a version. By statistics it is found when it
keeps to itself: its parts occur together far more often than alone (pointwise mutual information), and what stands
before and behind it varies (entropy). Rows of the categories take turns, the surest first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain, zip_longest
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from tagger.lexicon.fold import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagger.lexicon.fold import View
    from tagger.lexicon.load import Lexicon
    from tagger.schema import Document

COLUMNS = ("category", "name", "type", "count", "documents", "found", "score", "example")

_CATEGORIES = {"instrument": "instruments", "policy": "policies", "model": "models"}
_LONGEST = 10
_LEAST = 3
_COHESION = 3.0
_FREEDOM = 1.0
_MARGIN = 18
_HAN_RUN = re.compile(f"[{HAN}]+")
_QUOTED = re.compile(f'[“「『"]([{HAN}a-z0-9+]{{1,8}}券)[”」』"]')
_VERSIONED = re.compile(
    r"(?<![a-z0-9])[a-z][a-z]{2,}(?:[- ][a-z]+){0,2}[- ]?[vr]?\d+(?:\.\d+)*(?:-\d+b)?(?![a-z0-9.%])"
)
_ORDER = {"form": 2.0, "statistics": 0.0}


class Candidate(Struct):
    """A term to look at: where it would go, how often it was met, and the first place."""

    category: str
    name: str
    type: str = ""
    count: int = 0
    found: str = "form"
    strength: float = 0.0
    example: str = ""
    seen_in: set[int] = field(default_factory=set)

    @property
    def score(self) -> float:
        """How sure: by form before statistics, then by how often and in how many reports."""
        return _ORDER[self.found] + self.strength + log2(1 + self.count) / 4 + log2(1 + len(self.seen_in)) / 2

    def row(self) -> tuple[str, ...]:
        """The cells of ``COLUMNS``."""
        numbers = (str(self.count), str(len(self.seen_in)), self.found, f"{self.score:.2f}")
        return (self.category, self.name, self.type, *numbers, self.example)


class _Report(NamedTuple):
    """A report as the matcher reads it, with its number."""

    number: int
    view: View

    @property
    def text(self) -> str:
        return self.view.text

    def written(self, start: int, end: int) -> str:
        """A span of the folded text as the report writes it."""
        return self.view.source[self.view.start(start) : self.view.end(end)]

    def around(self, start: int, end: int) -> str:
        """A span of the folded text with the words around it."""
        return _around(self.view.source, self.view.start(start), self.view.end(end))


class _Hit(NamedTuple):
    """A place in the folded text of a report."""

    report: _Report
    start: int
    end: int


def discover(documents: Iterable[Document], lexicon: Lexicon) -> list[Candidate]:
    """What the lexicon does not know of tagged reports, the surest of each category in turn."""
    known = _Known(lexicon)
    found = _Finds(known)
    reports: list[_Report] = []
    for number, document in enumerate(documents):
        report = _Report(number, lexicon.folder.fold(document.text))
        reports.append(report)
        for mention in document.mentions:
            category = _CATEGORIES.get(mention.kind)
            if category and mention.entry is None and not known.holds(mention.canonical):
                found.note(
                    category, mention.canonical, number, _around(document.text, mention.start, mention.end)
                )
        met = {key for key, candidate in found.candidates.items() if number in candidate.seen_in}
        for category, start, end in _by_form(report.text, known):
            if (category, report.text[start:end]) not in met:
                found.note(category, report.written(start, end), number, report.around(start, end))
    for candidate in _by_statistics(reports, known, {name for _, name in found.candidates}):
        found.candidates[candidate.category, candidate.name] = candidate
    by_category: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in found.candidates.values():
        by_category[candidate.category].append(candidate)
    ranked = [
        sorted(by_category[c], key=lambda candidate: (-candidate.score, candidate.name))
        for c in _CATEGORIES.values()
    ]
    return [candidate for candidate in chain.from_iterable(zip_longest(*ranked)) if candidate is not None]


class _Known:
    """What the lexicon knows, and the words by which a new term shows its category."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.fold = lexicon.folder.fold_term
        surfaces = chain.from_iterable(entry.surfaces for entry in lexicon.entries.values())
        words = chain(surfaces, lexicon.blockers, lexicon.cue("evidence/model"), lexicon.cue("title/vague"))
        self._surfaces = set(map(self.fold, words))
        self._never = tuple(map(self.fold, lexicon.cue("voucher/never")))
        self._titles = tuple(map(self.fold, lexicon.cue("title/suffix")))
        self._means = tuple(map(self.fold, lexicon.cue("instrument/suffix")))
        self.model = re.compile("|".join(re.escape(self.fold(cue)) for cue in lexicon.cue("evidence/model")))

    def holds(self, term: str) -> bool:
        """Whether a term is known, or no voucher though it ends like one."""
        folded = self.fold(term)
        return (
            folded in self._surfaces or folded.strip("“”") in self._surfaces or folded.endswith(self._never)
        )

    def category(self, term: str) -> str | None:
        """Where a term belongs by its ending; None for anything else."""
        if self.holds(term):
            return None
        if term.endswith(("券", *self._means)):
            return "instruments"
        if term.endswith("模型"):
            return "models"
        return "policies" if term.endswith(self._titles) else None


class _Finds:
    """The candidates so far, by category and folded name."""

    def __init__(self, known: _Known) -> None:
        self.candidates: dict[tuple[str, str], Candidate] = {}
        self._known = known

    def note(self, category: str, name: str, number: int, example: str) -> None:
        """A term met by its form in a report."""
        type_, strength = _worth(category, name)
        new = Candidate(category, name, type_, strength=strength, example=example)
        candidate = self.candidates.setdefault((category, self._known.fold(name)), new)
        candidate.count += 1
        candidate.seen_in.add(number)


def _worth(category: str, name: str) -> tuple[str, float]:
    """The type that an ending gives, and how much it tells: a voucher is hardly ever anything else."""
    return ("voucher", 1.0) if category == "instruments" and name.endswith("券") else ("", 0.0)


def _by_form(text: str, known: _Known) -> Iterator[tuple[str, int, int]]:
    """Looser forms than the matcher's: any quoted voucher, any versioned Latin name in a sentence on models."""
    for hit in _QUOTED.finditer(text):
        if not known.holds(hit[1]):
            yield "instruments", *hit.span(1)
    for hit in _VERSIONED.finditer(text):
        if not known.holds(hit[0]) and known.model.search(text, max(0, hit.start() - 24), hit.end() + 24):
            yield "models", *hit.span()


def _by_statistics(reports: list[_Report], known: _Known, taken: set[str]) -> Iterator[Candidate]:
    """Terms with a telling ending that keep to themselves, longest first; what lies inside one is none of its own."""
    counts: Counter[str] = Counter()
    for report in reports:
        for run in _HAN_RUN.findall(report.text):
            for size in range(1, _LONGEST + 1):
                counts.update(run[at : at + size] for at in range(len(run) - size + 1))
    characters = sum(count for term, count in counts.items() if len(term) == 1)
    accepted = list(taken)
    likely = [term for term, count in counts.items() if count >= _LEAST and len(term) > 2]
    for term in sorted(likely, key=lambda term: (-len(term), term)):
        category = known.category(term)
        if category is None or any(term in other for other in accepted):
            continue
        if _cohesion(term, counts, characters) < _COHESION:
            continue
        hits = [
            _Hit(report, hit.start(), hit.end())
            for report in reports
            for hit in re.finditer(term, report.text)
        ]
        if _freedom(hits) < _FREEDOM:
            continue
        accepted.append(term)
        type_, strength = _worth(category, term)
        example = hits[0].report.around(hits[0].start, hits[0].end)
        seen = {hit.report.number for hit in hits}
        yield Candidate(category, term, type_, len(hits), "statistics", strength, example, seen)


def _cohesion(term: str, counts: Counter[str], characters: int) -> float:
    """Pointwise mutual information, in bits, of the weakest cut through a term."""
    return min(
        log2(counts[term] * characters / (counts[term[:cut]] * counts[term[cut:]]))
        for cut in range(1, len(term))
    )


def _freedom(hits: list[_Hit]) -> float:
    """The lesser of the entropies, in bits, of what stands before and behind; the edge of a text differs from all."""
    left = Counter(
        hit.report.text[max(0, hit.start - 1) : hit.start] or f"edge {number}"
        for number, hit in enumerate(hits)
    )
    right = Counter(
        hit.report.text[hit.end : hit.end + 1] or f"edge {number}" for number, hit in enumerate(hits)
    )
    return min(_entropy(left), _entropy(right))


def _entropy(neighbours: Counter[str]) -> float:
    total = sum(neighbours.values())
    return -sum(count / total * log2(count / total) for count in neighbours.values())


def _around(text: str, start: int, end: int) -> str:
    """The words around a place, within its paragraph."""
    left = max(text.rfind("\n", 0, start) + 1, start - _MARGIN)
    stop = text.find("\n", end)
    right = min(stop if stop >= 0 else len(text), end + _MARGIN)
    return " ".join(text[left:right].split())
