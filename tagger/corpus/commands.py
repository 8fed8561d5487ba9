"""``tagger export``, ``tagger import`` and ``tagger review``: arguments in, one function call, messages out."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.messages import SKIPPED, USAGE, say, stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Tagged = Annotated[list[Path], typer.Argument(help="Tagged JSONL.", metavar="TAGGED...")]
Folder = Annotated[
    Path, typer.Option("-o", "--output", help="Folder to write; it gets this name when all of it is written.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a corpus that is there already.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this room to the command line."""
    app.command("export", epilog="Example: tagger export tagged.jsonl --to spacy -o corpus/")(export)
    app.command("import", epilog="Example: tagger import label-studio project-1.json -o gold.jsonl")(import_)
    app.command("review", epilog="Example: tagger review tagged.jsonl --to doccano --limit 300 -o tasks/")(
        review
    )


def export(
    tagged: Tagged,
    output: Folder,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="jsonl, spacy, conll, conll-bioes, brat, doccano, label-studio, parquet, fasttext or huggingface.",
        ),
    ],
    level: Annotated[
        str, typer.Option(help="What a text is: document, paragraph or sentence.")
    ] = "paragraph",
    kind: Annotated[list[str] | None, typer.Option(help="Only mentions of this kind. Repeatable.")] = None,
    theme: Annotated[list[str] | None, typer.Option(help="Only texts with this theme. Repeatable.")] = None,
    primary: Annotated[bool, typer.Option("--primary", help="One theme a text, the primary one.")] = False,
    mask: Annotated[
        bool,
        typer.Option(
            "--mask", help="Leave out what says whose report it is: metadata, source, id, masthead."
        ),
    ] = False,
    shares: Annotated[str, typer.Option("--split", help="Shares of train, dev and test.")] = "80,10,10",
    dev_from: Annotated[
        str | None, typer.Option(help="Reports of this day or later are dev, instead of a share.")
    ] = None,
    test_from: Annotated[
        str | None, typer.Option(help="Reports of this day or later are test, instead of a share.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another number shares out otherwise.")] = 0,
    no_near: Annotated[bool, typer.Option("--no-near", help="Do not look for near-duplicates.")] = False,
    keep: Annotated[Path | None, typer.Option(help="An earlier corpus whose splits are kept.")] = None,
    licence: Annotated[str, typer.Option(help="Licence that the data sheet names.")] = "unspecified",
    annotators: Annotated[
        tuple[Path, Path] | None,
        typer.Option(help="The same texts by two annotators; the data sheet tells how far they agree."),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Write a labelled corpus for another tool, split, without near-duplicates across, with a data sheet."""
    from tagger.corpus.export import export as write
    from tagger.corpus.formats import Plan
    from tagger.corpus.select import Selection
    from tagger.corpus.split import Rule

    with _said(), _progress(tagged, passes=2) as advance:
        rule = Rule(
            _shares(shares),
            seed,
            _day("--dev-from", dev_from),
            _day("--test-from", test_from),
            near=not no_near,
        )
        selection = Selection(level, tuple(kind or ()), tuple(theme or ()), mask)  # type: ignore[arg-type]
        plan = Plan(primary_only=primary, masked=mask, licence=licence)
        done = write(
            tagged, to, output, selection, rule, plan,
            keep=keep, annotators=annotators, versions=_versions(), overwrite=overwrite, advance=advance,
        )  # fmt: skip
    texts = ", ".join(f"{number} {split}" for split, number in done.figures["texts"].items())
    say(f"{texts} → {output}")
    left_out = done.figures["duplicates"].get("left out", 0)
    if left_out:
        say(f"{left_out} texts left out: near-duplicates of texts in two splits")
    for what, number in done.lost.items():
        say(f"{to} cannot hold {number} {what}")


def import_(
    form: Annotated[
        str, typer.Argument(help="doccano, label-studio, brat, conll, spacy or jsonl.", metavar="FORMAT")
    ],
    path: Annotated[Path, typer.Argument(help="What the annotation tool exported: a file, or a folder.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Write JSONL here, one record a line.")],
) -> None:
    """Make records of what annotators gave back; what cannot be kept is told and makes the exit status 1."""
    from tagger.corpus.formats import read
    from tagger.files import whole_file
    from tagger.schema import encode

    losses = 0
    done = 0

    def report(line: str) -> None:
        nonlocal losses
        losses += 1
        say(line)

    with _said(), whole_file(output) as file:
        for document in read(form, path, report):
            file.write(encode(document) + b"\n")
            done += 1
        if not done:
            stop(f"{path}: nothing in it, so nothing was written", SKIPPED)
    say(f"{done} records, {losses} things told above → {output}")
    if losses:
        raise typer.Exit(SKIPPED)


def review(
    tagged: Tagged,
    output: Folder,
    to: Annotated[str, typer.Option("--to", help="doccano or label-studio.")] = "label-studio",
    limit: Annotated[int, typer.Option(help="How many paragraphs at the most.", min=1)] = 200,
    overwrite: Overwrite = False,
) -> None:
    """Choose the paragraphs worth a person's time, ready to annotate with the tagger's guesses marked."""
    from tagger.corpus.review import review as choose

    with _said(), _progress(tagged, passes=2) as advance:
        done = choose(tagged, to, output, limit, overwrite=overwrite, advance=advance)
    reasons = ", ".join(f"{number} {reason}" for reason, number in done.reasons.most_common())
    say(f"{done.chosen} paragraphs ({reasons}) → {output}")


@contextlib.contextmanager
def _said() -> Iterator[None]:
    """Errors as one line and an exit status."""
    from tagger.corpus.errors import CorpusError

    try:
        yield
    except KeyboardInterrupt:
        stop("stopped; nothing was written", 130)
    except CorpusError as error:
        stop(str(error), USAGE)
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}" if error.filename else str(error), USAGE)


@contextlib.contextmanager
def _progress(inputs: Sequence[Path], passes: int) -> Iterator[Callable[[int], None] | None]:
    """A bar over the bytes to read, where someone looks at it."""
    if not sys.stderr.isatty() or not all(path.is_file() for path in inputs):
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=passes * sum(path.stat().st_size for path in inputs))
        yield lambda size: progress.advance(task, size)


def _shares(text: str) -> tuple[float, float, float]:
    try:
        train, dev, test = (float(part) for part in text.split(","))
    except ValueError:
        stop(f"--split {text}: not three numbers such as 80,10,10", USAGE)
    if min(train, dev, test) < 0 or train + dev + test <= 0:
        stop(f"--split {text}: shares are not below zero, and not all zero", USAGE)
    return train, dev, test


def _day(option: str, text: str | None) -> str | None:
    """A day, month or year as the days of reports are compared with it."""
    from datetime import datetime

    if text is not None:
        try:
            datetime.strptime(text + "-01-01"[len(text) - 4 :], "%Y-%m-%d")
        except ValueError:
            stop(f"{option} {text}: not a day such as 2025-06-30, nor a month or a year", USAGE)
    return text


def _versions() -> dict[str, str]:
    """What the data sheet says of the tagger as it is installed."""
    import msgspec

    from tagger import __version__, resources

    config = msgspec.json.decode((resources.model_folder() / "config.json").read_bytes())
    return {"tagger": __version__, "lexicon": config["lexicon"], "model": config["weights"][:16]}
