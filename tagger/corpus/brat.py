"""brat standoff: ``.txt`` and ``.ann`` a text, with an ``annotation.conf`` over all.

Mentions are entities of their kind. A paragraph is an entity ``paragraph`` with the attribute ``theme`` (and
``also_policy`` … for further ones), an event an entity ``event`` over its evidence with the attributes ``status`` and
``level``, tied by relations to what it names. brat has no spans over line breaks: such a span is written in
fragments, and joined again. ``records.jsonl`` in each folder says what standoff cannot. Holds everything but
mentions that begin or end with a line break.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO, get_args

from tagger.corpus.brat_read import read
from tagger.corpus.files import json_line
from tagger.corpus.gold import carry
from tagger.corpus.standoff import (
    ALSO,
    EVENT,
    LEVEL,
    PARAGRAPH,
    ROLES,
    STATUS,
    THEME,
    covered_by,
    evidence_of,
    fragments_of,
    related,
)
from tagger.schema import KINDS, STATUSES, THEMES, Level

if TYPE_CHECKING:
    from pathlib import Path

    from tagger.corpus.formats import Plan
    from tagger.corpus.standoff import Fragments
    from tagger.schema import Document

__all__ = ["Writer", "lines_of", "read"]

_A_FOLDER = 1000
_UNSAFE = re.compile(r"[^\w.-]+")


class Writer:
    """Writes ``train/0000/000000-ID.txt`` and so on, a thousand texts a folder."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        del plan
        self.lost: Counter[str] = Counter()
        self._folder = folder
        self._numbers: Counter[str] = Counter()
        self._records: dict[str, BinaryIO] = {}
        (folder / "annotation.conf").write_text(configuration(), encoding="utf-8")

    def add(self, document: Document, split: str) -> None:
        """Write one text with its annotations."""
        number = self._numbers[split]
        self._numbers[split] += 1
        folder = self._folder / split / f"{number // _A_FOLDER:04d}"
        if number % _A_FOLDER == 0:
            folder.mkdir(parents=True)
            if split in self._records:
                self._records[split].close()
            self._records[split] = (folder / "records.jsonl").open("wb")
        name = f"{number:06d}-{_UNSAFE.sub('-', document.id)[:40]}"
        (folder / f"{name}.txt").write_bytes(document.text.encode())
        (folder / f"{name}.ann").write_bytes(
            "".join(line + "\n" for line in lines_of(document, self.lost)).encode()
        )
        self._records[split].write(json_line({"name": name, "record": carry(document)}))

    def close(self) -> None:
        """Finish the records."""
        for file in self._records.values():
            file.close()


def configuration() -> str:
    """The ``annotation.conf``: what may be marked, tied and said of a mark."""
    relations = "\n".join(f"{role}\tArg1:{EVENT}, Arg2:{kind}" for role, kind in ROLES.items())
    also = "\n".join(f"{ALSO}{theme}\tArg:{PARAGRAPH}" for theme in THEMES if theme != "other")
    return "\n".join(
        [
            "[entities]",
            *KINDS,
            EVENT,
            PARAGRAPH,
            "",
            "[relations]",
            relations,
            "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
            "",
            "[events]",
            "",
            "[attributes]",
            f"{STATUS}\tArg:{EVENT}, Value:{'|'.join(STATUSES)}",
            f"{LEVEL}\tArg:{EVENT}, Value:{'|'.join(get_args(Level))}",
            f"{THEME}\tArg:{PARAGRAPH}, Value:{'|'.join(THEMES)}",
            also,
            "",
        ]
    )


def lines_of(document: Document, lost: Counter[str]) -> list[str]:
    """The lines of the ``.ann`` file; ``lost`` counts what has no fragment to stand on."""
    text = document.text
    lines = _Lines(text)
    marks: dict[int, str] = {}
    for place, mention in enumerate(document.mentions):
        fragments = fragments_of(text, mention.start, mention.end)
        if fragments and (fragments[0][0], fragments[-1][1]) == (mention.start, mention.end):
            marks[place] = lines.entity(mention.kind, fragments)
        else:
            lost["mentions that begin or end with a line break"] += 1
    for paragraph in document.paragraphs:
        fragments = fragments_of(text, paragraph.start, paragraph.end)
        if fragments:
            mark = lines.entity(PARAGRAPH, fragments)
            lines.attribute(THEME, mark, paragraph.theme)
            for theme in paragraph.themes[1:]:
                lines.attribute(f"{ALSO}{theme}", mark)
    for event in document.events:
        fragments = evidence_of(event, text)
        if fragments:
            mark = lines.entity(EVENT, fragments)
            lines.attribute(STATUS, mark, event.status)
            lines.attribute(LEVEL, mark, event.level)
            for role, place in related(event, document):
                if place in marks:
                    lines.relation(role, mark, marks[place])
    return lines.all


class _Lines:
    """The lines of one ``.ann`` file, each sort numbered from 1."""

    def __init__(self, text: str) -> None:
        self.all: list[str] = []
        self._text = text
        self._count: Counter[str] = Counter()

    def _name(self, letter: str) -> str:
        self._count[letter] += 1
        return f"{letter}{self._count[letter]}"

    def entity(self, label: str, fragments: Fragments) -> str:
        """A text-bound annotation."""
        name = self._name("T")
        places = ";".join(f"{start} {end}" for start, end in fragments)
        covered = covered_by(self._text, fragments)
        self.all.append(f"{name}\t{label} {places}\t{covered}")
        return name

    def attribute(self, label: str, mark: str, value: str | None = None) -> None:
        """An attribute of a mark."""
        self.all.append(f"{self._name('A')}\t{label} {mark}{'' if value is None else f' {value}'}")

    def relation(self, role: str, first: str, second: str) -> None:
        """A relation between two marks."""
        self.all.append(f"{self._name('R')}\t{role} Arg1:{first} Arg2:{second}")
