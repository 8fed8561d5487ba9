"""The corridor: a report walks through the rooms, each adds its part."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tagger import ingest, lexicon, resources, tokenizers
from tagger.events import EventExtractor
from tagger.ingest.read import NO_DATE
from tagger.matching.matcher import Matcher
from tagger.schema import Document, Paragraph
from tagger.themes import ThemeModel
from tagger.themes.model import OTHER

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

    from tagger.ingest.reading import Reading
    from tagger.tokenizers import Tokenizer

_OPEN_THEMES: list[str] = []
_OPEN_SCORES: dict[str, float] = {}
"""What paragraphs share until the model gives each its own."""


class Tagger:
    """Tags reports. Making one loads the lexicons and the model once; it may then be used from several threads.

    ``lexicons`` and ``model`` are folders (default: those shipped), ``user_lexicons`` further lexicon folders laid
    over the first, ``tokenizer`` one of ``tokenizers.NAMES`` or a tokenizer of your own.
    """

    def __init__(
        self,
        lexicons: str | os.PathLike[str] | None = None,
        *,
        user_lexicons: Sequence[str | os.PathLike[str]] = (),
        model: str | os.PathLike[str] | None = None,
        tokenizer: str | Tokenizer = "rjieba",
    ) -> None:
        self.lexicon = lexicon.load(resources.lexicon_folder(lexicons), *map(Path, user_lexicons))
        self.tokenizer = tokenizers.make(tokenizer)
        self.matcher = Matcher(self.lexicon)
        self.themes = ThemeModel.load(resources.model_folder(model))
        self.events = EventExtractor(self.lexicon)
        self._compute_units = frozenset(self.lexicon.cues.get("theme/compute_unit", ()))

    def tag(
        self,
        text: str,
        *,
        published: date | str | None = None,
        publisher: str | None = None,
        id: str | None = None,  # noqa: A002 - the name of the record's field
        source: str | None = None,
        extra: dict[str, Any] | None = None,
    ) -> Document:
        """Tag a text. ``published`` is the day of the report (a date or an ISO day): the masthead's wins nothing over it."""
        reading = ingest.read_text(text, self.lexicon)
        document = self.tag_reading(
            reading, published=published, publisher=publisher, id=id or stable_id(text), source=source
        )
        if extra:
            document.meta.extra.update(extra)
        return document

    def tag_file(self, path: str | os.PathLike[str], *, published: date | str | None = None) -> Document:
        """Tag a file. Raises OSError or ``ingest.ReadError`` when it cannot be read."""
        path = Path(path)
        reading = ingest.read_file(path, self.lexicon)
        return self.tag_reading(reading, published=published, id=stable_id(reading.text), source=str(path))

    def tag_many(self, texts: Iterable[str | dict[str, Any]]) -> Iterator[Document]:
        """Tag texts, or objects with ``text`` and optionally ``id``, ``published``, ``publisher``, one after the other."""
        for item in texts:
            yield self.tag(item) if isinstance(item, str) else self.tag_object(item)

    def tag_object(self, item: dict[str, Any], source: str | None = None) -> Document:
        """Tag an object as a line of JSONL input holds it; unknown fields are kept under ``meta.extra``.

        Raises ValueError when ``text`` is no string or ``published`` no ISO day.
        """
        text = item.get("text")
        if not isinstance(text, str):
            raise ValueError('no "text" in the object')
        known = {"id", "text", "published", "publisher", "source"}
        return self.tag(
            text,
            published=item.get("published") or None,
            publisher=item.get("publisher") or None,
            id=None if item.get("id") is None else str(item["id"]),
            source=item.get("source") or source,
            extra={key: value for key, value in item.items() if key not in known},
        )

    def tag_reading(
        self,
        reading: Reading,
        *,
        id: str,  # noqa: A002
        published: date | str | None = None,
        publisher: str | None = None,
        source: str | None = None,
    ) -> Document:
        """The corridor behind ingest."""
        meta = reading.meta
        if published is not None:
            meta.published = _iso(published)
            reading.warnings = [w for w in reading.warnings if not w.startswith(NO_DATE)]
        if publisher:
            meta.publisher = publisher
        view = self.lexicon.folder.fold(reading.text)
        words = self.tokenizer.cut(view.text)
        day = date.fromisoformat(meta.published) if meta.published else None
        mentions = self.matcher.match(view, words, day)
        paragraphs = [
            Paragraph(p.start, p.end, p.section, p.page, OTHER, _OPEN_THEMES, _OPEN_SCORES)
            for p in reading.passages
        ]
        headings = [p.heading for p in reading.passages]
        self.themes.label(paragraphs, view, words, mentions, headings, self._compute_units)
        document = Document(
            id=id,
            text=reading.text,
            source=source,
            origins=reading.origins,
            meta=meta,
            paragraphs=paragraphs,
            mentions=mentions,
            warnings=reading.warnings,
        )
        document.events = self.events.extract(document)
        return document


def stable_id(text: str) -> str:
    """An id that the content gives: the same text has the same id everywhere."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _iso(day: date | str) -> str:
    try:
        return (day if isinstance(day, date) else date.fromisoformat(day)).isoformat()
    except (TypeError, ValueError):
        raise ValueError(f"published: {day!r} is no ISO day such as 2024-12-31") from None
