"""The formats by name, and what a format module offers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from msgspec import Struct

from tagger.corpus.errors import CorpusError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagger.schema import Document

FORMATS = {
    "jsonl": "jsonl",
    "spacy": "docbin",
    "conll": "conll",
    "conll-bioes": "conll_bioes",
    "brat": "brat",
    "doccano": "doccano",
    "label-studio": "label_studio",
    "parquet": "parquet",
    "fasttext": "fasttext",
    "huggingface": "huggingface",
}
"""Name of a format to the module that writes it."""

IMPORTS = ("jsonl", "spacy", "conll", "brat", "doccano", "label-studio")
"""The formats that can be read back."""

SPLITS = ("train", "dev", "test")

_EXTRA = {"spacy": "spacy", "pyarrow": "parquet", "datasketch": "corpus"}


class Plan(Struct, frozen=True):
    """How a corpus is to be written."""

    primary_only: bool = False
    masked: bool = False
    licence: str = "unspecified"
    shard: int = 2000


class Writer(Protocol):
    """Writes one corpus into a folder. ``lost`` counts what the format cannot hold."""

    lost: Counter[str]

    def __init__(self, folder: Path, plan: Plan) -> None: ...
    def add(self, document: Document, split: str) -> None:
        """Write one text."""
        ...

    def close(self) -> None:
        """Finish the files."""
        ...


class _Format(Protocol):
    Writer: type[Writer]

    def read(self, path: Path, report: Callable[[str], None]) -> Iterator[Document]: ...


def writer_of(name: str) -> type[Writer]:
    """The writer of a format. Raises CorpusError for an unknown name or a missing optional package."""
    return _module(name, tuple(FORMATS)).Writer


def read(name: str, path: Path, report: Callable[[str], None]) -> Iterator[Document]:
    """The records of an annotated file or folder; ``report`` gets a line for whatever cannot be kept.

    Raises CorpusError for an unknown name, a missing optional package or a file that is not of the format.
    """
    return _module(name, IMPORTS).read(path, report)


def _module(name: str, known: tuple[str, ...]) -> _Format:
    if name not in known:
        raise CorpusError(f"{name}: no such format; there are {' '.join(known)}")
    try:
        return cast("_Format", import_module(f"tagger.corpus.{FORMATS[name]}"))
    except ModuleNotFoundError as error:
        raise missing(error) from None


def missing(error: ModuleNotFoundError) -> Exception:
    """The error to raise for a package that is not installed: one line when an extra brings it."""
    extra = _EXTRA.get((error.name or "").partition(".")[0])
    if extra is None:
        return error
    return CorpusError(f"needs the package {error.name}: pip install 'yanbao-tagger[{extra}]'")
