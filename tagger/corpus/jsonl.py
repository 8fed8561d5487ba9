"""The record itself, one a line. Holds everything."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tagger.corpus.files import SplitFiles, files_at
from tagger.corpus.reading import records_in
from tagger.schema import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagger.corpus.formats import Plan
    from tagger.schema import Document


class Writer:
    """Writes ``train.jsonl`` and so on."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        del plan
        self.lost: Counter[str] = Counter()
        self._files = SplitFiles(folder, ".jsonl")

    def add(self, document: Document, split: str) -> None:
        """Write one record."""
        self._files[split].write(encode(document) + b"\n")

    def close(self) -> None:
        """Finish the files."""
        self._files.close()


def read(path: Path, report: Callable[[str], None]) -> Iterator[Document]:
    """The records of a file or folder; nothing is ever lost."""
    del report
    return records_in(files_at(path, "*.jsonl"))
