"""brat standoff read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct, field
from msgspec.structs import replace

from tagger.corpus.errors import CorpusError
from tagger.corpus.files import json_lines
from tagger.corpus.gold import CARRIED, Gold, Span, restore
from tagger.corpus.standoff import (
    ALSO,
    EVENT,
    LEVEL,
    PARAGRAPH,
    STATUS,
    THEME,
    Fragments,
    covered_by,
    evidence_of,
    fragments_of,
    joined,
)
from tagger.schema import STATUSES, THEMES, Event, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagger.schema import Document, Mention, Paragraph

    Report = Callable[[str], None]


class _Mark(Struct):
    """A text-bound annotation with what is said of it."""

    label: str
    fragments: Fragments
    attributes: dict[str, str] = field(default_factory=dict)
    ties: list[tuple[str, str]] = field(default_factory=list)


def read(path: Path, report: Report) -> Iterator[Document]:
    """The records of a folder of ``.txt`` and ``.ann`` files, folders in it included. Raises CorpusError naming file and line."""
    texts = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    if not texts or not path.exists():
        raise CorpusError(f"{path}: no .txt file there")
    folder: Path | None = None
    records: dict[str, Any] = {}
    for file in texts:
        if file.parent != folder:
            folder = file.parent
            side = folder / "records.jsonl"
            records = (
                {data["name"]: data.get(CARRIED) for _, data in json_lines(side)} if side.exists() else {}
            )
        yield _document(file, records.get(file.stem), report)


def _document(file: Path, carried: Any, report: Report) -> Document:
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{file}: not UTF-8 ({error})") from None
    source = file.with_suffix(".ann")
    if not source.exists():
        report(f"{file}: no {source.name} beside it; taken as a text without annotations")
    marks = _marks(source, text, report) if source.exists() else {}
    spans = []
    places: dict[str, tuple[int, int, str]] = {}
    for name, mark in marks.items():
        if mark.label in (EVENT, PARAGRAPH):
            continue
        found = joined(text, mark.fragments)
        if len(found) > 1:
            report(
                f"{source}: {name} {mark.label}: a span in {len(found)} pieces; a record has none such; left out"
            )
            continue
        spans.append(Span(*found[0], mark.label))
        places[name] = (*found[0], mark.label)
    document = restore(Gold(str(source), text, file.stem, spans, carried=carried), report)
    _set_themes(document, [m for m in marks.values() if m.label == PARAGRAPH])
    mentions = {(m.start, m.end, m.kind): m for m in document.mentions}
    named = {name: mentions[place] for name, place in places.items() if place in mentions}
    document.events = _events(document, [m for m in marks.values() if m.label == EVENT], named)
    return document


def _marks(source: Path, text: str, report: Report) -> dict[str, _Mark]:
    marks: dict[str, _Mark] = {}
    late: list[tuple[str, str, list[str]]] = []
    for number, line in enumerate(source.read_bytes().decode("utf-8").split("\n"), 1):
        where = f"{source}:{number}"
        line = line.removesuffix("\r")
        if not line.strip():
            continue
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            mark = _mark(where, name, rest, text, report)
            if mark is not None:
                marks[name] = mark
        elif name[0] in "AMR":
            late.append((where, name, rest.split()))
        else:
            report(f"{where}: a line {name}; a record has no place for it; left out")
    for where, name, words in late:
        if len(words) < 2:
            raise CorpusError(f"{where}: {name} says nothing of a mark")
        first = words[1].partition(":")[2] or words[1]
        if first not in marks:
            report(f"{where}: {name} is of {first}, which is not there; left out")
        elif name.startswith("R"):
            marks[first].ties.append((words[0], words[-1].partition(":")[2]))
        else:
            marks[first].attributes[words[0]] = words[2] if len(words) > 2 else ""
    return marks


def _mark(where: str, name: str, rest: str, text: str, report: Report) -> _Mark | None:
    head, _, covered = rest.partition("\t")
    label, _, places = head.partition(" ")
    try:
        fragments = [(int(start), int(end)) for start, end in (place.split() for place in places.split(";"))]
    except ValueError:
        raise CorpusError(f"{where}: {name} has no offsets ({head!r})") from None
    if any(not 0 <= start < end <= len(text) for start, end in fragments):
        report(f"{where}: {name} {label} {places}: outside the text of {len(text)} characters; left out")
        return None
    if covered and covered != covered_by(text, fragments):
        report(f"{where}: {name} {label} {places}: the text there is not {covered!r}; left out")
        return None
    return _Mark(label, fragments)


def _set_themes(document: Document, marks: list[_Mark]) -> None:
    paragraphs: dict[tuple[tuple[int, int], ...], Paragraph] = {}
    for paragraph in document.paragraphs:
        paragraphs[tuple(fragments_of(document.text, paragraph.start, paragraph.end))] = paragraph
    for mark in marks:
        found = paragraphs.get(tuple(mark.fragments))
        theme = mark.attributes.get(THEME)
        if found is None or theme is None:
            continue
        themes = [theme, *(t for t in THEMES if f"{ALSO}{t}" in mark.attributes and t != theme)]
        if theme != found.theme or set(themes) != set(found.themes):
            found.theme, found.themes, found.uncertain = theme, themes, False


def _events(document: Document, marks: list[_Mark], named: dict[str, Mention]) -> list[Event]:
    """The events that are still marked, in their order, then those that an annotator added."""
    left = list(marks)
    events = []
    for event in document.events:
        shown = evidence_of(event, document.text)
        mark = next((m for m in left if m.fragments == shown), None)
        if mark is not None:
            left.remove(mark)
            said = mark.attributes
            events.append(
                replace(
                    event, status=_status(said, event.status), level=cast("Any", said.get(LEVEL, event.level))
                )
            )
        elif not shown:
            events.append(event)
    return events + [_new_event(document, mark, named) for mark in left]


def _new_event(document: Document, mark: _Mark, named: dict[str, Mention]) -> Event:
    tied: dict[str, list[Mention]] = {}
    for role, name in mark.ties:
        if name in named:
            tied.setdefault(role, []).append(named[name])
    spans = joined(document.text, mark.fragments)
    policies, dates, numbers, regions = (
        tied.get(role, []) for role in ("acts_on", "dated", "numbered", "in_force_in")
    )
    value = dates[0].value if dates else None
    return Event(
        title=policies[0].canonical if policies else document.text[spans[0][0] : spans[0][1]],
        policy=policies[0].entry if policies else None,
        status=_status(mark.attributes, "issued"),
        level=cast("Any", mark.attributes.get(LEVEL, "national")),
        issuers=[m.canonical for m in tied.get("issued_by", [])],
        region=regions[0].canonical if regions else None,
        date=value.start if value is not None and isinstance(value.start, str) else None,
        date_precision=value.precision if value is not None and isinstance(value.precision, str) else "none",
        date_from="text" if value is not None else "none",
        doc_number=numbers[0].canonical if numbers else None,
        evidence=spans,
    )


def _status(said: dict[str, str], default: Status) -> Status:
    status = said.get(STATUS, default)
    return cast("Status", status) if status in STATUSES else default
