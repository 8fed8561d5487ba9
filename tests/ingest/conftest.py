from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tagger import lexicon, resources
from tagger.ingest import read_file, read_text
from tagger.ingest.cues import Cues, cues_of
from tagger.ingest.reading import Reading
from tagger.lexicon import Lexicon


@pytest.fixture(scope="session")
def words() -> Lexicon:
    return lexicon.load(resources.lexicon_folder())


@pytest.fixture(scope="session")
def cues(words: Lexicon) -> Cues:
    return cues_of(words)


@pytest.fixture
def read(words: Lexicon) -> Callable[[str], Reading]:
    """Reads a text."""
    return lambda text: read_text(text, words)


@pytest.fixture
def read_bytes(words: Lexicon, tmp_path: Path) -> Callable[[str, bytes], Reading]:
    """Reads a file of that name and content."""

    def reader(name: str, data: bytes) -> Reading:
        path = tmp_path / name
        path.write_bytes(data)
        return read_file(path, words)

    return reader


def paragraphs(reading: Reading) -> list[str]:
    return [reading.text[p.start : p.end] for p in reading.passages]


def sections(reading: Reading) -> dict[str, str]:
    """The first words of each paragraph, with its section."""
    return {reading.text[p.start : p.end][:12]: p.section for p in reading.passages}


def untrue_origins(reading: Reading, source: str) -> list[int]:
    """Places of the reading text that map to another character of the source; joiners may."""
    return [
        start + at
        for start, begin, length, _ in reading.origins
        for at in range(length)
        if reading.text[start + at] not in " \n\t" and reading.text[start + at] != source[begin + at]
    ]
