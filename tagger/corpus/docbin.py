"""spaCy's DocBin, sharded: a token a character, ``ents``, ``spans["mentions"]`` and ``cats``.

Entities cannot overlap, so ``doc.ents`` has the outermost mentions and ``doc.spans["mentions"]`` all of them, with
the lexicon entry as ``kb_id``. A folder a split goes as it is into ``--paths.train``. The record travels along in
``doc.user_data["record"]``. Holds everything.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
import srsly  # type: ignore[import-untyped]
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from tagger.corpus import gold
from tagger.corpus.errors import CorpusError
from tagger.corpus.gold import CARRIED, Gold, carry, restore
from tagger.corpus.labels import outermost, themes_of
from tagger.schema import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagger.corpus.formats import Plan
    from tagger.schema import Document

GROUP = "mentions"
_ATTRIBUTES = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


class Writer:
    """Writes ``train/00000.spacy`` and so on."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.lost: Counter[str] = Counter()
        self._folder, self._plan = folder, plan
        self._bins: dict[str, DocBin] = {}
        self._written: Counter[str] = Counter()
        self._vocab = Vocab()
        self._encoders: dict[str, Any] = srsly.msgpack_encoders.get_all()

    def add(self, document: Document, split: str) -> None:
        """Add one Doc; a full shard is written at once."""
        full = self._bins.setdefault(split, DocBin(attrs=_ATTRIBUTES, store_user_data=True))
        with _known(self._encoders):
            full.add(doc_of(document, self._vocab, self._plan.primary_only))
        if len(full) >= self._plan.shard:
            self._write(split)

    def close(self) -> None:
        """Write the shards that are not full."""
        for split in list(self._bins):
            self._write(split)

    def _write(self, split: str) -> None:
        (self._folder / split).mkdir(exist_ok=True)
        self._bins.pop(split).to_disk(self._folder / split / f"{self._written[split]:05d}.spacy")
        self._written[split] += 1
        self._vocab = Vocab()


@contextmanager
def _known(encoders: dict[str, Any]) -> Iterator[None]:
    """Make srsly pack with these, and not look them up for every object among all that spaCy has registered.

    That was three quarters of the time of an export.
    """
    srsly.msgpack_encoders.get_all = lambda: encoders
    try:
        yield
    finally:
        del srsly.msgpack_encoders.get_all  # the method comes back


def doc_of(document: Document, vocab: Vocab, primary_only: bool = False) -> Doc:
    """A document as a Doc whose token numbers are the offsets of its characters."""
    words = list(document.text)
    doc = Doc(vocab, words=words, spaces=[False] * len(words))
    doc.ents = [_span(doc, mention) for mention in outermost(document.mentions)]
    doc.spans[GROUP] = [_span(doc, mention) for mention in document.mentions]
    shown = themes_of(document, primary_only)
    doc.cats = {theme: float(theme in shown) for theme in dict.fromkeys((*THEMES, *shown))}
    doc.user_data[CARRIED] = msgspec.json.encode(carry(document)).decode()
    return doc


def _span(doc: Doc, mention: Any) -> Span:
    return Span(doc, mention.start, mention.end, label=mention.kind, kb_id=mention.entry or "")


def read(path: Path, report: Callable[[str], None]) -> Iterator[Document]:
    """The records of a ``.spacy`` file or a folder of them. Raises CorpusError naming a file that is none."""
    files = sorted(path.rglob("*.spacy")) if path.is_dir() else [path]
    if not files or not path.exists():
        raise CorpusError(f"{path}: no .spacy file there")
    for file in files:
        try:
            docs = DocBin().from_disk(file).get_docs(Vocab())
            for number, doc in enumerate(docs, 1):
                yield restore(_gold(f"{file}: doc {number}", doc), report)
        except CorpusError:
            raise
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise CorpusError(f"{file}: not a DocBin ({error})") from None


def _gold(where: str, doc: Doc) -> Gold:
    marked = dict.fromkeys(
        gold.Span(span.start_char, span.end_char, span.label_)
        for spans in (doc.spans.get(GROUP, ()), doc.ents)
        for span in spans
    )
    themes = [theme for theme, score in doc.cats.items() if score >= 0.5] if doc.cats else None
    carried = doc.user_data.get(CARRIED)
    return Gold(
        where, doc.text, where, list(marked), themes, msgspec.json.decode(carried) if carried else None
    )
