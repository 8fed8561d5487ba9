"""Documents cut into paragraphs and sentences."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.making import documents, hard_document, mention
from tagger.corpus.levels import LEVELS, cut
from tagger.schema import Document, Paragraph


@settings(deadline=None)
@given(documents(), st.sampled_from(LEVELS))
def test_a_piece_is_the_document_seen_through_a_window(document: Document, level: str) -> None:
    for piece in cut(document, level):
        start = piece.meta.extra.get("slice", {}).get("start", 0)
        assert document.text[start : start + len(piece.text)] == piece.text
        for m in piece.mentions:
            assert piece.text[m.start : m.end] == m.text
        for event in piece.events:
            assert all(0 <= a < b <= len(piece.text) for a, b in event.evidence)


@settings(deadline=None)
@given(documents())
def test_no_mention_of_a_paragraph_is_cut_by_a_sentence(document: Document) -> None:
    inside = [
        m
        for m in document.mentions
        if any(p.start <= m.start and m.end <= p.end for p in document.paragraphs)
    ]
    found = [m for piece in cut(document, "sentence") for m in piece.mentions]
    assert len(found) <= len(inside)
    for m in inside:
        if m.text.strip():
            assert any(f.kind == m.kind and f.text == m.text for f in found)


def test_sentences_end_at_full_stops_with_the_quotes_after_them() -> None:
    text = "他说：“算力不够。”于是发券！钱呢？还没有"
    document = Document("d", text, paragraphs=[Paragraph(0, len(text))])
    assert [p.text for p in cut(document, "sentence")] == [
        "他说：“算力不够。”",
        "于是发券！",
        "钱呢？",
        "还没有",
    ]


def test_a_full_stop_within_a_mention_ends_nothing() -> None:
    text = "印发《干什么？怎么干》。之后见效。"
    document = Document(
        "d", text, paragraphs=[Paragraph(0, len(text))], mentions=[mention(text, "干什么？怎么干", "policy")]
    )
    assert [p.text for p in cut(document, "sentence")] == ["印发《干什么？怎么干》。", "之后见效。"]


def test_a_paragraph_says_where_it_came_from_and_keeps_its_events() -> None:
    first, second = cut(hard_document(), "paragraph")
    assert (first.id, second.id) == ("hard#p0", "hard#p1")
    assert second.meta.extra["slice"] == {"document": "hard", "start": len(first.text) + 1}
    assert second.origins == [(0, len(first.text) + 1, len(second.text), 1)]
    assert [len(first.events), len(second.events)] == [1, 0]
