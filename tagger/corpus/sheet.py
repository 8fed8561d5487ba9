"""The data sheet of a corpus: what is in it, from where, in which split, by which lexicon and model."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from tagger.corpus.labels import themes_of
from tagger.schema import encode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tagger.schema import Document

NAME = "sheet.json"
_PARTS = ("kinds", "themes", "sources")


class Sheet:
    """Counts as texts go by; a text more costs a moment, not memory."""

    def __init__(self, about: Mapping[str, Any]) -> None:
        """``about`` says what cannot be counted: name, level, licence, versions, how it was split."""
        self._about = dict(about)
        self._texts: Counter[str] = Counter()
        self._characters: Counter[str] = Counter()
        self._parts: dict[str, dict[str, Counter[str]]] = {part: {} for part in _PARTS}
        self._events: Counter[str] = Counter()
        self._digest = hashlib.sha256()

    def add(self, document: Document, split: str) -> None:
        """Count one text."""
        self._texts[split] += 1
        self._characters[split] += len(document.text)
        self._events.update(event.status for event in document.events)
        self._count("kinds", split, Counter(mention.kind for mention in document.mentions))
        self._count("themes", split, Counter(themes_of(document)))
        self._count("sources", split, Counter([document.meta.publisher or "unknown"]))
        self._digest.update(split.encode() + b"\t" + encode(document) + b"\n")

    def _count(self, part: str, split: str, counts: Counter[str]) -> None:
        for name, number in counts.items():
            self._parts[part].setdefault(name, Counter())[split] += number

    def figures(self, more: Mapping[str, Any]) -> dict[str, Any]:
        """The sheet as plain values; ``more`` is what is known only at the end."""
        parts = {
            part: {name: dict(by) for name, by in sorted(counts.items(), key=lambda c: -c[1].total())}
            for part, counts in self._parts.items()
        }
        return {
            **self._about,
            "texts": dict(self._texts),
            "characters": dict(self._characters),
            **parts,
            "events": dict(self._events.most_common()),
            **more,
            "sha256": self._digest.hexdigest(),
        }


def write(figures: dict[str, Any], folder: Path) -> None:
    """Write ``sheet.json`` and, for people, ``sheet.md``."""
    (folder / NAME).write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "sheet.md").write_text(as_markdown(figures), encoding="utf-8")


def as_markdown(figures: dict[str, Any]) -> str:
    """The sheet as a page."""
    splits = list(figures["texts"])
    lines = ["# Data sheet", "", "| | |", "| --- | --- |"]
    for name, value in figures.items():
        if not isinstance(value, dict):
            lines.append(f"| {name} | {value} |")
    lines += [
        "",
        "## texts",
        "",
        *_table(["", *splits], [("texts", figures["texts"]), ("characters", figures["characters"])], splits),
    ]
    for part in _PARTS:
        lines += ["", f"## {part}", "", *_table([part, *splits], list(figures[part].items()), splits)]
    for name, value in figures.items():
        if isinstance(value, dict) and name not in (*_PARTS, "texts", "characters"):
            lines += [
                "",
                f"## {name}",
                "",
                "| | |",
                "| --- | ---: |",
                *(f"| {key} | {number} |" for key, number in value.items()),
            ]
    return "\n".join(lines) + "\n"


def _table(head: list[str], rows: list[tuple[str, dict[str, int]]], splits: list[str]) -> list[str]:
    rule = "| " + " | ".join(["---", *["---:"] * len(splits)]) + " |"
    body = [
        f"| {name.replace('|', '/')} | " + " | ".join(str(counts.get(split, 0)) for split in splits) + " |"
        for name, counts in rows
    ]
    return ["| " + " | ".join(head) + " |", rule, *body]
