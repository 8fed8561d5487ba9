"""``tagger train``, ``tagger evaluate`` and ``tagger explain``: arguments in, one function call, messages out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tagger.messages import SKIPPED, USAGE, Lexicons, TokenizerName, UserLexicons, say, stop
from tagger.resources import TOKENIZER

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from tagger.lexicon import View
    from tagger.schema import Mention
    from tagger.themes.evaluate import Answer
    from tagger.themes.samples import Sample

ModelFolder = Annotated[
    Path | None, typer.Option("--model", help="Folder of the theme model (or TAGGER_MODEL).")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this room to the command line."""
    app.command(
        "train", epilog="Example: tagger train mine.jsonl -o mymodel/; tagger tag reports/ --model mymodel/"
    )(train)
    app.command("evaluate", epilog="Example: tagger evaluate gold.jsonl --model mymodel/ --errors 20")(
        evaluate
    )
    app.command("explain", epilog="Example: tagger explain 深圳市印发训力券管理办法")(explain)


class TextAnalyser:
    """Reads a text as the corridor does up to the mentions; needs no trained model."""

    def __init__(
        self, lexicons: Path | None = None, more: list[Path] | None = None, tokenizer: str = TOKENIZER
    ) -> None:
        from tagger import lexicon, resources, tokenizers
        from tagger.matching.matcher import Matcher

        self.lexicon = lexicon.load(resources.lexicon_folder(lexicons), *(more or ()))
        self.tokenizer = tokenizers.make(tokenizer)
        self._matcher = Matcher(self.lexicon)

    def analyse(self, text: str) -> tuple[View, bytes, list[Mention]]:
        """The folded view of a text, the bounds of its words and its mentions."""
        view = self.lexicon.folder.fold(text)
        bounds = self.tokenizer.bounds(view.text)
        return view, bounds, self._matcher.match(view, bounds, None)


def train(
    corpus: Annotated[
        Path,
        typer.Argument(
            help='JSONL of {"text", "theme", "themes", "style", "family"}, or a folder of such files.'
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write the model to.")],
    other: Annotated[
        float | None,
        typer.Option(
            min=0.01,
            max=0.99,
            help="Share of `other` in the texts to be labelled, where the corpus has another.",
        ),
    ] = None,
    notes: Annotated[Path | None, typer.Option(help="Markdown to put into the model card.")] = None,
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
    tokenizer: TokenizerName = TOKENIZER,
) -> None:
    """Train a theme model on labelled paragraphs; themes of your own work like the shipped ones."""
    samples = _samples(corpus)
    try:
        from tagger.themes.train import save
        from tagger.themes.train import train as train_model

        trained = train_model(samples, TextAnalyser(lexicons, add_lexicon, tokenizer), other=other)
        save(trained, output, notes.read_text(encoding="utf-8") if notes else "")
    except ModuleNotFoundError as error:
        stop(f"training needs the package {error.name}: pip install 'yanbao-tagger[train]'", USAGE)
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}" if error.filename else str(error), USAGE)
    except ValueError as error:
        stop(str(error), USAGE)
    held_out = trained.metrics["held_out"]
    say(
        f"{len(samples)} paragraphs, {len(trained.config.labels)} themes → {output} "
        f"(held out by {held_out['kept_apart']}: macro F1 {held_out['macro_f1']:.3f})"
    )


def evaluate(
    gold: Annotated[
        Path, typer.Argument(help='JSONL of {"text", "theme" or "primary", "themes", "source"}.')
    ],
    model: ModelFolder = None,
    errors: Annotated[int, typer.Option(help="How many wrong answers to show, the surest first.")] = 10,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as JSON and nothing else.")
    ] = False,
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
    tokenizer: TokenizerName = TOKENIZER,
) -> None:
    """Measure a theme model on labelled paragraphs: by theme, source and length, with its calibration and errors."""
    from tagger.pipeline import Tagger
    from tagger.themes.evaluate import answers_of, errors_of, measure

    samples = _samples(gold)
    try:
        tagger = Tagger(lexicons, user_lexicons=add_lexicon or (), model=model, tokenizer=tokenizer)
    except (OSError, ValueError) as error:
        stop(str(error), USAGE)
    answers = answers_of(samples, tagger.tag)
    figures = measure(answers)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    _show_figures(figures, errors_of(answers)[:errors])


def explain(
    text: Annotated[str, typer.Argument(help="A paragraph, or - for standard input.")],
    section: Annotated[str, typer.Option(help="Section of the report it stands in, such as risk.")] = "body",
    top: Annotated[int, typer.Option(help="How many reasons to show.")] = 20,
    model: ModelFolder = None,
    lexicons: Lexicons = None,
    add_lexicon: UserLexicons = None,
    tokenizer: TokenizerName = TOKENIZER,
) -> None:
    """Show why a paragraph gets its theme: which words, mentions and section speak for and against it."""
    import sys

    from tagger import resources
    from tagger.schema import SECTIONS
    from tagger.themes.explain import explain as explain_text
    from tagger.themes.steps import SteppedModel

    paragraph = (sys.stdin.read() if text == "-" else text).strip()
    if not paragraph:
        stop("nothing to explain", USAGE)
    if section not in SECTIONS:
        stop(f"no section {section!r}; choose from {', '.join(SECTIONS)}", USAGE)
    try:
        themes = SteppedModel.load(resources.model_folder(model))
        found = explain_text(paragraph, themes, TextAnalyser(lexicons, add_lexicon, tokenizer), section)
    except (OSError, ValueError) as error:
        stop(str(error), USAGE)
    chances = sorted(found.chances.items(), key=lambda item: -item[1])
    typer.echo(
        f"{' + '.join(found.themes)}   ({', '.join(f'{label} {chance:.2f}' for label, chance in chances)})"
    )
    typer.echo(f"\nfor {found.label} (+) or {found.runner_up} (−):")
    for reason in found.reasons[:top]:
        typer.echo(f"  {reason.value:+6.2f}  {reason.sort:<10}  {reason.text}")
    rest = found.reasons[top:]
    if rest:
        typer.echo(f"  {sum(reason.value for reason in rest):+6.2f}  {len(rest)} more")


def _samples(path: Path) -> list[Sample]:
    from tagger.themes.samples import read_samples

    try:
        return read_samples(path)
    except OSError as error:
        stop(f"{path}: {error.strerror or error}", USAGE)
    except ValueError as error:
        stop(str(error), SKIPPED)


def _show_figures(figures: dict[str, Any], errors: list[Answer]) -> None:
    from rich.console import Console

    console = Console()
    for name in ("all", "sure"):
        if name in figures:
            _show_one(name, figures[name], console)
    for name in ("by_source", "by_length"):
        if figures[name]:
            rows = [
                [key, row["paragraphs"], row["macro_f1"], row["accuracy"], row["sets_micro_f1"]]
                for key, row in figures[name].items()
            ]
            console.print(
                _table(name.replace("_", " "), ["", "paragraphs", "macro F1", "accuracy", "sets F1"], rows)
            )
    for answer in errors:
        best = max(answer.paragraph.scores.values(), default=0.0)
        say_text = answer.sample.text.replace("\n", " ")
        console.print(
            f"{answer.sample.theme} → {answer.paragraph.theme} {best:.2f}  {say_text[:100]}",
            markup=False,
            highlight=False,
        )


def _show_one(name: str, figures: dict[str, Any], console: Console) -> None:
    rows = [
        [
            label,
            row["precision"],
            row["recall"],
            row["f1"],
            *(figures["confusion"][label].get(other, 0.0) for other in figures["themes"]),
        ]
        for label, row in figures["themes"].items()
    ]
    titles = ["theme", "P", "R", "F1", *(f"→ {label}" for label in figures["themes"])]
    console.print(_table(f"{name}: {figures['paragraphs']} paragraphs", titles, rows))
    uncertain = figures["uncertain"]
    console.print(
        f"macro F1 {figures['macro_f1']:.4f}   accuracy {figures['accuracy']:.4f}   sets F1 {figures['sets_micro_f1']:.4f}   "
        f"calibration error {figures['calibration_error']:.4f}\n"
        f"uncertain {uncertain['share']:.1%}, wrong among them {uncertain['errors']:.1%}, among the others {uncertain['errors_of_the_others']:.1%}\n",
        highlight=False,
    )


def _table(title: str, titles: list[str], rows: list[list[Any]]) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for number, name in enumerate(titles):
        table.add_column(name, justify="left" if number == 0 else "right")
    for row in rows:
        table.add_row(
            *(
                f"{cell:.3f}"
                if isinstance(cell, float) and cell <= 1 and not cell.is_integer()
                else f"{cell:g}"
                if isinstance(cell, float)
                else str(cell)
                for cell in row
            )
        )
    return table
