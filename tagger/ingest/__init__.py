"""Bytes to reading text: every format becomes paragraphs with the way back to the source."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tagger.ingest.masthead import read_masthead
from tagger.ingest.plain import blocks_of
from tagger.ingest.reading import Reading, assemble
from tagger.ingest.sections import assign_sections

if TYPE_CHECKING:
    from tagger.ingest.reading import Block, Dropped
    from tagger.lexicon import Lexicon
    from tagger.schema import Section

SUFFIXES = (".txt", ".text")
"""Endings of the files that can be read; a folder is searched for these."""


class ReadError(ValueError):
    """A file that cannot be read as a report; the message says why, without its name."""


def read_file(path: Path, lexicon: Lexicon) -> Reading:
    """Read one report. Raises ReadError for what is no report, OSError for what cannot be opened."""
    data = path.read_bytes()
    if not data.strip():
        raise ReadError("the file is empty")
    return read_text(decode(data), lexicon)


def decode(data: bytes) -> str:
    """Bytes of a text file to text. Raises ReadError for binary data."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise ReadError("not text in UTF-8, UTF-16 or GB18030") from None
    if "\x00" in text:
        raise ReadError("a binary file, not text")
    return text


def read_text(text: str, lexicon: Lexicon) -> Reading:
    """The reading of a text that is at hand."""
    blocks, dropped = blocks_of(text)
    return finish(blocks, dropped, lexicon)


def finish(blocks: list[Block], dropped: list[Dropped], lexicon: Lexicon) -> Reading:
    """Blocks of any format to a reading with masthead and sections."""
    reading = assemble(blocks)
    reading.dropped = dropped
    if len(blocks) > 1:
        reading.meta = read_masthead(reading)
    assign_sections(reading, *_section_words(lexicon))
    return reading


@lru_cache(maxsize=4)
def _words_by_version(version: str, lexicon: _Held) -> tuple[dict[str, Section], re.Pattern[str]]:
    headings = {word: section for section, words in lexicon.held.cues_under("section").items() for word in words}
    closing = re.compile("|".join(map(re.escape, lexicon.held.cue("closing"))))
    return headings, closing  # type: ignore[return-value]


class _Held:
    """A lexicon as a cache key: equal when its version is."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.held = lexicon

    def __hash__(self) -> int:
        return hash(self.held.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.held.version == self.held.version


def _section_words(lexicon: Lexicon) -> tuple[dict[str, Section], re.Pattern[str]]:
    return _words_by_version(lexicon.version, _Held(lexicon))
