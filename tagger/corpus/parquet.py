"""Parquet: one table each for documents, paragraphs, mentions and events, tied by ``document``; ``split`` in each.

Decimals stay decimal strings, days ISO days. Offsets count code points into ``documents.text``.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tagger.corpus.formats import Plan
    from tagger.schema import Document, Value

_INT, _TEXT, _TEXTS = pa.int32(), pa.string(), pa.list_(pa.string())
_KEY = [("split", _TEXT), ("document", _TEXT)]
_VALUE = ("low", "high", "currency", "unit", "qualifier", "start", "end", "precision", "basis")
_INSTRUMENT = pa.struct(
    [("name", _TEXT), ("amount_cny", pa.float64()), ("qualifier", _TEXT), ("period", _TEXT), ("scope", _TEXT)]
)
_TARGET = pa.struct(
    [
        ("metric", _TEXT),
        ("op", _TEXT),
        ("value", pa.float64()),
        ("value_high", pa.float64()),
        ("from", pa.float64()),
        ("unit", _TEXT),
        ("by", _TEXT),
    ]
)

TABLES = {
    "documents": pa.schema(
        [
            *_KEY,
            ("source", _TEXT),
            ("title", _TEXT),
            ("publisher", _TEXT),
            ("published", _TEXT),
            ("industry", _TEXT),
            ("rating", _TEXT),
            ("text", _TEXT),
        ]
    ),
    "paragraphs": pa.schema(
        [
            *_KEY,
            ("number", _INT),
            ("start", _INT),
            ("end", _INT),
            ("section", _TEXT),
            ("page", _INT),
            ("theme", _TEXT),
            ("themes", _TEXTS),
            ("uncertain", pa.bool_()),
            ("scores", pa.map_(_TEXT, pa.float64())),
            ("text", _TEXT),
        ]
    ),
    "mentions": pa.schema(
        [
            *_KEY,
            ("number", _INT),
            ("start", _INT),
            ("end", _INT),
            ("text", _TEXT),
            ("kind", _TEXT),
            ("canonical", _TEXT),
            ("entry", _TEXT),
            ("by", _TEXT),
        ]
        + [(f"value_{name}", _TEXT) for name in _VALUE]
    ),
    "events": pa.schema(
        [*_KEY, ("number", _INT)]
        + [
            (name, _TEXT)
            for name in (
                "title",
                "policy",
                "status",
                "region",
                "level",
                "date",
                "date_precision",
                "date_from",
                "effective",
                "until",
                "doc_number",
            )
        ]
        + [
            ("issuers", _TEXTS),
            ("instruments", pa.list_(_INSTRUMENT)),
            ("targets", pa.list_(_TARGET)),
            ("evidence", pa.list_(pa.list_(_INT))),
        ]
    ),
}
_ROWS = {name: pa.struct(list(schema)) for name, schema in TABLES.items()}
"""Whole rows are converted much faster than column after column."""


class Writer:
    """Writes ``documents.parquet`` and so on, a row group at a time."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.lost: Counter[str] = Counter()
        self._shard = plan.shard
        self._files = {
            name: pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
            for name, schema in TABLES.items()
        }
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}

    def add(self, document: Document, split: str) -> None:
        """Add the rows of one document; full row groups are written at once."""
        for name, row in rows_of(document):
            self._rows[name].append({"split": split, "document": document.id, **row})
        if len(self._rows["documents"]) >= self._shard:
            self._flush()

    def close(self) -> None:
        """Write what is left and finish the files."""
        self._flush()
        for file in self._files.values():
            file.close()

    def _flush(self) -> None:
        for name, rows in self._rows.items():
            if rows:
                self._files[name].write_table(pa.Table.from_struct_array(pa.array(rows, _ROWS[name])))
                rows.clear()


def rows_of(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a document: table, columns."""
    meta = document.meta
    about = {name: getattr(meta, name) for name in ("title", "publisher", "published", "industry", "rating")}
    yield "documents", {"source": document.source, "text": document.text, **about}
    for number, paragraph in enumerate(document.paragraphs):
        row = msgspec.structs.asdict(paragraph)
        yield (
            "paragraphs",
            {
                **row,
                "number": number,
                "scores": list(paragraph.scores.items()),
                "text": document.text[paragraph.start : paragraph.end],
            },
        )
    for number, mention in enumerate(document.mentions):
        yield "mentions", {**msgspec.structs.asdict(mention), "number": number, **_value(mention.value)}
    for number, event in enumerate(document.events):
        yield "events", {**msgspec.to_builtins(event), "number": number}


def _value(value: Value | None) -> dict[str, str | None]:
    plain = msgspec.to_builtins(value) if value is not None else {}
    return {f"value_{name}": plain.get(name) for name in _VALUE}
