"""What is installed, which front doors work, and how to mend what does not."""

from __future__ import annotations

import platform
import subprocess
import sys
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from tagger import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator


class Door(NamedTuple):
    """Something that an extra opens: its name, the packages it needs, the extra that brings them."""

    name: str
    packages: tuple[str, ...]
    extra: str
    modules: tuple[str, ...] = ()
    """What the packages are called in Python, where that is something else."""


class Finding(Struct, frozen=True):
    """One line of the report. ``mend`` says what to do where something is missing; nothing works without the ``vital``."""

    name: str
    works: bool
    about: str
    mend: str = ""
    vital: bool = False


DOORS = (
    Door("tokenizer unigram", ("jieba",), ""),
    Door("tokenizer rjieba", ("rjieba",), ""),
    Door("tokenizer jieba", ("jieba",), ""),
    Door("tokenizer pkuseg", ("spacy-pkuseg",), "pkuseg", ("spacy_pkuseg",)),
    Door("reading PDF", ("pypdfium2",), "pdf"),
    Door("reading DOCX", ("python-docx",), "docx", ("docx",)),
    Door("reading HTML", ("selectolax",), "html"),
    Door("timeline as Excel", ("xlsxwriter",), "excel"),
    Door("timeline as calendar", ("icalendar",), "calendar"),
    Door("timeline as Parquet", ("pyarrow",), "parquet"),
    Door("spaCy component", ("spacy",), "spacy"),
    Door("corpus formats", ("datasketch", "pyarrow", "spacy"), "corpus"),
    Door("Spark", ("pyspark", "pyarrow", "pandas"), "spark"),
    Door("training", ("scikit-learn", "scipy"), "train", ("sklearn", "scipy")),
)


def examine(lexicons: Path | None = None, model: Path | None = None) -> Iterator[Finding]:
    """The findings, the core first; a broken lexicon or model is a finding and no error."""
    where = f"Python {platform.python_version()} at {sys.executable}"
    yield Finding("tagger", True, f"{__version__}, {where}", vital=True)
    compiled = _compiled(Path(__file__).parent)
    yield compiled
    if compiled.works:  # nothing of the core can be tried without them
        yield _lexicon(lexicons)
        yield _model(model)
    for door in DOORS:
        yield _door(door)


def _compiled(package: Path) -> Finding:
    """Whether every compiled part is there and, in a checkout, no older than its source."""
    parts = sorted(package.rglob("_*.pyx"))
    checkout = (package.parent / "pyproject.toml").is_file()
    old = []
    for source in parts:
        built = [p for end in EXTENSION_SUFFIXES if (p := source.with_suffix(end)).is_file()]
        if not built or (checkout and built[0].stat().st_mtime < source.stat().st_mtime):
            old.append(source.stem)
    if not old:
        return Finding("compiled parts", True, ", ".join(source.stem for source in parts), vital=True)
    mend = "python scripts/build_hook.py" if checkout else "pip install --force-reinstall yanbao-tagger"
    return Finding(
        "compiled parts", False, f"missing or older than their source: {', '.join(old)}", mend, vital=True
    )


def _door(door: Door) -> Finding:
    """Whether the packages of a front door are there, and what else it needs."""
    found = {package: _version(package) for package in door.packages}
    about = ", ".join(f"{package} {number or 'missing'}" for package, number in found.items())
    if None in found.values():
        package = f"yanbao-tagger[{door.extra}]" if door.extra else "yanbao-tagger"
        return Finding(door.name, False, about, f"pip install '{package}'")
    broken = next(filter(None, map(_broken, door.modules or door.packages)), None)
    if broken:
        return Finding(
            door.name, False, f"{about}; {broken}", f"pip install --force-reinstall {' '.join(door.packages)}"
        )
    if door.name == "tokenizer pkuseg":
        return _pkuseg(door.name, about)
    return _java(door.name, about) if door.name == "Spark" else Finding(door.name, True, about)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        # A package that lies on the path without having been installed still works.
        return "without a version" if find_spec(package.replace("-", "_")) else None


def _broken(module: str) -> str | None:
    """Why a module that is installed cannot be imported, in one line; None where it can."""
    try:
        import_module(module)
    except Exception as error:
        return f"{module} does not import ({type(error).__name__}: {str(error).partition(chr(10))[0]})"
    return None


def _pkuseg(name: str, about: str) -> Finding:
    from tagger import pkuseg_model
    from tagger.tokenizers import TokenizerError

    try:
        return Finding(name, True, f"{about}, model {pkuseg_model.find()}")
    except TokenizerError as error:
        return Finding(name, False, f"{about}, no model", str(error))


def _java(name: str, about: str) -> Finding:
    from tagger.spark import SparkError, java

    try:
        program = java()
        said = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=30, check=True)  # noqa: S603
        return Finding(name, True, f"{about}, {said.stderr.splitlines()[0]}")
    except SparkError as error:
        return Finding(name, False, f"{about}, no Java", str(error))
    except (OSError, subprocess.SubprocessError, IndexError) as error:
        return Finding(name, False, f"{about}, Java does not start", f"{error}; install Java 17")


def _lexicon(folder: Path | None) -> Finding:
    from tagger import lexicon, resources

    try:
        place = resources.lexicon_folder(folder)
        knowledge = lexicon.load(place)
    except (lexicon.LexiconError, OSError) as error:
        return Finding(
            "lexicons", False, str(error), "unset TAGGER_LEXICONS, or name a folder of lexicons", vital=True
        )
    return Finding(
        "lexicons", True, f"{knowledge.version}, {len(knowledge.entries)} entries, {place}", vital=True
    )


def _model(folder: Path | None) -> Finding:
    from tagger import resources
    from tagger.themes import ModelError, ThemeModel

    try:
        place = resources.model_folder(folder)
        config = ThemeModel.load(place).config
    except (ModelError, OSError) as error:
        return Finding(
            "theme model",
            False,
            str(error),
            "unset TAGGER_MODEL, or train a model with scripts/train",
            vital=True,
        )
    return Finding(
        "theme model", True, f"{config.weights[:16]}, trained on {config.data[:16]}, {place}", vital=True
    )
