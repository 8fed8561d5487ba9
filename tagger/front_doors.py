"""``tagger spark``, ``doctor``, ``dictionary`` and ``pkuseg-model``: arguments in, one function call, messages out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tagger.messages import SKIPPED, USAGE, Lexicons, TokenizerName, UserLexicons, say, stop
from tagger.resources import TOKENIZER

Model = Annotated[Path | None, typer.Option("--model", help="Folder of the theme model (or TAGGER_MODEL).")]


def register(app: typer.Typer) -> None:
    """Add the commands of this room to the command line."""
    app.command("spark", epilog="Example: tagger spark --input reports.parquet --output tagged.parquet")(
        spark
    )
    app.command("doctor", epilog="Example: tagger doctor")(doctor)
    app.command("dictionary", epilog="Example: tagger dictionary --to jieba -o words.txt")(dictionary)
    app.command("pkuseg-model", epilog="Example: tagger pkuseg-model")(pkuseg_model)


def spark(
    source: Annotated[
        str, typer.Option("--input", help="Parquet, JSONL with a text a line, or texts, by its ending.")
    ],
    output: Annotated[str, typer.Option("--output", help="Parquet folder to write: one row a document.")],
    text: Annotated[str, typer.Option(help="Column of the text in Parquet.")] = "text",
    timeline: Annotated[
        Path | None, typer.Option(help="Write the timeline of all records here too: .json .html .xlsx …")
    ] = None,
    master: Annotated[
        str | None, typer.Option(help="Where Spark runs, as local[4]; not needed under spark-submit.")
    ] = None,
    tokenizer: TokenizerName = TOKENIZER,
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
    model: Model = None,
) -> None:
    """Tag on a Spark cluster; a document that fails is a row with its error."""
    from tagger.lexicon import LexiconError
    from tagger.settings import Settings

    settings = Settings(_path(lexicons), tuple(map(str, add_lexicon or ())), _path(model), tokenizer)
    try:
        from tagger import spark as room
        from tagger.timeline import WriterError, check_format

        # What is wrong with the settings shows here, in one line and before Spark starts, and not in every worker.
        if timeline is not None:
            check_format(timeline)
        settings.tagger()
        done = room.run(room.session(master), source, output, text=text, timeline=timeline, settings=settings)
    except ModuleNotFoundError as error:
        stop(f"Spark needs the package {error.name}: pip install 'yanbao-tagger[spark]'", USAGE)
    except (LexiconError, WriterError, OSError, ValueError) as error:
        stop(str(error), USAGE)
    say(f"{done.documents - done.failed} tagged, {done.failed} rows with an error → {output}")
    if done.events is not None:
        say(f"{done.events} events → {timeline}")
    if done.failed:
        raise typer.Exit(SKIPPED)


def doctor(lexicons: Lexicons = None, model: Model = None) -> None:
    """Show what is installed, which front doors work, and how to mend what does not."""
    from rich.console import Console
    from rich.table import Table

    from tagger.doctor import examine

    findings = list(examine(lexicons, model))
    table = Table(box=None, show_header=False, pad_edge=False)
    for overflow in ("fold", "fold", "fold"):  # a path cut off would be of no use
        table.add_column(overflow=overflow)
    for finding in findings:
        table.add_row("✓" if finding.works else "–", finding.name, finding.about)
        if finding.mend:
            table.add_row("", "", f"→ {finding.mend}")
    Console(highlight=False, markup=False, soft_wrap=False).print(table)
    if not all(finding.works for finding in findings if finding.vital):
        raise typer.Exit(USAGE)


def dictionary(
    to: Annotated[str, typer.Option("--to", help="jieba, pkuseg or entity-ruler (spaCy patterns, JSONL).")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write.")],
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
) -> None:
    """Export the lexicon's terms as a dictionary for another tool."""
    from tagger import lexicon, resources
    from tagger.files import whole_file
    from tagger.lexicon.dictionaries import EXPORTS

    if to not in EXPORTS:
        stop(f"--to {to}: there are {', '.join(EXPORTS)}", USAGE)
    try:
        knowledge = lexicon.load(resources.lexicon_folder(lexicons), *(add_lexicon or ()))
        lines = list(EXPORTS[to](knowledge))
        with whole_file(output) as file:
            file.writelines(line.encode() + b"\n" for line in lines)
    except OSError as error:
        stop(f"{error.filename or output}: {error.strerror or error}", USAGE)
    except lexicon.LexiconError as error:
        stop(str(error), USAGE)
    say(f"{len(lines)} lines → {output}")


def pkuseg_model(
    source: Annotated[
        Path | None,
        typer.Argument(
            help="pkuseg's source distribution, or a zip or folder of a model (default: pip gets the first)."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Folder to write (default: pkuseg's home, ~/.pkuseg)."),
    ] = None,
) -> None:
    """Make pkuseg's model ready for offline use; its pickle is read as data and runs nothing."""
    from tagger import pkuseg_model as room
    from tagger.tokenizers import TokenizerError

    try:
        folder = room.fetch(output) if source is None else room.unpack(source, output)
    except TokenizerError as error:
        stop(str(error), USAGE)
    except OSError as error:
        stop(f"{error.filename or source}: {error.strerror or error}", USAGE)
    say(f"model → {folder}")


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path)
