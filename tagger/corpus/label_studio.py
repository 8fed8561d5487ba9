"""Label Studio's JSON: tasks whose predictions are the tags, and the labelling configuration for them.

Label Studio counts code points: its editor turns the browser's offsets before it stores them, and a line break is
one character. The record travels along in ``data.record``, which the configuration does not show. Holds everything.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from tagger.corpus import sheet
from tagger.corpus.errors import CorpusError
from tagger.corpus.files import SplitFiles, files_at
from tagger.corpus.gold import CARRIED, Gold, Span, carry, restore
from tagger.corpus.labels import themes_of
from tagger.schema import KINDS, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagger.corpus.formats import Plan
    from tagger.schema import Document

_COLOURS = (
    "#c0392b",
    "#d35400",
    "#f39c12",
    "#7f8c00",
    "#27ae60",
    "#16a085",
    "#2980b9",
    "#34495e",
    "#8e44ad",
    "#c2185b",
    "#795548",
    "#607d8b",
)


class Writer:
    """Writes ``train.json`` and so on, and ``labelling_config.xml``."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.lost: Counter[str] = Counter()
        self._plan = plan
        self._files = SplitFiles(folder, ".json", b"[\n")
        self._begun: set[str] = set()
        (folder / "labelling_config.xml").write_text(config(), encoding="utf-8")

    def add(self, document: Document, split: str) -> None:
        """Write one task with the tags as its prediction."""
        file = self._files[split]
        if split in self._begun:
            file.write(b",\n")
        self._begun.add(split)
        file.write(json.dumps(task(document, self._plan.primary_only), ensure_ascii=False).encode())

    def close(self) -> None:
        """Finish the files."""
        self._files.close(b"\n]\n")


def config() -> str:
    """The labelling configuration: a label a kind, a choice a theme."""
    kinds = "\n".join(
        f"    <Label value={quoteattr(kind)} background={quoteattr(c)}/>"
        for kind, c in zip(KINDS, _COLOURS, strict=True)
    )
    themes = "\n".join(f"    <Choice value={quoteattr(theme)}/>" for theme in THEMES)
    return (
        f'<View>\n  <Labels name="mentions" toName="text">\n{kinds}\n  </Labels>\n'
        f'  <Text name="text" value="$text" granularity="symbol"/>\n'
        f'  <Choices name="themes" toName="text" choice="multiple">\n{themes}\n  </Choices>\n</View>\n'
    )


def task(document: Document, primary_only: bool = False) -> dict[str, Any]:
    """A document as a task."""
    result: list[dict[str, Any]] = [
        {
            "id": f"m{number}",
            "from_name": "mentions",
            "to_name": "text",
            "type": "labels",
            "value": {"start": m.start, "end": m.end, "text": m.text, "labels": [m.kind]},
        }
        for number, m in enumerate(document.mentions)
    ]
    choices = {"choices": themes_of(document, primary_only)}
    result.append(
        {"id": "themes", "from_name": "themes", "to_name": "text", "type": "choices", "value": choices}
    )
    data = {"text": document.text, "id": document.id, CARRIED: carry(document)}
    return {"data": data, "predictions": [{"model_version": "tagger", "result": result}]}


def read(path: Path, report: Callable[[str], None]) -> Iterator[Document]:
    """The records of what Label Studio exported as JSON; of several annotations of a task, the last that was not cancelled.

    Tasks that nobody annotated are reported and left out, unless no task of the file has annotations: then the file
    is one that was exported here, and its predictions are read. Raises CorpusError naming file and task.
    """
    for file in files_at(path, "*.json"):
        if file.name == sheet.NAME:
            continue
        tasks = _tasks(file)
        annotated = any(t.get("annotations") or t.get("completions") for t in tasks)
        for number, data in enumerate(tasks, 1):
            where = f"{file}: task {data.get('id', number)}"
            results = _results(data, annotated, where, report)
            if results is not None:
                yield restore(_gold(where, data, results, report), report)


def _tasks(file: Path) -> list[dict[str, Any]]:
    try:
        tasks = json.loads(file.read_bytes().decode("utf-8-sig"))
    except ValueError as error:
        raise CorpusError(f"{file}: not JSON ({error})") from None
    if not isinstance(tasks, list) or not all(isinstance(t, dict) for t in tasks):
        raise CorpusError(f"{file}: not a list of tasks; export from Label Studio as JSON")
    return tasks


def _results(
    data: dict[str, Any], annotated: bool, where: str, report: Callable[[str], None]
) -> list[dict[str, Any]] | None:
    if not annotated:
        given = data.get("predictions") or [{"result": []}]
        return list(given[-1].get("result") or ())
    given = [
        a for a in data.get("annotations") or data.get("completions") or () if not a.get("was_cancelled")
    ]
    if not given:
        report(f"{where}: nobody annotated it; left out")
        return None
    if len(given) > 1:
        report(f"{where}: {len(given)} annotations; the last is taken")
    return list(given[-1].get("result") or ())


def _gold(
    where: str, data: dict[str, Any], results: list[dict[str, Any]], report: Callable[[str], None]
) -> Gold:
    fields = data.get("data")
    text = fields.get("text") if isinstance(fields, dict) else None
    if not isinstance(fields, dict) or not isinstance(text, str):
        raise CorpusError(f'{where}: no "text" among its data')
    spans: list[Span] = []
    themes: list[str] | None = None
    for result in results:
        value = result.get("value") or {}
        if result.get("type") == "labels":
            try:
                spans += [
                    Span(int(value["start"]), int(value["end"]), str(label)) for label in value["labels"]
                ]
            except (KeyError, TypeError, ValueError):
                raise CorpusError(f"{where}: not a labelled span: {value!r}") from None
        elif result.get("type") == "choices":
            themes = [*(themes or ()), *map(str, value.get("choices") or ())]
        else:
            report(
                f"{where}: a result of type {result.get('type')!r}; a record has no place for it; left out"
            )
    return Gold(
        where, text, str(fields.get("id") or data.get("id") or where), spans, themes, fields.get(CARRIED)
    )
