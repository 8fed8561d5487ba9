"""The record: what is written is what is read, and its schema says so."""

from __future__ import annotations

import json
import sys
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tagger as public
from tagger.pipeline import Tagger
from tagger.schema import Document, Event, Mention, Meta, Value, decode, encode, json_schema


def test_a_tagged_report_survives_json(tagger: Tagger, samples) -> None:
    document = tagger.tag_file(sorted(samples.glob("*.txt"))[0])
    assert decode(encode(document)) == document


def test_only_the_fields_of_a_value_are_written() -> None:
    amount = Value(low="5", high="5", currency="CNY", qualifier="max")
    recent = Value(start=None, end=None, precision="recent", basis="none")
    assert json.loads(msgspec.json.encode(amount)) == {
        "low": "5",
        "high": "5",
        "currency": "CNY",
        "qualifier": "max",
    }
    assert json.loads(msgspec.json.encode(recent)) == {
        "start": None,
        "end": None,
        "precision": "recent",
        "basis": "none",
    }
    assert amount.low_number == Decimal(5)
    assert recent.high_number is None


def test_a_record_of_another_shape_is_refused_by_the_field_that_is_wrong() -> None:
    with pytest.raises(msgspec.ValidationError, match="kind"):
        decode(
            b'{"id": "a", "text": "x", "mentions": [{"start": 0, "end": 1, "text": "x", "kind": "film", "canonical": "x"}]}'
        )


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_can_be_written(text: str) -> None:
    document = Document(id="a", text=text, meta=Meta(title=text), events=[Event(title=text)])
    assert decode(encode(document)) == document


def test_an_offset_leads_back_to_the_source() -> None:
    document = Document(id="a", text="甲\n乙", origins=[(0, 3, 2, None), (2, 9, 1, 4)])
    assert document.source_position(0) == (3, None)
    assert document.source_position(2) == (9, 4)
    with pytest.raises(IndexError, match="outside"):
        document.source_position(3)


def test_the_json_schema_names_every_part_of_the_record() -> None:
    schema = json_schema()
    parts = schema["$defs"]
    assert {"Document", "Meta", "Paragraph", "Mention", "Event", "Instrument", "Target", "Value"} <= set(
        parts
    )
    assert set(parts["Document"]["properties"]) >= {
        "schema",
        "id",
        "source",
        "text",
        "origins",
        "meta",
        "warnings",
    }
    assert set(parts["Target"]["properties"]) >= {"metric", "op", "value", "value_high", "from", "unit", "by"}


def test_mentions_can_be_asked_for_by_kind() -> None:
    document = Document(
        id="a",
        text="甲乙",
        mentions=[Mention(0, 1, "甲", "region", "甲"), Mention(1, 2, "乙", "model", "乙")],
    )
    assert [m.text for m in document.mentions_of("model")] == ["乙"]


def test_the_public_names_are_there_and_no_others() -> None:
    for name in public.__all__:
        assert getattr(public, name) is not None
    with pytest.raises(AttributeError, match="no attribute"):
        _ = public.nothing_of_the_kind


def test_one_call_tags_a_text() -> None:
    document = public.tag("近日，财政部印发《关于甲类设备折旧的通知》。", published="2025-05-06")
    assert [e.title for e in document.events] == ["关于甲类设备折旧的通知"]
    assert "tagger.pipeline" in sys.modules
