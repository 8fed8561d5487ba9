"""Labelled paragraphs: what a model is trained on and measured with."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, field

from tagger.schema import THEMES, decode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tagger.schema import Document


class Sample(Struct):
    """A labelled paragraph: ``theme`` is what it is about first, ``themes`` all that it is about.

    ``family`` groups paragraphs that must stay on one side of a split; ``style`` and ``source`` name what figures
    are told apart by. ``sure`` is false where a careful reader could well choose another theme.
    """

    text: str
    theme: str = ""
    themes: list[str] = field(default_factory=list)
    primary: str = ""
    style: str = ""
    family: str = ""
    source: str = ""
    sure: bool = True

    def __post_init__(self) -> None:
        self.theme = self.theme or self.primary or (self.themes[0] if self.themes else "")
        self.themes = self.themes or [self.theme]
        if not self.text.strip():
            raise ValueError("a sample without text")
        if not self.theme:
            raise ValueError('a sample without "theme"')
        if self.theme not in self.themes:
            raise ValueError(f'theme {self.theme!r} is not among "themes"')


class _Record(Struct):
    """What tells a record from a sample."""

    paragraphs: Any = None


def read_samples(path: Path) -> list[Sample]:
    """The samples of a JSONL file or of all such files in a folder.

    Raises ValueError naming file and line, OSError when the path cannot be read.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    samples = [sample for file in files for _, sample in numbered_samples(file)]
    if not samples:
        raise ValueError(f"{path}: no samples")
    return samples


def numbered_samples(file: Path) -> Iterable[tuple[int, Sample]]:
    """The samples of a JSONL file with their line numbers. Raises ValueError naming file and line.

    A line is a sample, or a record, as ``tagger import`` writes: then each paragraph of it is a sample.
    """
    for number, line in enumerate(file.read_bytes().split(b"\n"), 1):
        if line.strip():
            try:
                found = msgspec.json.decode(line, type=_Record)
                samples = (
                    [msgspec.json.decode(line, type=Sample)]
                    if found.paragraphs is None
                    else samples_of(decode(line))
                )
            except msgspec.DecodeError as error:
                raise ValueError(f"{file}:{number}: {error}") from None
            yield from ((number, sample) for sample in samples)


def samples_of(record: Document) -> list[Sample]:
    """The paragraphs of a record as samples, one family; headings and the like, which no model is asked of, are none."""
    piece = record.meta.extra.get("slice")
    family = piece["document"] if isinstance(piece, dict) and "document" in piece else record.id
    return [
        Sample(
            text, p.theme, list(p.themes), style=p.section, family=family, source=record.meta.publisher or ""
        )
        for p in record.paragraphs
        if p.section not in ("masthead", "disclaimer")
        and p.heading is not True
        and (text := record.text[p.start : p.end]).strip()
    ]


def labels_of(samples: Iterable[Sample]) -> list[str]:
    """The themes that occur, the project's own first and in their order."""
    seen = {theme for sample in samples for theme in sample.themes}
    return [theme for theme in THEMES if theme in seen] + sorted(seen.difference(THEMES))


def fingerprint(samples: Iterable[Sample]) -> str:
    """A hash of texts and labels, whatever the order of the samples."""
    digest = hashlib.sha256()
    for line in sorted(json.dumps([s.text, s.theme, s.themes], ensure_ascii=False) for s in samples):
        digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()[:16]
