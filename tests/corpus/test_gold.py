"""What annotators give back, made records: edits count, losses are told."""

from __future__ import annotations

import pytest

from corpus.making import hard_document
from tagger.corpus.gold import Gold, Span, carry, restore
from tagger.schema import Document

TEXT = "深圳发放训力券，上限五亿元。"


def restored(**fields: object) -> tuple[Document, list[str]]:
    told: list[str] = []
    return restore(Gold("tasks.jsonl:3", **{"text": TEXT, "id": "a", **fields}), told.append), told


def test_spans_are_mentions_with_the_text_they_cover() -> None:
    document, told = restored(spans=[Span(4, 7, "instrument"), Span(0, 2, "region")])
    assert [(m.text, m.kind, m.canonical) for m in document.mentions] == [
        ("深圳", "region", "深圳"),
        ("训力券", "instrument", "训力券"),
    ]
    assert not told


def test_overlapping_spans_are_kept() -> None:
    document, _ = restored(spans=[Span(0, 7, "policy"), Span(4, 9, "instrument"), Span(4, 7, "instrument")])
    assert len(document.mentions) == 3


@pytest.mark.parametrize(
    ("span", "why"),
    [
        (Span(4, 99, "instrument"), "outside the text of 14 characters"),
        (Span(-1, 2, "region"), "outside"),
        (Span(5, 5, "region"), "outside"),
        (Span(0, 2, "city"), "not a kind of mention"),
    ],
)
def test_a_span_that_cannot_be_kept_is_told_with_its_place(span: Span, why: str) -> None:
    document, told = restored(spans=[span])
    assert not document.mentions
    assert len(told) == 1
    assert told[0].startswith("tasks.jsonl:3: ")
    assert why in told[0]


def test_a_span_marked_twice_is_kept_once_and_told() -> None:
    document, told = restored(spans=[Span(0, 2, "region")] * 2)
    assert len(document.mentions) == 1
    assert "twice" in told[0]


def test_themes_chosen_replace_those_guessed_and_are_certain() -> None:
    piece = hard_document()
    piece.paragraphs = piece.paragraphs[1:]
    document, told = restored(text=piece.text, carried=carry(piece), themes=["policy", "compute"])
    assert document.paragraphs[0].themes == ["policy", "compute"]
    assert document.paragraphs[0].theme == "policy"
    assert not document.paragraphs[0].uncertain
    assert not told


def test_a_confirmed_primary_theme_stays_the_first() -> None:
    piece = hard_document()
    piece.paragraphs = piece.paragraphs[:1]
    document, _ = restored(text=piece.text, carried=carry(piece), themes=["risk", "policy"])
    assert document.paragraphs[0].themes == ["policy", "risk"]


def test_other_beside_a_theme_and_no_theme_at_all_are_told() -> None:
    document, told = restored(themes=["other", "risk"])
    assert document.paragraphs[0].themes == ["risk"]
    assert "other stands alone" in told[0]
    _, told = restored(themes=[])
    assert "no theme was chosen" in told[0]


def test_themes_of_a_whole_document_are_told_when_they_changed() -> None:
    whole = hard_document()
    document, told = restored(text=whole.text, carried=carry(whole), themes=["risk"])
    assert [p.theme for p in document.paragraphs] == ["policy", "model_news"]
    assert "export paragraphs" in told[0]


def test_a_record_of_another_text_gives_its_metadata_only_and_is_told() -> None:
    document, told = restored(carried=carry(hard_document()), spans=[Span(0, 2, "region")])
    assert document.meta.publisher == "甲证券"
    assert [m.text for m in document.mentions] == ["深圳"]
    assert not document.events
    assert "not the one that was exported" in told[0]


def test_a_record_that_cannot_be_read_is_told() -> None:
    document, told = restored(carried={"id": 3}, spans=[Span(0, 2, "region")])
    assert document.id == "a"
    assert "cannot be read" in told[0]
