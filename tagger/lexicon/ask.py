"""Questions to the lexicons: what a term names and why it would or would not be found, and how much there is."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tagger.lexicon.columns import SHEETS, is_entry_file
from tagger.lexicon.entries import CATEGORY_KIND, Entry, split
from tagger.lexicon.layers import read_layers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tagger.lexicon.fold import View
    from tagger.lexicon.load import Lexicon
    from tagger.schema import Mention

_SHOWN = 8


class Owner(NamedTuple):
    """An entry that has a term for a surface; ``weak`` when it needs evidence around it."""

    entry: Entry
    surface: str
    weak: bool


class Stat(NamedTuple):
    """How much one file holds; ``parts`` counts its lines by the column that divides them."""

    stem: str
    lines: int
    surfaces: int
    weak: int
    parts: dict[str, int]


def owners(term: str, lexicon: Lexicon) -> list[Owner]:
    """The entries that a term names, in the order in which their kinds win."""
    folded = lexicon.folder.fold_term(term)
    order = list(CATEGORY_KIND.values())
    found = [
        Owner(entry, surface, surface in entry.weak)
        for entry in lexicon.entries.values()
        for surface in entry.surfaces
        if lexicon.folder.fold_term(surface) == folded
    ]
    return sorted(found, key=lambda owner: (order.index(owner.entry.kind), owner.weak, owner.entry.id))


def explain(term: str, lexicon: Lexicon, words: Sequence[str]) -> Iterator[str]:
    """What the lexicon says of a term, and what could keep it from being found. ``words`` is how it is cut."""
    fold = lexicon.folder.fold_term
    folded = fold(term)
    named = owners(term, lexicon)
    for owner in named:
        yield from _about(owner, lexicon)
    for blocker, kind in lexicon.blockers.items():
        if fold(blocker) == folded:
            yield f"blocked: {blocker} is {kind or 'a blocker'}; nothing within it is found"
    if len(named) > 1 and not all(owner.weak for owner in named):
        yield f"wins: {named[0].entry.kind}, unless its condition fails and another holds"
    if not named:
        yield f"no entry has the surface {term}"
        similar = _similar(folded, lexicon)
        if similar:
            yield f"  like it: {'、'.join(similar)}"
        return
    longer = _longer(folded, lexicon)
    if longer:
        yield f"longer names win over it: {_some(longer)}"
    if len(words) == 1:
        yield "one word to the tokenizer: not found where a longer word holds it"
    else:
        yield f"the tokenizer cuts it {'|'.join(words)}: not found where a word reaches over its ends"


def _about(owner: Owner, lexicon: Lexicon) -> Iterator[str]:
    entry = owner.entry
    names = f" ({entry.canonical})" if entry.canonical != owner.surface else ""
    yield f"{entry.id}: {entry.kind} by {'an alias' if owner.surface != entry.name else 'its name'}{names}"
    facts = {
        name: value
        for name, value in entry.facts.items()
        if value and name not in ("id", "name", "aliases", "weak")
    }
    for name, value in facts.items():
        yield f"  {name}: {value}"
    if owner.weak:
        cues = lexicon.cues.get(f"evidence/{entry.kind}", [])
        near = f" such as {_some(cues)}" if cues else ""
        yield f"  weak: found only with evidence near by{near}; or in a list with others of its kind"
    else:
        yield "  strong: found wherever it stands for itself"


def _longer(folded: str, lexicon: Lexicon) -> list[str]:
    fold = lexicon.folder.fold_term
    names = [surface for entry in lexicon.entries.values() for surface in entry.surfaces]
    found = {
        fold(name): name
        for name in (*names, *lexicon.blockers)
        if len(name) > len(folded) and folded in fold(name)
    }
    return sorted(found.values(), key=lambda name: (len(name), name))


def _similar(folded: str, lexicon: Lexicon) -> list[str]:
    from rapidfuzz import fuzz, process

    names = {surface for entry in lexicon.entries.values() for surface in entry.surfaces}
    return [
        name
        for name, _, _ in process.extract(folded, sorted(names), scorer=fuzz.ratio, limit=5, score_cutoff=60)
    ]


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more


def in_text(
    term: str, lexicon: Lexicon, view: View, bounds: bytes, mentions: Sequence[Mention]
) -> Iterator[str]:
    """What became of a term at each place where a text has it. ``bounds`` are where its folded words begin and end."""
    folded = lexicon.folder.fold_term(term)
    at = view.text.find(folded)
    if at < 0:
        yield f"{term} does not stand in the text"
    while at >= 0:
        stop = at + len(folded)
        start, end = view.start(at), view.end(stop)
        whole = bool(bounds[at] and bounds[stop])
        yield f"{start}–{end}: {_fate(start, end, whole, _words_around(view.text, bounds, at, stop), mentions)}"
        at = view.text.find(folded, stop)


def _fate(start: int, end: int, whole: bool, around: str, mentions: Sequence[Mention]) -> str:
    for mention in mentions:
        if mention.start < end and start < mention.end:
            entry = mention.entry or f"found by {mention.by}, in no lexicon"
            if (mention.start, mention.end) == (start, end):
                return f"found as {mention.kind}: {entry}"
            return f"part of the {mention.kind} {mention.text} ({entry})"
    if not whole:
        return f"not found: it cuts the words {around}"
    return "not found: weak without evidence, or held by a blocker"


def _words_around(text: str, bounds: bytes, start: int, end: int) -> str:
    places = [bounds.rfind(1, 0, start + 1)]
    while places[-1] < end:
        places.append(bounds.find(1, places[-1] + 1))
    return "|".join(text[begin:stop] for begin, stop in pairwise(places))


_DIVIDED_BY = ("level", "type", "market", "family", "class", "kind", "levels")


def stats(*folders: Path) -> list[Stat]:
    """How much the lexicons hold once the folders are laid over each other.

    Raises LexiconError for a file that cannot be used, FileNotFoundError for a missing folder.
    """
    layers, unusable = read_layers(folders)
    if unusable:
        raise next(iter(unusable.values()))
    result = []
    for stem in SHEETS:
        lines = [line for line in layers.lines if line.table.stem == stem]
        column = next((c for c in _DIVIDED_BY if c in SHEETS[stem].names), None)
        parts = (
            Counter(line.row.cells.get(column, "").split("/")[0] or "–" for line in lines)
            if column
            else Counter()
        )
        surfaces = sum(len(set(line.surfaces)) for line in lines) if is_entry_file(stem) else len(lines)
        weak = sum(len(split(line.row.cells.get("weak", ""))) for line in lines)
        result.append(Stat(stem, len(lines), surfaces, weak, dict(parts.most_common())))
    return result
