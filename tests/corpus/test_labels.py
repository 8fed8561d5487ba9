"""Themes, mentions that do not overlap, UTF-16."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.making import hard_document, mention
from tagger.corpus.labels import CodeUnits, outermost, themes_of
from tagger.schema import Document, Paragraph


@given(st.text("a政𠮷😀\r\n", max_size=30), st.data())
def test_code_units_are_those_of_utf_16_and_come_back(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    units = CodeUnits(text)
    assert units.out(offset) == len(text[:offset].encode("utf-16-le")) // 2
    assert units.back(units.out(offset)) == offset


def test_an_offset_within_a_surrogate_pair_is_at_no_character() -> None:
    assert [CodeUnits("a😀b").back(n) for n in range(6)] == [0, 1, None, 2, 3, None]


def test_of_overlapping_mentions_the_longest_stays() -> None:
    text = "国务院关于算力券的意见"
    nested = [
        mention(text, "国务院", "issuer"),
        mention(text, text, "policy"),
        mention(text, "算力券", "instrument"),
    ]
    assert [m.text for m in outermost(nested)] == [text]
    crossing = [
        mention(text, "算力", "compute"),
        mention(text, "力券的", "instrument"),
        mention(text, "国务院", "issuer"),
    ]
    assert [m.text for m in outermost(crossing)] == ["国务院", "力券的"]


def test_a_document_has_the_themes_of_its_paragraphs_but_other_only_alone() -> None:
    document = hard_document()
    assert themes_of(document) == ["model_news", "policy", "compute"]
    assert themes_of(document, primary_only=True) == ["policy"]
    plain = Document("d", "ab", paragraphs=[Paragraph(0, 1), Paragraph(1, 2)])
    assert themes_of(plain) == ["other"]
    assert themes_of(Document("d", "")) == ["other"]
