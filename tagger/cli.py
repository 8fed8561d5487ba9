"""The command line: arguments in, one function call, messages out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger import front_doors
from tagger.corpus import commands as corpus_commands
from tagger.lexicon.commands import app as lexicon_commands
from tagger.messages import SKIPPED, USAGE, Lexicons, UserLexicons
from tagger.messages import say as _say
from tagger.messages import stop as _stop
from tagger.themes import commands as theme_commands

if TYPE_CHECKING:
    from rich.console import Console

    from tagger.inputs import Fault, Item
    from tagger.pipeline import Tagger
    from tagger.schema import Document

app = typer.Typer(
    name="tagger",
    help="研报标注：政策、资金工具、金额、日期、模型、算力，段落主题，政策时间线。\n\nTags Chinese research reports: what they name, what each paragraph is about, which policy acts they tell.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

ModelFolder = Annotated[Path | None, typer.Option("--model", help="Folder of the theme model (or TAGGER_MODEL).")]


def main() -> None:
    """Run the command line; errors of the environment are one line and an exit status."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(SKIPPED)
    except KeyboardInterrupt:
        _say("stopped")
        sys.exit(130)


@app.callback()
def _options(version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False) -> None:
    if version:
        from tagger import __version__

        typer.echo(f"tagger {__version__}")
        raise typer.Exit


@app.command(epilog="Example: tagger tag reports/ -o tagged.jsonl")
def tag(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, JSONL with a text a line, or - for standard input.", metavar="INPUT...")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write JSONL here, one record a line, instead of the view.")] = None,
    published: Annotated[str | None, typer.Option(help="Day of the report where it says none itself, as 2024-12-31.")] = None,
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
    model: ModelFolder = None,
    tokenizer: Annotated[str, typer.Option(help="rjieba, jieba, pkuseg or char.")] = "rjieba",
) -> None:
    """Tag reports: a view in the terminal, or JSONL records with -o."""
    from tagger.files import whole_file
    from tagger.inputs import items_of
    from tagger.schema import encode

    _check_inputs(inputs)
    tagger = _tagger(lexicons, add_lexicon, model, tokenizer)
    faults = 0
    done = 0
    if output is None and sys.stdout.isatty():
        console = _console()
        for item in items_of(inputs):
            document = _tagged(tagger, item, published)
            faults += document is None
            if document is not None:
                from tagger.view import show

                show(document, console)
    elif output is None or str(output) == "-":
        for item in items_of(inputs):
            document = _tagged(tagger, item, published)
            faults += document is None
            if document is not None:
                sys.stdout.buffer.write(encode(document) + b"\n")
    else:
        try:
            with whole_file(output) as file:
                for item in items_of(inputs):
                    document = _tagged(tagger, item, published)
                    faults += document is None
                    if document is not None:
                        file.write(encode(document) + b"\n")
                        done += 1
                if not done:
                    _stop("nothing was tagged, so nothing was written", SKIPPED)
        except OSError as error:
            _stop(f"{output}: {error.strerror or error}", USAGE)
        _say(f"{done} tagged, {faults} skipped → {output}")
    if faults:
        raise typer.Exit(SKIPPED)


@app.command(epilog="Example: tagger read report.pdf --dropped")
def read(
    files: Annotated[list[Path], typer.Argument(help="Reports: PDF, DOCX, HTML, Markdown or text.", metavar="FILE...")],
    dropped: Annotated[bool, typer.Option("--dropped", help="Show what was left out too, and why.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Show whole paragraphs.")] = False,
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
) -> None:
    """Show how reports are read: metadata, sections, paragraphs and where each came from."""
    from tagger import lexicon, resources
    from tagger.ingest import ReadError, read_file
    from tagger.ingest.view import as_text

    try:
        words = lexicon.load(resources.lexicon_folder(lexicons), *(add_lexicon or ()))
    except (lexicon.LexiconError, OSError) as error:
        _stop(str(error), USAGE)
    faults = 0
    for number, path in enumerate(files):
        try:
            reading = read_file(path, words)
        except (ReadError, OSError) as error:
            faults += 1
            _say(f"{path}: {error.strerror if isinstance(error, OSError) and error.strerror else error}")
            continue
        typer.echo(("\n" if number else "") + f"{path}\n" + as_text(reading, dropped=dropped, full=full))
    if faults:
        raise typer.Exit(SKIPPED)


@app.command(epilog="Example: tagger show tagged.jsonl")
def show(
    tagged: Annotated[list[Path], typer.Argument(help="Tagged JSONL.", metavar="TAGGED...")],
    limit: Annotated[int, typer.Option(help="How many records to show at the most.")] = 20,
) -> None:
    """Look at tagged records as `tagger tag` shows them."""
    from tagger.view import show as show_document

    console = _console()
    for number, document in enumerate(_records(tagged)):
        if number == limit:
            break
        show_document(document, console)


@app.command(epilog="Example: tagger timeline tagged.jsonl --since 2024-12 --region 广东 -o timeline.html")
def timeline(
    tagged: Annotated[list[Path], typer.Argument(help="Tagged JSONL, or - for standard input.", metavar="TAGGED...")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write here: .json .jsonl .csv .xlsx .html .ics .md .parquet.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Acts of this day or later: 2024, 2024-12 or 2024-12-18.")] = None,
    until: Annotated[str | None, typer.Option(help="Acts of this day or earlier.")] = None,
    region: Annotated[list[str] | None, typer.Option(help="Acts of this place and the places in it; 全国 for national ones. Repeatable.")] = None,
    instrument: Annotated[list[str] | None, typer.Option(help="Acts with this means, such as 算力券. Repeatable.")] = None,
    status: Annotated[list[str] | None, typer.Option(help="issued, draft, planned, cited, amended or repealed. Repeatable.")] = None,
    query: Annotated[str | None, typer.Option(help="Words that title, bodies or evidence must hold.")] = None,
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
) -> None:
    """Merge the acts that tagged reports tell into one timeline: a table, or a file with -o."""
    from tagger import lexicon, resources
    from tagger.timeline import Selection, TaggedError, WriterError, build, check_format, write

    selection = Selection(since, until, tuple(region or ()), tuple(instrument or ()), tuple(status or ()), query)
    try:
        if output is not None:
            check_format(output)
        knowledge = lexicon.load(resources.lexicon_folder(lexicons), *(add_lexicon or ()))
        events = build(tagged, selection, knowledge)
        if output is not None:
            write(events, output)
    except OSError as error:
        _stop(f"{error.filename}: {error.strerror}" if error.filename else str(error), USAGE)
    except (TaggedError, WriterError, ValueError) as error:
        _stop(str(error), USAGE)
    if output is not None:
        _say(f"{len(events)} events → {output}")
    elif events:
        from tagger.timeline.terminal import show

        show(events, _console())
    else:
        _say("no event fits")


@app.command(epilog="Example: tagger schema > record.schema.json")
def schema() -> None:
    """Print the JSON Schema of the record."""
    import json

    from tagger.schema import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


corpus_commands.register(app)
front_doors.register(app)
theme_commands.register(app)
app.add_typer(lexicon_commands, name="lexicon")


def _tagger(lexicons: Path | None, more: list[Path] | None, model: Path | None, tokenizer: str) -> Tagger:
    from tagger.lexicon import LexiconError
    from tagger.pipeline import Tagger
    from tagger.themes import ModelError

    try:
        return Tagger(lexicons, user_lexicons=more or (), model=model, tokenizer=tokenizer)
    except (LexiconError, ModelError, OSError, ValueError) as error:
        _stop(str(error), USAGE)


def _tagged(tagger: Tagger, item: Item | Fault, published: str | None) -> Document | None:
    """The record of an item; None, with a message, when it had to be skipped."""
    from tagger.inputs import Fault, tagged

    result = tagged(tagger, item, published)
    if isinstance(result, Fault):
        _say(str(result))
        return None
    return result


def _records(paths: list[Path]) -> list[Document]:
    import msgspec

    from tagger.schema import decode

    documents: list[Document] = []
    for path in paths:
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError as error:
            _stop(f"{path}: {error.strerror or error}", USAGE)
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    documents.append(decode(line))
                except msgspec.DecodeError as error:
                    _stop(f"{path}:{number}: not a tagged record ({error})", USAGE)
    return documents


def _check_inputs(inputs: list[str]) -> None:
    missing = [name for name in inputs if name != "-" and not Path(name).exists()]
    if len(missing) == len(inputs):
        _stop(f"{missing[0]}: no such file or folder", USAGE)


def _console() -> Console:
    from rich.console import Console

    return Console()


if __name__ == "__main__":
    main()
