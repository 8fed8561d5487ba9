"""Entries by their ids: a mapping like any other, whose values are made when somebody looks."""

from __future__ import annotations

import pickle

import pytest
from msgspec import MsgspecError, Raw

from tagger.lexicon.entries import Entries, Entry, encoded
from tagger.lexicon.packed import Packed


def entry(key: str, kind: str, **facts: str) -> Entry:
    return Entry(key, kind, f"名{key}", f"全名{key}", ("甲", "乙"), frozenset({"甲"}), facts)


FOUR = [
    entry("a", "company", market="SSE"),
    entry("b", "model"),
    entry("c", "company"),
    entry("d", "company", code="1"),
]
BY_ID = {item.id: item for item in FOUR}


@pytest.fixture
def entries() -> Entries:
    return Entries(*encoded(BY_ID))


def test_it_is_the_mapping_that_was_encoded(entries: Entries) -> None:
    assert dict(entries) == BY_ID
    assert entries == BY_ID
    assert list(entries) == list("abcd")
    assert list(entries.values()) == FOUR
    assert list(entries.items()) == list(BY_ID.items())
    assert len(entries) == 4


def test_an_entry_is_made_once(entries: Entries) -> None:
    assert entries["a"].fact("market") == "SSE"
    assert entries["a"] is entries["a"]


def test_what_is_not_there_is_not_there(entries: Entries) -> None:
    assert "a" in entries
    assert "e" not in entries
    assert entries.get("e") is None
    with pytest.raises(KeyError):
        entries["e"]


def test_the_entries_of_a_kind_come_in_order(entries: Entries) -> None:
    assert [item.id for item in entries.of_kind("company")] == ["a", "c", "d"]
    assert [item.id for item in entries.of_kind("model")] == ["b"]
    assert list(entries.of_kind("region")) == []


def test_others_may_be_asked_for_meanwhile(entries: Entries) -> None:
    assert [(item.id, entries["b"].id) for item in entries.of_kind("company")] == [
        ("a", "b"),
        ("c", "b"),
        ("d", "b"),
    ]


def test_nothing_is_decoded_that_is_not_asked_for() -> None:
    lines, kinds = encoded(BY_ID)
    lines["b"] = Raw(b"\xc1")
    entries = Entries(lines, kinds)
    assert [item.id for item in entries.of_kind("company")] == ["a", "c", "d"]
    assert "b" in entries
    with pytest.raises(MsgspecError):
        entries["b"]


def test_it_can_be_sent_to_another_process(entries: Entries) -> None:
    assert pickle.loads(pickle.dumps(entries)) == BY_ID


def test_none_are_an_empty_mapping() -> None:
    assert dict(Entries(*encoded({}))) == {}


class TestPacked:
    STRINGS = ("算力券", "", "a\nb\0c", "𠮷", "训力券")

    def test_each_is_found_by_its_number(self) -> None:
        packed = Packed.of(self.STRINGS)
        assert [packed[number] for number in range(len(packed))] == list(self.STRINGS)

    def test_there_is_none_behind_the_last(self) -> None:
        with pytest.raises(IndexError):
            Packed.of(self.STRINGS)[5]

    def test_none_at_all(self) -> None:
        assert len(Packed.of(())) == 0
