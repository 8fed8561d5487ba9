"""What an annotator gave back, made a record again: offsets checked, overlaps kept, losses reported."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from tagger.corpus.labels import OTHER, in_order, themes_of
from tagger.schema import KINDS, Document, Kind, Mention, Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[[str], None]

_DIGEST = "text_sha256"
CARRIED = "record"
"""The field under which a format that has room for it carries what it cannot say itself."""


class Span(Struct, frozen=True):
    """A labelled stretch of text, in code points."""

    start: int
    end: int
    label: str


class Gold(Struct):
    """One text as it came back. ``where`` names it in messages; ``themes`` is None when the format told none."""

    where: str
    text: str
    id: str
    spans: list[Span] = field(default_factory=list)
    themes: list[str] | None = None
    carried: Any = None


def carry(document: Document) -> dict[str, Any]:
    """The record without its text, as plain values: what ``restore`` needs to give back what a format cannot hold."""
    plain = cast("dict[str, Any]", msgspec.to_builtins(document))
    plain[_DIGEST] = _digest(plain.pop("text"))
    for mention in plain["mentions"]:
        del mention["text"]
    return plain


def restore(gold: Gold, report: Report) -> Document:
    """The record of an annotated text.

    Spans and themes are those that came back. What the record carried along gives the details of spans that are
    still there, and all the format could not show. ``report`` gets a line for whatever cannot be kept.
    """
    base = _carried(gold, report)
    known: dict[tuple[int, int, str], Mention] = {(m.start, m.end, m.kind): m for m in base.mentions}
    mentions = {}
    for span in gold.spans:
        problem = _problem(span, gold.text)
        key = (span.start, span.end, span.label)
        if problem is None and key in mentions:
            problem = "marked twice"
        if problem is not None:
            report(f"{gold.where}: {span.label} {span.start}–{span.end}: {problem}; left out")
            continue
        text = gold.text[span.start : span.end]
        new = Mention(span.start, span.end, text, cast("Kind", span.label), canonical=text, by="form")
        mentions[key] = known.get(key, new)
    document = replace(base, mentions=in_order(mentions.values()))
    if gold.themes is not None:
        _set_themes(document, gold, report)
    return document


def _carried(gold: Gold, report: Report) -> Document:
    if gold.carried is not None:
        try:
            base = msgspec.convert(_with_text(gold.carried, gold.text), Document)
        except (msgspec.ValidationError, TypeError, KeyError, AttributeError) as error:
            report(f"{gold.where}: the record that came along cannot be read ({error}); left out")
        else:
            if gold.carried.get(_DIGEST) == _digest(gold.text):
                return base
            report(
                f"{gold.where}: the text is not the one that was exported; what the record said of it is left out"
            )
            return replace(base, origins=[], paragraphs=[_whole(gold.text)], mentions=[], events=[])
    return Document(id=gold.id, text=gold.text, paragraphs=[_whole(gold.text)])


def _with_text(carried: dict[str, Any], text: str) -> dict[str, Any]:
    mentions = [{**m, "text": text[m["start"] : m["end"]]} for m in carried["mentions"]]
    return {**carried, "text": text, "mentions": mentions}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _whole(text: str) -> Paragraph:
    return Paragraph(0, len(text))


def _problem(span: Span, text: str) -> str | None:
    if not 0 <= span.start < span.end <= len(text):
        return f"outside the text of {len(text)} characters"
    if span.label not in KINDS:
        return "not a kind of mention"
    return None


def _set_themes(document: Document, gold: Gold, report: Report) -> None:
    themes = list(dict.fromkeys(gold.themes or ()))
    if not themes:
        report(f"{gold.where}: no theme was chosen; {themes_of(document)} kept")
    elif len(themes) > 1 and OTHER in themes:
        report(
            f"{gold.where}: other stands alone, but came with {[t for t in themes if t != OTHER]}; other left out"
        )
        themes.remove(OTHER)
    if not themes or set(themes) == set(themes_of(document)):
        return
    if len(document.paragraphs) != 1:
        report(
            f"{gold.where}: themes of a whole document cannot be given to its paragraphs; export paragraphs to label themes"
        )
        return
    paragraph = document.paragraphs[0]
    if paragraph.theme in themes:  # the primary stays the first where it was confirmed
        themes.sort(key=lambda theme: theme != paragraph.theme)
    paragraph.theme, paragraph.themes, paragraph.uncertain = themes[0], themes, False
