"""The timeline as Parquet: one row an event, lists as lists; a date known to the day is also a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from tagger.timeline.days import exact_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.timeline.record import TimelineEvent


def write(events: Sequence[TimelineEvent], file: BinaryIO) -> None:
    """Write the table; every field of the record is a column, ``day`` is its date where the day is known."""
    import pyarrow as pa
    from pyarrow import parquet

    text = pa.string()
    instrument = pa.struct(
        [("name", text), ("amount_cny", pa.float64()), ("qualifier", text), ("period", text), ("scope", text)]
    )
    target = pa.struct(
        [
            ("metric", text), ("op", text), ("value", pa.float64()), ("value_high", pa.float64()), ("from", pa.float64()),
            ("unit", text), ("by", text),
        ]
    )  # fmt: skip
    evidence = pa.struct(
        [
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("paragraph", text),
            ("paragraph_start", pa.int64()),
            ("page", pa.int32()),
        ]
    )
    report = pa.struct(
        [
            ("id", text),
            ("published", text),
            ("publisher", text),
            ("source", text),
            ("title", text),
            ("evidence", pa.list_(evidence)),
        ]
    )
    words = (
        "id",
        "title",
        "policy",
        "status",
        "region",
        "level",
        "date",
        "date_precision",
        "effective",
        "until",
        "doc_number",
    )
    schema = pa.schema(
        [
            *((name, text) for name in words),
            ("day", pa.date32()),
            *((name, pa.list_(text)) for name in ("issuers", "aliases", "themes", "also")),
            ("instruments", pa.list_(instrument)),
            ("targets", pa.list_(target)),
            ("documents", pa.list_(report)),
            ("links", pa.list_(pa.struct([("type", text), ("to", text)]))),
            ("said_by", pa.map_(text, pa.list_(text))),
            (
                "conflicts",
                pa.map_(text, pa.list_(pa.struct([("value", text), ("documents", pa.list_(text))]))),
            ),
        ]
    )
    parquet.write_table(
        pa.Table.from_pylist([_row(event) for event in events], schema=schema), file, compression="zstd"
    )


def _row(event: TimelineEvent) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(event)
    row["day"] = exact_day(event.date)
    row["said_by"] = list(row["said_by"].items())
    # The values of a conflict are of the kind of their field; a column has one kind, so they are JSON.
    row["conflicts"] = [
        (
            field,
            [
                {"value": msgspec.json.encode(side["value"]).decode(), "documents": side["documents"]}
                for side in sides
            ],
        )
        for field, sides in row["conflicts"].items()
    ]
    return row
