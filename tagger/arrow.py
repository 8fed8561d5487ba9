"""The record as Arrow columns: the schema is read off the classes, rows go there and back without loss.

Three things look different in a column: a dictionary of any values is a JSON string, a tuple a list, and a number that
may be whole or not a double. ``document_of`` undoes all three.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pyarrow as pa
from msgspec import inspect

from tagger.schema import THEMES, Document, Value

_PLAIN: dict[type[inspect.Type], pa.DataType] = {
    inspect.StrType: pa.string(),
    inspect.LiteralType: pa.string(),
    inspect.IntType: pa.int64(),
    inspect.FloatType: pa.float64(),
    inspect.BoolType: pa.bool_(),
    inspect.AnyType: pa.string(),
}
_VALUES = {
    "amount": ("low", "high", "currency", "qualifier"),
    "quantity": ("low", "high", "unit", "qualifier"),
    "percent": ("low", "high", "unit", "qualifier"),
    "date": ("start", "end", "precision", "basis"),
}
"""The fields that a value of a kind has even where they say nothing."""


def record_schema() -> pa.Schema:
    """The columns of ``schema.Document``; the way back is told by ``document_of``."""
    return pa.schema(_fields(inspect.type_info(Document)))


def row_of(document: Document) -> dict[str, Any]:
    """A document as a row for ``record_schema``."""
    row: dict[str, Any] = msgspec.to_builtins(document)
    row["meta"]["extra"] = msgspec.json.encode(row["meta"]["extra"]).decode()
    for paragraph in row["paragraphs"]:
        paragraph["scores"] = list(paragraph["scores"].items())
    return row


def document_of(row: dict[str, Any]) -> Document:
    """The document of a row, equal to the one that went in; mentions may be left out of the row.

    Raises ``msgspec.ValidationError`` when it is none.
    """
    plain = {name: row[name] for name in row if name in Document.__struct_fields__}
    meta = _told(plain["meta"], ("related",))
    paragraphs = [
        _told({**paragraph, "scores": _in_order(dict(paragraph["scores"]))}, ("heading",))
        for paragraph in plain["paragraphs"]
    ]
    return msgspec.convert(
        {
            **plain,
            "meta": {**meta, "extra": msgspec.json.decode(meta["extra"])},
            "paragraphs": paragraphs,
            "mentions": list(map(_mention, plain.get("mentions", ()))),
            "events": list(map(_event, plain["events"])),
        },
        Document,
    )


def _in_order(scores: dict[str, float]) -> dict[str, float]:
    """Scores in the order of the themes, which a map need not keep."""
    themes = [theme for theme in THEMES if theme in scores]
    return {theme: scores[theme] for theme in (*themes, *(scores.keys() - set(themes)))}


def _mention(row: dict[str, Any]) -> dict[str, Any]:
    plain = _told(row, ("marks",))
    if plain["value"] is not None:
        silent = set(Value.__struct_fields__) - set(_VALUES.get(plain["kind"], ()))
        plain["value"] = _told(plain["value"], silent)
    return plain


def _event(row: dict[str, Any]) -> dict[str, Any]:
    plain = _told(row, ("aliases",))
    plain["instruments"] = [_whole(one, ("amount_cny",)) for one in plain["instruments"]]
    plain["targets"] = [_whole(one, ("value", "value_high", "from")) for one in plain["targets"]]
    return plain


def _told(row: dict[str, Any], silent: Any) -> dict[str, Any]:
    """A row without those of its ``silent`` fields that are null: the record leaves them out."""
    return {name: value for name, value in row.items() if value is not None or name not in silent}


def _whole(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """A row whose numbers are whole again where they are."""
    numbers = {name: row[name] for name in names if row[name] is not None}
    return {**row, **{name: int(n) for name, n in numbers.items() if n.is_integer()}}


def _fields(struct: Any) -> list[pa.Field]:
    return [pa.field(field.encode_name, _type(field.type)) for field in struct.fields]


def _type(kind: Any) -> pa.DataType:
    """The Arrow type of a type of the record."""
    if type(kind) in _PLAIN:
        return _PLAIN[type(kind)]
    return _BUILDERS[type(kind)](kind)


def _union(kind: inspect.UnionType) -> pa.DataType:
    said = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
    numbers = [one for one in said if isinstance(one, inspect.FloatType)]
    return _type((numbers or said)[0])


def _dictionary(kind: inspect.DictType) -> pa.DataType:
    loose = isinstance(kind.value_type, inspect.AnyType)
    return pa.string() if loose else pa.map_(_type(kind.key_type), _type(kind.value_type))


_BUILDERS: dict[type[inspect.Type], Callable[[Any], pa.DataType]] = {
    inspect.UnionType: _union,
    inspect.DictType: _dictionary,
    inspect.ListType: lambda kind: pa.list_(_type(kind.item_type)),
    inspect.TupleType: lambda kind: pa.list_(_type(kind.item_types[0])),
    inspect.StructType: lambda kind: pa.struct(_fields(kind)),
}
