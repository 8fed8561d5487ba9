"""What is used unless something else is asked for: where lexicons and models lie, and which tokenizer cuts."""

from __future__ import annotations

import os
from pathlib import Path

TOKENIZER = "unigram"
_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def _find(given: str | os.PathLike[str] | None, variable: str, *parts: str) -> Path:
    if given is not None:
        chosen = Path(given)
    elif variable in os.environ:
        chosen = Path(os.environ[variable])
    else:
        inside = _PACKAGE.joinpath("_data", *parts)
        return inside if inside.is_dir() else _CHECKOUT.joinpath(*parts)
    if not chosen.is_dir():
        raise FileNotFoundError(f"{chosen}: no such folder (from {variable} or the option)")
    return chosen


def lexicon_folder(given: str | os.PathLike[str] | None = None) -> Path:
    """The folder of lexicon CSVs: ``given``, else ``TAGGER_LEXICONS``, else the one shipped."""
    return _find(given, "TAGGER_LEXICONS", "lexicons")


def model_folder(given: str | os.PathLike[str] | None = None) -> Path:
    """The folder of the theme model: ``given``, else ``TAGGER_MODEL``, else the one shipped."""
    return _find(given, "TAGGER_MODEL", "models", "themes", "model")
