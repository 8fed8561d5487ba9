"""What goes into a corpus: level, kinds, themes, with or without what the masthead says."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tagger.corpus.errors import CorpusError
from tagger.corpus.labels import themes_of
from tagger.corpus.levels import LEVELS, Level, cut
from tagger.schema import KINDS, Meta

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagger.schema import Document


class Selection(Struct, frozen=True):
    """Which texts and which labels; empty ``kinds`` or ``themes`` mean all."""

    level: Level = "paragraph"
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    masked: bool = False

    def check(self) -> None:
        """Raise CorpusError for a level or kind that there is none of."""
        if self.level not in LEVELS:
            raise CorpusError(f"{self.level}: no such level; there are {' '.join(LEVELS)}")
        for kind in self.kinds:
            if kind not in KINDS:
                raise CorpusError(f"{kind}: no such kind; there are {' '.join(KINDS)}")

    def texts(self, records: Iterable[Document]) -> Iterator[tuple[Document, Document]]:
        """The texts of a corpus in order, each with the record that it comes from."""
        for record in records:
            for piece in cut(record, self.level):
                if self.themes and not set(self.themes) & set(themes_of(piece)):
                    continue
                if self.masked and self.level != "document" and piece.paragraphs[0].section == "masthead":
                    continue
                if self.kinds:
                    piece = replace(piece, mentions=[m for m in piece.mentions if m.kind in self.kinds])
                yield (masked(piece) if self.masked else piece), record


def masked(document: Document) -> Document:
    """The document without its metadata; its id becomes a hash, so that pieces of one document still hang together."""
    name, mark, place = document.id.partition("#")
    hidden = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return replace(document, id=hidden + mark + place, source=None, meta=Meta(), warnings=[])
