"""doccano's JSONL: ``text``, ``label`` (spans) and ``cats`` (themes), for sequence labelling with categories.

doccano counts as the browser does, in UTF-16 code units; offsets are turned at this border, both ways. A project
must allow overlapping spans and must not count grapheme clusters. Whatever a column holds besides comes back from
doccano as it went in, so the record travels along in ``record``. Holds everything.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tagger.corpus.errors import CorpusError
from tagger.corpus.files import SplitFiles, files_at, json_line, json_lines
from tagger.corpus.gold import CARRIED, Gold, Span, carry, restore
from tagger.corpus.labels import CodeUnits, themes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagger.corpus.formats import Plan
    from tagger.schema import Document

_SPANS = ("label", "labels", "entities")
"""The columns under which doccano's project types and versions return spans."""


class Writer:
    """Writes ``train.jsonl`` and so on."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.lost: Counter[str] = Counter()
        self._plan = plan
        self._files = SplitFiles(folder, ".jsonl")

    def add(self, document: Document, split: str) -> None:
        """Write one example with its spans and categories."""
        self._files[split].write(json_line(example(document, self._plan.primary_only)))

    def close(self) -> None:
        """Finish the files."""
        self._files.close()


def example(document: Document, primary_only: bool = False) -> dict[str, Any]:
    """A document as doccano imports it."""
    units = CodeUnits(document.text)
    return {
        "record_id": document.id,
        "text": document.text,
        "label": [[units.out(m.start), units.out(m.end), m.kind] for m in document.mentions],
        "cats": themes_of(document, primary_only),
        CARRIED: carry(document),
    }


def read(path: Path, report: Callable[[str], None]) -> Iterator[Document]:
    """The records of what doccano exported as JSONL. Raises CorpusError naming file and line."""
    for file in files_at(path, "*.jsonl"):
        for where, data in json_lines(file):
            yield restore(_gold(where, data, report), report)


def _gold(where: str, data: dict[str, Any], report: Callable[[str], None]) -> Gold:
    text = data.get("text", data.get("data"))
    if not isinstance(text, str):
        raise CorpusError(f'{where}: no "text"')
    themes = data.get("cats")
    spans = []
    units = CodeUnits(text)
    for column in _SPANS:
        for label in data.get(column) or ():
            if isinstance(label, str):  # a project of document classification returns its categories here
                themes = [*(themes or ()), label]
            else:
                spans += _span(where, label, units, report)
    if data.get("relations"):
        report(f"{where}: {len(data['relations'])} relations; a record has no place for them; left out")
    if data.get("Comments") or data.get("comments"):
        report(f"{where}: comments left out")
    name = data.get("record_id") or data.get("id") or where
    return Gold(where, text, str(name), spans, themes, data.get(CARRIED))


def _span(where: str, label: Any, units: CodeUnits, report: Callable[[str], None]) -> list[Span]:
    try:
        if isinstance(label, dict):
            start, end, name = label["start_offset"], label["end_offset"], label["label"]
        else:
            start, end, name = label
        first, last = units.back(int(start)), units.back(int(end))
    except (KeyError, TypeError, ValueError):
        raise CorpusError(f"{where}: not a span: {label!r}") from None
    if first is None or last is None:
        report(f"{where}: {name} {start}–{end}: not at characters of the text; left out")
        return []
    return [Span(first, last, str(name))]
