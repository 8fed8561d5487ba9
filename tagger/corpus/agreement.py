"""How far two annotators agree: Cohen's kappa on themes, and on the kind of every character."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tagger.corpus.conll import tags
from tagger.corpus.gold import Span
from tagger.corpus.labels import outermost

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.schema import Document

Pairs = Counter[tuple[str, str]]


def kappa(pairs: Pairs) -> float | None:
    """Cohen's kappa of pairs of labels; None when chance alone would agree always, so that it says nothing."""
    total = pairs.total()
    if not total:
        return None
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), number in pairs.items():
        first[one] += number
        second[other] += number
    chance = sum(number * second[label] for label, number in first.items()) / total**2
    agreed = sum(number for (one, other), number in pairs.items() if one == other) / total
    return None if chance == 1 else (agreed - chance) / (1 - chance)


class Agreement(Struct):
    """Pairs of labels counted over the texts that both annotators have."""

    texts: int = 0
    differing_texts: int = 0
    themes: Pairs = field(default_factory=Counter)
    characters: Pairs = field(default_factory=Counter)
    both: int = 0
    spans: int = 0

    def add(self, one: Document, other: Document) -> None:
        """Count a text; one whose characters differ is only counted as such."""
        if one.text != other.text:
            self.differing_texts += 1
            return
        self.texts += 1
        theirs = {(p.start, p.end): p.theme for p in other.paragraphs}
        for paragraph in one.paragraphs:
            if (paragraph.start, paragraph.end) in theirs:
                self.themes[paragraph.theme, theirs[paragraph.start, paragraph.end]] += 1
        self.characters.update(zip(_kinds(one), _kinds(other), strict=True))
        mine, yours = ({(m.start, m.end, m.kind) for m in d.mentions} for d in (one, other))
        self.both += 2 * len(mine & yours)
        self.spans += len(mine) + len(yours)

    def figures(self) -> dict[str, int | float | None]:
        """What the data sheet says: kappas, the F1 of exact spans, and over how many texts."""
        return {
            "texts that both have": self.texts,
            "texts that differ": self.differing_texts,
            "kappa of themes": _rounded(kappa(self.themes)),
            "kappa of characters' kinds": _rounded(kappa(self.characters)),
            "f1 of exact spans": _rounded(self.both / self.spans if self.spans else None),
        }


def agreement(first: Iterable[Document], second: Iterable[Document]) -> Agreement:
    """The agreement of two annotators over the texts that have the same id."""
    others = {document.id: document for document in second}
    counted = Agreement()
    for document in first:
        if document.id in others:
            counted.add(document, others[document.id])
    return counted


def _kinds(document: Document) -> list[str]:
    spans = [Span(m.start, m.end, m.kind) for m in outermost(document.mentions)]
    return [tag[2:] for tag in tags(len(document.text), spans)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
