"""Tagged JSONL read as a stream: one record in memory at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tagger.corpus.errors import CorpusError
from tagger.schema import Document, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


def records_in(paths: Iterable[Path], advance: Callable[[int], None] | None = None) -> Iterator[Document]:
    """The records of tagged JSONL files in order; ``advance`` is told the bytes read.

    Raises OSError when a file cannot be read, CorpusError naming file and line for what is no tagged record.
    """
    for path in paths:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        yield decode(line)
                    except (msgspec.DecodeError, UnicodeDecodeError) as error:
                        raise CorpusError(f"{path}:{number}: not a tagged record ({error})") from None
                if advance is not None:
                    advance(len(line))
