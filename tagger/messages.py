"""What all commands share: messages on standard error, exit statuses, the options for lexicons and words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

USAGE, SKIPPED = 2, 1
"""Exit statuses: it was called wrongly or cannot run; something was skipped or found wrong."""

Lexicons = Annotated[
    Path | None,
    typer.Option(
        "--lexicons", help="Folder of lexicons to use instead of those shipped (or TAGGER_LEXICONS)."
    ),
]
UserLexicons = Annotated[
    list[Path] | None,
    typer.Option(
        "--add-lexicon", help="Folder of lexicons laid over the others; may be given more than once."
    ),
]

TokenizerName = Annotated[
    str, typer.Option("--tokenizer", help="What cuts words: unigram, rjieba, jieba, pkuseg or char.")
]


def say(message: str) -> None:
    """A message that is no result."""
    typer.echo(f"tagger: {message}", err=True)


def stop(message: str, status: int) -> NoReturn:
    """Say why and end with a status."""
    say(message)
    raise SystemExit(status)
