"""Which lexicon policy a title in the text means: by its names, or as a shortened form of one title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagger.lexicon import Entry, Lexicon

_EDITION = re.compile(r"[（(][^（）()]*[）)]")
_MARKS = re.compile(r"[\s“”\"'‘’《》〈〉、，,·—\-–~～─×x+＋]")
_LEAD = re.compile(r"^(?:关于)?(?:进一步|加快|深入|大力)?")
_SHORTEST = 6


class PolicyLinker:
    """Finds the entry of a policy by title, alias or a shortening that fits one title of its place only."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._fold = lexicon.folder.fold_term
        self._exact: dict[str, Entry] = {}
        self._numbers: dict[str, Entry] = {}
        self._cores: list[tuple[str, Entry]] = []
        self._by_region: dict[str, list[tuple[str, Entry]]] = {}
        for entry in lexicon.of_kind("policy"):
            for name in entry.surfaces:
                self._exact.setdefault(self.key(name), entry)
            if entry.fact("doc_number"):
                self._numbers[self._fold(entry.fact("doc_number"))] = entry
            self._by_region.setdefault(entry.fact("region"), []).append((self._core(entry.name), entry))

    def key(self, title: str) -> str:
        """A title without width, case, quotes, blanks and edition."""
        return _MARKS.sub("", _EDITION.sub("", self._fold(title)))

    def _core(self, title: str) -> str:
        return self.key(title).replace("人工智能", "ai")

    def by_number(self, number: str) -> Entry | None:
        """The policy with a document number (canonical form)."""
        return self._numbers.get(self._fold(number))

    def link(self, title: str, region: str | None, published: str | None, draft: bool) -> Entry | None:
        """The entry that ``title`` means for a policy of ``region`` (None: national) known at ``published``."""
        exact = self._exact.get(self.key(title))
        if exact is not None and (not region or not exact.fact("region") or exact.fact("region") == region):
            if draft == ("征求意见稿" in exact.name or "草案" in exact.name) or not draft:
                if "征求意见稿" not in exact.name or draft or "征求意见稿" in title:
                    return exact
        core = _LEAD.sub("", self._core(title))
        if len(core) < _SHORTEST:
            return None
        fits: list[tuple[int, str, Entry]] = []
        for name, entry in self._by_region.get(region or "", ()):
            is_draft = "征求意见稿" in entry.name or "草案" in entry.name
            if is_draft != draft or not _shortens(core, name):
                continue
            when = entry.fact("date_issued") or entry.fact("date_published")
            if published and when and when[:7] > published[:7]:
                continue
            if len(core) >= 0.45 * len(name):
                fits.append((len(name), when, entry))
        if not fits:
            return None
        fits.sort(key=lambda fit: (fit[0], fit[1]))
        return fits[0][2]


def _shortens(short: str, full: str) -> bool:
    """Every character of the short form stands in the full one in the same order, the last ones at its end."""
    if short[-2:] != full[-2:]:
        return False
    rest = iter(full)
    return all(char in rest for char in short)
