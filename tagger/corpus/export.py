"""A corpus written whole or not at all: two passes over the records, one text in memory at a time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tagger.corpus import sheet
from tagger.corpus.agreement import agreement
from tagger.corpus.errors import CorpusError
from tagger.corpus.formats import Plan, missing, writer_of
from tagger.corpus.reading import records_in
from tagger.corpus.select import Selection
from tagger.corpus.split import LEFT_OUT, Rule, Split, read_kept, share_out
from tagger.files import whole_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Advance = Callable[[int], None]


class Exported(Struct):
    """What was written: the data sheet, and how much the format could not hold."""

    figures: dict[str, Any]
    lost: Counter[str]


def export(
    inputs: Sequence[Path],
    name: str,
    folder: Path,
    selection: Selection,
    rule: Rule,
    plan: Plan,
    *,
    keep: Path | None = None,
    annotators: tuple[Path, Path] | None = None,
    versions: dict[str, str] | None = None,
    overwrite: bool = False,
    advance: Advance | None = None,
) -> Exported:
    """Write tagged JSONL as a corpus in the format ``name``; ``folder`` gets its name when all of it is written.

    ``keep`` is an earlier corpus whose splits are kept, ``annotators`` two files of the same texts whose agreement
    the sheet tells, ``versions`` what the sheet says of lexicon and model. ``advance`` is told the bytes read; the
    inputs are read twice. Raises OSError, or CorpusError for input that is no tagged record, an unknown format, a
    missing package or nothing to write.
    """
    selection.check()
    make_writer = writer_of(name)
    kept = read_kept(keep) if keep is not None else None
    about = {
        "format": name,
        "level": selection.level,
        "licence": plan.licence,
        "masked": plan.masked,
        "seed": rule.seed,
        **(versions or {}),
    }
    with whole_folder(folder, replace=sheet.NAME if overwrite else None) as place:
        try:
            split = share_out(selection.texts(records_in(inputs, advance)), rule, kept)
        except ModuleNotFoundError as error:
            raise missing(error) from None
        if not len(split.sides):
            raise CorpusError("no text fits, so nothing was written")
        more: dict[str, Any] = {"duplicates": split.figures}
        if annotators is not None:
            more["agreement"] = agreement(*(records_in([path]) for path in annotators)).figures()
        writer = make_writer(place, plan)
        figures = _write(inputs, selection, split, writer, sheet.Sheet(about), place, more, advance)
    return Exported(figures, +writer.lost)


def _write(
    inputs: Sequence[Path],
    selection: Selection,
    split: Split,
    writer: Any,
    counted: sheet.Sheet,
    folder: Path,
    more: dict[str, Any],
    advance: Advance | None,
) -> dict[str, Any]:
    """The second pass: the texts again, now with their sides."""
    with (folder / "splits.tsv").open("w", encoding="utf-8", newline="\n") as sides:
        for (text, _), side in zip(selection.texts(records_in(inputs, advance)), split, strict=True):
            sides.write(f"{text.id}\t{side}\n")
            if side != LEFT_OUT:
                writer.add(text, side)
                counted.add(text, side)
    writer.close()
    figures = counted.figures({**more, "not held by the format": dict(+writer.lost)})
    sheet.write(figures, folder)
    return figures
