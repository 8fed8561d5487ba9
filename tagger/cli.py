"""The command line: arguments in, one function call, messages out."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from tagger.messages import SKIPPED, USAGE, Lexicons, TokenizerName, UserLexicons
from tagger.messages import say as _say
from tagger.messages import stop as _stop
from tagger.resources import TOKENIZER

if TYPE_CHECKING:
    from rich.console import Console

    from tagger.pipeline import Tagger
    from tagger.runs import Plan
    from tagger.schema import Document
    from tagger.settings import Settings

ROOMS = {
    "tagger.corpus.commands": ("export", "import", "review"),
    "tagger.front_doors": ("spark", "doctor", "dictionary", "pkuseg-model"),
    "tagger.themes.commands": ("train", "evaluate", "explain"),
    "tagger.lexicon.commands": ("lexicon",),
}
"""The modules that register further commands, and which."""


class Commands(TyperGroup):
    """All commands; those of a room are made when one of them is called, or all are listed."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002
        """Ours, then room by room."""
        theirs = [name for names in ROOMS.values() for name in names]
        return [*(name for name in self.commands if name not in theirs), *theirs]

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """The command of that name; None when there is none."""
        room = next((room for room, names in ROOMS.items() if cmd_name in names), None)
        if room is not None and cmd_name not in self.commands:
            its = typer.Typer(rich_markup_mode=None)
            import_module(room).register(its)
            self.commands.update(typer.main.get_group(its).commands)
        return super().get_command(ctx, cmd_name)


app = typer.Typer(
    name="tagger",
    cls=Commands,
    help="研报标注：政策、资金工具、金额、日期、模型、算力，段落主题，政策时间线。\n\nTags Chinese research reports: what they name, what each paragraph is about, which policy acts they tell.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

ModelFolder = Annotated[
    Path | None, typer.Option("--model", help="Folder of the theme model (or TAGGER_MODEL).")
]


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
def _options(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    if version:
        from tagger import __version__

        typer.echo(f"tagger {__version__}")
        raise typer.Exit


@app.command(epilog="Example: tagger tag reports/ -o tagged.jsonl")
def tag(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, JSONL with a text a line, or - for standard input.", metavar="INPUT..."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write JSONL here, one record a line, instead of the view."),
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="Day of the report where it says none itself, as 2024-12-31.")
    ] = None,
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
    model: ModelFolder = None,
    tokenizer: TokenizerName = TOKENIZER,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 is one a processor.")] = 0,
    as_they_finish: Annotated[
        bool,
        typer.Option(
            "--as-they-finish", help="Write records as they are ready, not in the order of the input."
        ),
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run to the same file that was cut short.")
    ] = False,
    errors: Annotated[
        Path | None, typer.Option(help="Write what was skipped, and why, here as JSONL.")
    ] = None,
) -> None:
    """Tag reports: a view in the terminal, or JSONL records with -o (compressed with .gz or .zst)."""
    from tagger.runs import Plan

    _check_inputs(inputs)
    settings = _settings(lexicons, add_lexicon, model, tokenizer)
    plan = Plan(inputs, published, workers, not as_they_finish, resume, errors)
    if output is None and sys.stdout.isatty():
        skipped = _show_tagged(plan, _tagger(settings))
    elif output is None or str(output) == "-":
        skipped = _tag_to_stdout(plan, settings)
    else:
        skipped = _tag_to_file(plan, settings, output)
    if skipped:
        raise typer.Exit(SKIPPED)


def _tag_to_stdout(plan: Plan, settings: Settings) -> int:
    """Tag to standard output; the answer is how many were skipped."""
    from tagger.batch import BatchError
    from tagger.runs import to_stream

    try:
        return to_stream(plan, _tagger(settings), settings, sys.stdout.buffer).skipped
    except BrokenPipeError:  # nobody listens any more
        raise
    except OSError as error:
        _stop(f"standard output: {error.strerror or error}", USAGE)
    except BatchError as error:
        _stop(str(error), SKIPPED)


def _tag_to_file(plan: Plan, settings: Settings, output: Path) -> int:
    """Tag into a file; the answer is how many were skipped."""
    from tagger.batch import BatchError
    from tagger.compress import CompressionError
    from tagger.journal import JournalError
    from tagger.runs import to_file

    tagger = _tagger(settings)
    try:
        outcome = to_file(plan, tagger, settings, output)
    except (JournalError, CompressionError) as error:
        _stop(str(error), USAGE)
    except OSError as error:
        _stop(f"{error.filename or output}: {error.strerror or error}", USAGE)
    except BatchError as error:
        _stop(f"{error}; --resume goes on", SKIPPED)
    except KeyboardInterrupt:
        _stop("stopped; what is done stays done, --resume goes on", 130)
    if not outcome.tagged + outcome.before:
        _stop("nothing was tagged, so nothing was written", SKIPPED)
    earlier = f", {outcome.before} before" if outcome.before else ""
    _say(f"{outcome.tagged} tagged{earlier}, {outcome.skipped} skipped → {output}")
    return outcome.skipped


def _show_tagged(plan: Plan, tagger: Tagger) -> int:
    """Show records in the terminal; the answer is how many were skipped."""
    from tagger.inputs import Fault, items_of, tagged
    from tagger.view import show

    console = _console()
    skipped = 0
    for item in items_of(plan.inputs):
        document = tagged(tagger, item, plan.published)
        if isinstance(document, Fault):
            skipped += 1
            _say(str(document))
        else:
            show(document, console)
    return skipped


@app.command(epilog="Example: tagger read report.pdf --dropped")
def read(
    files: Annotated[
        list[Path], typer.Argument(help="Reports: PDF, DOCX, HTML, Markdown or text.", metavar="FILE...")
    ],
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
    tagged: Annotated[
        list[Path], typer.Argument(help="Tagged JSONL, or - for standard input.", metavar="TAGGED...")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write here: .json .jsonl .csv .xlsx .html .ics .md .parquet."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Acts of this day or later: 2024, 2024-12 or 2024-12-18.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Acts of this day or earlier.")] = None,
    region: Annotated[
        list[str] | None,
        typer.Option(help="Acts of this place and the places in it; 全国 for national ones. Repeatable."),
    ] = None,
    instrument: Annotated[
        list[str] | None, typer.Option(help="Acts with this means, such as 算力券. Repeatable.")
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(help="issued, draft, planned, cited, amended or repealed. Repeatable.")
    ] = None,
    query: Annotated[str | None, typer.Option(help="Words that title, bodies or evidence must hold.")] = None,
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
) -> None:
    """Merge the acts that tagged reports tell into one timeline: a table, or a file with -o."""
    from tagger import lexicon, resources
    from tagger.timeline import Selection, TaggedError, WriterError, build, check_format, write

    selection = Selection(
        since, until, tuple(region or ()), tuple(instrument or ()), tuple(status or ()), query
    )
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


def _settings(lexicons: Path | None, more: list[Path] | None, model: Path | None, tokenizer: str) -> Settings:
    from tagger.settings import Settings

    return Settings(
        str(lexicons) if lexicons else None,
        tuple(map(str, more or ())),
        str(model) if model else None,
        tokenizer,
    )


def _tagger(settings: Settings) -> Tagger:
    from tagger.lexicon import LexiconError
    from tagger.themes import ModelError

    gc.disable()  # what is loaded stays, and collecting meanwhile would only walk it again and again
    try:
        return settings.tagger()
    except (LexiconError, ModelError, OSError, ValueError) as error:
        _stop(str(error), USAGE)
    finally:
        gc.enable()


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
