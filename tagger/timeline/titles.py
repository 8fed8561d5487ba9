"""Titles as keys: what two ways of writing one title have in common."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tagger.lexicon import Lexicon

_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_DRAFT = re.compile(r"(?:公开)?征求意见稿|征询意见稿|草案|送审稿|讨论稿")
_TRIAL = re.compile(r"^(?:试行|暂行|全文|简称.*|以下简称.*)$")
_YEARS = re.compile(r"(?:19|20)\d{2}(?:\s?年?\s?[-—–~～至到]+\s?(?:19|20)?\d{2})?\s?年?(?:度|版|本)?")
_VERSION = re.compile(r"第[一二三四五六七八九十\d]+[批版期]|\d+\.0版?|修订版?|修正版?")
_WRAPPED = re.compile(r"^.{0,40}?关于(?:印发|发布|公布|转发)(.+?)(?:的(?:通知|公告|函|决定))$")
_BY_WHOM = re.compile(r"^.{1,40}?(?:部|委|局|办|厅|院|会|府|部门|署|行|所|单位)关于")
_IDLE = re.compile(r"[\W_]+|的")


def is_draft(title: str) -> bool:
    """Whether a title calls its text a draft."""
    return _DRAFT.search(title) is not None


class TitleKey(NamedTuple):
    """What identifies a title.

    ``core``: the words that name the text, folded, without place, issuer and brackets; ``edition``: its year or
    version where the title gives one.
    """

    core: str
    edition: str


class TitleReader:
    """Makes keys of titles; a key is made once for each title and place."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._fold = lexicon.folder.fold_characters
        self._places = {entry.canonical: entry for entry in lexicon.of_kind("region")}
        self._surfaces: dict[str, list[str]] = {}
        self._known: dict[tuple[str, str | None], TitleKey] = {}

    def key(self, title: str, region: str | None) -> TitleKey:
        """The key of the title of a policy of ``region``."""
        known = self._known.get((title, region))
        if known is None:
            known = self._known[title, region] = self._read(title, region)
        return known

    def _read(self, title: str, region: str | None) -> TitleKey:
        text = self._fold(unicodedata.normalize("NFKC", title))
        editions: list[str] = []

        def keep(found: re.Match[str]) -> str:
            editions.append(_digits(found[0]))
            return ""

        def open_bracket(found: re.Match[str]) -> str:
            inner = _VERSION.sub(keep, _YEARS.sub(keep, _DRAFT.sub("", found[1])))
            return "" if _TRIAL.match(inner.strip()) else inner

        text = _DRAFT.sub("", _BRACKETS.sub(open_bracket, text))
        text = _VERSION.sub(keep, _YEARS.sub(keep, text))
        wrapped = _WRAPPED.match(text)
        text = wrapped[1] if wrapped else text
        text = self._without_place(text.strip("《》〈〉<>“”\"' "), region)
        text = self._without_place(_BY_WHOM.sub("", text).removeprefix("关于"), region)
        core = _IDLE.sub("", text).replace("人工智能", "ai")
        return TitleKey(
            core or _IDLE.sub("", self._fold(title)) or title, "|".join(sorted(filter(None, editions)))
        )

    def _without_place(self, text: str, region: str | None) -> str:
        for name in self._names_of(region) if region else ():
            if text.startswith(name) and len(text) > len(name) + 2:
                return text[len(name) :]
        return text

    def _names_of(self, region: str) -> list[str]:
        """What a place is called, the longest name first."""
        if region not in self._surfaces:
            entry = self._places.get(region)
            names = {region, *(entry.surfaces if entry else ())}
            folded = {self._fold(name) for name in names if len(name) > 1}
            self._surfaces[region] = sorted(folded, key=lambda name: (-len(name), name))
        return self._surfaces[region]


def _digits(edition: str) -> str:
    """2024—2026年, 2024-2026 and 2024至26年 are one edition."""
    years = re.findall(r"\d+", edition)
    if len(years) == 2 and len(years[1]) == 2:
        years[1] = years[0][:2] + years[1]
    return "-".join(years) or edition
