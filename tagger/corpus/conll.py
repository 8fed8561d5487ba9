r"""CoNLL columns, a character a line: the character, a tab, its tag; a blank line between texts.

Characters that are blanks or break lines, and the backslash, are written ``\u000a``, so that any reader of columns
may split at blanks. Of mentions that overlap, only the outermost can be told; beside each file, ``*.records.jsonl``
says in the same order what columns cannot. Holds texts that are not empty and mentions that do not overlap.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from tagger.corpus.errors import CorpusError
from tagger.corpus.files import SplitFiles, files_at, json_line, json_lines
from tagger.corpus.gold import Gold, Span, carry, restore
from tagger.corpus.labels import outermost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tagger.corpus.formats import Plan
    from tagger.schema import Document

_ESCAPE = re.compile(r"[\s\\\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
_SIDE = ".records.jsonl"


class Writer:
    """Writes ``train.conll`` and so on with BIO tags."""

    bioes = False

    def __init__(self, folder: Path, plan: Plan) -> None:
        del plan
        self.lost: Counter[str] = Counter()
        self._files = SplitFiles(folder, ".conll")
        self._side = SplitFiles(folder, _SIDE)

    def add(self, document: Document, split: str) -> None:
        """Write one text."""
        if not document.text:
            self.lost["empty texts"] += 1
            return
        told = outermost(document.mentions)
        self.lost["mentions that overlap a longer one"] += len(document.mentions) - len(told)
        spans = [Span(m.start, m.end, m.kind) for m in told]
        tagged = zip(document.text, tags(len(document.text), spans, self.bioes), strict=True)
        self._files[split].write(("".join(f"{token(c)}\t{tag}\n" for c, tag in tagged) + "\n").encode())
        self._side[split].write(json_line(carry(document)))

    def close(self) -> None:
        """Finish the files."""
        self._files.close()
        self._side.close()


def token(char: str) -> str:
    """A character as it stands in its column."""
    return f"\\u{ord(char):04x}" if _ESCAPE.match(char) else char


def tags(length: int, spans: list[Span], bioes: bool = False) -> list[str]:
    """The tag of every character."""
    row = ["O"] * length
    for span in spans:
        row[span.start : span.end] = [f"I-{span.label}"] * (span.end - span.start)
        row[span.start] = f"B-{span.label}"
        if bioes:
            row[span.end - 1] = f"{'E' if span.end - span.start > 1 else 'S'}-{span.label}"
    return row


def read(path: Path, report: Callable[[str], None]) -> Iterator[Document]:
    """The records of BIO or BIOES columns. Raises CorpusError naming file and line."""
    for file in files_at(path, "*.conll"):
        side = file.with_name(file.name.removesuffix(".conll") + _SIDE)
        carried: Iterator[tuple[str, dict[str, Any]] | None] = json_lines(side) if side.exists() else iter(())
        for number, pair in enumerate(zip_longest(_blocks(file), carried), 1):
            block, record = pair
            if block is None:
                raise CorpusError(f"{side}: tells of more texts than {file.name} has")
            where, text, row = block
            spans = _spans(where, row, report)
            data = record[1] if record else None
            yield restore(Gold(where, text, f"{file.stem}-{number}", spans, carried=data), report)


def _blocks(file: Path) -> Iterator[tuple[str, str, list[str]]]:
    """The texts of a file with the tags of their characters."""
    text: list[str] = []
    row: list[str] = []
    begin = 1
    with file.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            columns = line.rstrip("\r\n").split("\t")
            if len(columns) == 1 and not columns[0].strip():
                if text:
                    yield f"{file}:{begin}", "".join(text), row
                text, row, begin = [], [], number + 1
                continue
            if len(columns) < 2:
                raise CorpusError(f"{file}:{number}: not a character, a tab and a tag")
            piece = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), columns[0])
            text.append(piece)
            row += _spread(columns[-1], len(piece))
    if text:
        yield f"{file}:{begin}", "".join(text), row


def _spread(tag: str, length: int) -> list[str]:
    """The tags of the characters of a token."""
    mark, kind = tag[:1], tag[1:]
    if length < 2 or mark not in "BIES":
        return [tag] * length
    first = "B" if mark in "BS" else "I"
    last = "E" if mark in "ES" else "I"
    return [first + kind, *[f"I{kind}"] * (length - 2), last + kind]


def _spans(where: str, row: list[str], report: Callable[[str], None]) -> list[Span]:
    """The spans that tags tell, BIO or BIOES; a tag that continues nothing begins a span, and is reported."""
    spans: list[Span] = []
    start, label = 0, ""
    for place, tag in enumerate([*row, "O"]):
        mark, _, kind = tag.partition("-")
        if mark not in "BIESO" or (mark != "O") != bool(kind):
            raise CorpusError(f"{where}: not a tag of BIO or BIOES: {tag!r}")
        goes_on = mark in "IE" and kind == label
        if label and not goes_on:
            spans.append(Span(start, place, label))
            label = ""
        if mark in "IE" and not goes_on:
            report(f"{where}: {tag} at character {place} continues nothing; taken as a beginning")
        if mark != "O" and not goes_on:
            start, label = place, kind
        if mark in "ES":
            spans.append(Span(start, place + 1, label))
            label = ""
    return spans
