"""`tagger lexicon …`: check, look up, add, discover and count the lines of the lexicons."""

from __future__ import annotations

import contextlib
import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from tagger.messages import SKIPPED, USAGE, Lexicons, UserLexicons, say, stop

app = typer.Typer(
    help="Check, look up, add, discover and count the lines of the lexicons.", no_args_is_help=True
)


def register(tagger: typer.Typer) -> None:
    """Add the commands of this room to the command line."""
    tagger.add_typer(app, name="lexicon")


@app.command(epilog="Example: tagger lexicon lint --add-lexicon my-lexicons --fix")
def lint(
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend blanks, width, repeated aliases, order and line ends first.")
    ] = False,
) -> None:
    """Check the lexicons; every finding names file, line and check, and makes the exit status 1."""
    from tagger.lexicon import lint as checks

    with _one_line_errors():
        folders = _folders(lexicons, add_lexicon)
        if fix:
            for path in checks.fix(*folders):
                say(f"mended {path}")
        findings = checks.lint(*folders)
    for finding in findings:
        typer.echo(str(finding))
    if findings:
        say(f"{len(findings)} findings")
        raise typer.Exit(SKIPPED)
    say(f"{'、'.join(map(str, folders))}: clean")


@app.command(epilog="Example: tagger lexicon show 机器人 --in 机器人（300024.SZ）今日涨停")
def show(
    term: Annotated[str, typer.Argument(help="A name or alias.")],
    text: Annotated[
        str | None, typer.Option("--in", help="Say too what becomes of the term in this text.")
    ] = None,
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
) -> None:
    """Show what a term names and why it would or would not be found."""
    from tagger import lexicon, tokenizers
    from tagger.lexicon import ask

    with _one_line_errors():
        knowledge = lexicon.load(*_folders(lexicons, add_lexicon))
    tokenizer = tokenizers.make()
    for line in ask.explain(term, knowledge, tokenizer.cut(knowledge.folder.fold_term(term))):
        typer.echo(line)
    if text is not None:
        from tagger.matching.matcher import Matcher

        view = knowledge.folder.fold(text)
        bounds = tokenizer.bounds(view.text)
        mentions = Matcher(knowledge).match(view, bounds, None)
        for line in ask.in_text(term, knowledge, view, bounds, mentions):
            typer.echo(line)


@app.command(
    epilog="Example: tagger lexicon add instruments 星火券 --alias 星火补贴券 --set type=voucher --to my-lexicons"
)
def add(
    category: Annotated[str | None, typer.Argument(help="policies, instruments, models, companies …")] = None,
    name: Annotated[str | None, typer.Argument(help="The name of the new entry.")] = None,
    to: Annotated[
        Path | None,
        typer.Option(help="Folder to add to; it is made when missing. Without it, the lexicons in use."),
    ] = None,
    alias: Annotated[list[str] | None, typer.Option(help="Another surface. Repeatable.")] = None,
    cells: Annotated[list[str] | None, typer.Option("--set", help="COLUMN=VALUE. Repeatable.")] = None,
    rows: Annotated[
        Path | None, typer.Option(help="A CSV as `tagger lexicon discover` prints it, instead of one entry.")
    ] = None,
    lexicons: Lexicons = None,
) -> None:
    """Add an entry, or the rows of a file, when they pass every check."""
    from tagger.lexicon import edit

    if (rows is None) == (category is None or name is None):
        stop("give a category and a name, or --rows with a file", USAGE)
    with _one_line_errors():
        shipped = _folders(lexicons, None)
        lines = (
            edit.read_rows(rows) if rows else [(category or "", _cells(name or "", alias or [], cells or []))]
        )
        added = edit.add(to or shipped[0], lines, under=shipped)
    for key in added:
        typer.echo(key)
    say(f"{len(added)} added to {to or shipped[0]}")


@app.command(epilog="Example: tagger lexicon discover reports/ > found.csv")
def discover(
    reports: Annotated[
        list[str],
        typer.Argument(help="Files, folders, JSONL with a text a line, or -.", metavar="REPORTS..."),
    ],
    limit: Annotated[int, typer.Option(help="How many rows at the most.")] = 100,
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
) -> None:
    """Print vouchers, policies and models that the lexicons do not know, as CSV rows ready for `add --rows`."""
    from tagger.inputs import Fault, items_of, tagged
    from tagger.lexicon.discover import COLUMNS
    from tagger.lexicon.discover import discover as look
    from tagger.pipeline import Tagger

    with _one_line_errors():
        tagger = Tagger(lexicons, user_lexicons=add_lexicon or ())
    documents = []
    skipped = 0
    for item in items_of(reports):
        document = tagged(tagger, item)
        if isinstance(document, Fault):
            skipped += 1
            say(str(document))
        else:
            documents.append(document)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(candidate.row() for candidate in look(documents, tagger.lexicon)[:limit])
    if skipped:
        raise typer.Exit(SKIPPED)


@app.command(epilog="Example: tagger lexicon stats")
def stats(lexicons: Lexicons = None, add_lexicon: UserLexicons = None) -> None:
    """Count lines, surfaces and conditions of every lexicon."""
    from rich.console import Console
    from rich.table import Column, Table

    from tagger.lexicon import ask

    with _one_line_errors():
        counted = ask.stats(*_folders(lexicons, add_lexicon))
    table = Table(
        "lexicon",
        *(Column(name, justify="right") for name in ("lines", "surfaces", "weak")),
        "of which",
        box=None,
    )
    for stat in counted:
        parts = ", ".join(f"{name} {count}" for name, count in list(stat.parts.items())[:5])
        table.add_row(stat.stem, str(stat.lines), str(stat.surfaces), str(stat.weak), parts)
    Console().print(table)


def _folders(lexicons: Path | None, more: list[Path] | None) -> list[Path]:
    from tagger import resources

    return [resources.lexicon_folder(lexicons), *(more or ())]


def _cells(name: str, aliases: list[str], given: list[str]) -> dict[str, str]:
    """The cells of a line from what stands on the command line."""
    cells = {"name": name} | ({"aliases": "|".join(aliases)} if aliases else {})
    for pair in given:
        column, sign, value = pair.partition("=")
        if not sign:
            stop(f"--set {pair}: write COLUMN=VALUE", USAGE)
        cells[column] = value
    return cells


@contextlib.contextmanager
def _one_line_errors() -> Iterator[None]:
    """What is wrong with lexicons or files ends the command with one line."""
    from tagger.lexicon import LexiconError

    try:
        yield
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}" if error.filename else str(error), USAGE)
    except (LexiconError, ValueError) as error:
        stop(str(error), USAGE)
