"""The texts worth a person's time: uncertain ones, those where rule and model disagree, those with rare kinds."""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tagger.corpus import sheet
from tagger.corpus.errors import CorpusError
from tagger.corpus.files import json_line
from tagger.corpus.formats import Plan, writer_of
from tagger.corpus.reading import records_in
from tagger.corpus.select import Selection
from tagger.files import whole_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tagger.schema import Document

FORMATS = ("doccano", "label-studio")

_SAYS = {
    "policy": "policy",
    "doc_number": "policy",
    "instrument": "policy",
    "model": "model_news",
    "compute": "compute",
}
"""The theme that a kind of mention speaks for."""
_ENOUGH = 2
_RARE = 0.02
"""A kind is rare when it makes up less than this share of all mentions."""


class Reviewed(Struct):
    """How many texts were chosen, and why; a text may have several reasons."""

    chosen: int
    reasons: Counter[str]


def review(
    inputs: Sequence[Path],
    name: str,
    folder: Path,
    limit: int = 200,
    *,
    overwrite: bool = False,
    advance: Callable[[int], None] | None = None,
) -> Reviewed:
    """Write the ``limit`` paragraphs that most need a look as tasks with the guesses of the tagger marked.

    Each task says under ``meta.extra["review"]`` why it was chosen. The inputs are read twice. Raises OSError, or
    CorpusError for another format than doccano and label-studio, or when there is nothing to look at.
    """
    if name not in FORMATS:
        raise CorpusError(f"{name}: review is for {' or '.join(FORMATS)}")
    rare = rare_kinds(Counter(m.kind for record in records_in(inputs, advance) for m in record.mentions))
    chosen = _worst(inputs, rare, limit, advance)
    if not chosen:
        raise CorpusError("no paragraph needs a look, so nothing was written")
    told: Counter[str] = Counter()
    with whole_folder(folder, replace=sheet.NAME if overwrite else None) as place:
        writer = writer_of(name)(place, Plan())
        for text, reasons in chosen:
            told.update(reason.partition(":")[0] for reason in reasons)
            meta = replace(text.meta, extra={**text.meta.extra, "review": reasons})
            writer.add(replace(text, meta=meta), "review")
        writer.close()
        (place / sheet.NAME).write_bytes(
            json_line({"format": name, "texts": len(chosen), "reasons": dict(told)})
        )
    return Reviewed(len(chosen), told)


def rare_kinds(counts: Counter[str]) -> frozenset[str]:
    """The kinds of which there are few."""
    return frozenset(kind for kind, number in counts.items() if number < _RARE * counts.total())


def reasons_for(text: Document, rare: frozenset[str]) -> tuple[float, list[str]]:
    """How much a paragraph needs a look (0 not at all), and why."""
    paragraph = text.paragraphs[0]
    need, reasons = 0.0, []
    if paragraph.uncertain:
        need += 2 - max(paragraph.scores.values(), default=0.0)
        reasons.append("uncertain")
    theme = rule_theme(text)
    if theme is not None and theme not in paragraph.themes:
        need += 1 + paragraph.scores.get(theme, 0.0)
        reasons.append(f"rule and model disagree: {theme} or {paragraph.theme}")
    found = sorted({m.kind for m in text.mentions} & rare)
    if found:
        need += 0.5 * len(found)
        reasons.append(f"rare kinds: {', '.join(found)}")
    return need, reasons


def rule_theme(text: Document) -> str | None:
    """The theme that section and mentions speak for; None when they say nothing clear."""
    if text.paragraphs[0].section == "risk":
        return "risk"
    voices = Counter(_SAYS[m.kind] for m in text.mentions if m.kind in _SAYS).most_common(2)
    if not voices or voices[0][1] < _ENOUGH or (len(voices) > 1 and voices[0][1] == voices[1][1]):
        return None
    return voices[0][0]


def _worst(
    inputs: Sequence[Path], rare: frozenset[str], limit: int, advance: Callable[[int], None] | None
) -> list[tuple[Document, list[str]]]:
    """The texts with the greatest need, each once, the neediest first; no more than ``limit`` in memory."""
    heap: list[tuple[float, int, Document, list[str]]] = []
    seen: set[int] = set()
    for number, (text, _) in enumerate(Selection("paragraph").texts(records_in(inputs, advance))):
        paragraph = text.paragraphs[0]
        if paragraph.section in ("masthead", "disclaimer") or paragraph.heading is True:
            continue
        need, reasons = reasons_for(text, rare)
        if not need or hash(text.text) in seen:
            continue
        seen.add(hash(text.text))
        heapq.heappush(heap, (need, -number, text, reasons))
        if len(heap) > limit:
            heapq.heappop(heap)
    return [(text, reasons) for _, _, text, reasons in sorted(heap, key=lambda item: (-item[0], -item[1]))]
