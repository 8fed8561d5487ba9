"""No pattern finds anything in a stretch whose traits say that it can find nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.test_lines import LINE
from tagger.ingest import traits
from tagger.ingest._headings import heading_of
from tagger.ingest.furniture import is_page_mark, label_shape
from tagger.ingest.reflow import BULLET, CAPTION, LONE_MARK, SOURCE_NOTE, opens_with_label
from tagger.ingest.sections import _by_label, section_of

ANY = ~0  # traits that keep no pattern from looking


@given(LINE)
def test_marks_notes_and_labels_begin_as_the_traits_say(cues, line):
    its = cues.traits.of(line)
    if BULLET.match(line) or LONE_MARK.fullmatch(line):
        assert its & traits.MARK
    if CAPTION.match(line) or SOURCE_NOTE.match(line):
        assert its & traits.NOTE
    if line and opens_with_label(line, cues.openers):
        assert its & traits.LABEL
    if is_page_mark(line) and line[0] in "[第-—Pp0123456789":
        assert its & traits.PAGE_MARK == traits.PAGE_MARK
    if label_shape(line):
        assert its & traits.AXIS


@st.composite
def lines_with_words(draw: st.DrawFn, words: list[str]) -> str:
    word = draw(st.sampled_from(sorted(words))).replace("…", draw(st.text("政策", max_size=3)))
    before = draw(st.sampled_from(["", "政策", "■ ", "1. ", "（一）", "A", "本"]))
    return before + word + draw(st.sampled_from(["", "：", "。", "概述", "】", " "]))


@pytest.mark.parametrize(
    ("name", "pattern", "bits"),
    [
        ("ingest/furniture", "furniture", traits.FURNITURE),
        ("closing", "closing", traits.CLOSING),
        ("ingest/publisher", "publishers", traits.PUBLISHER),
        ("ingest/rating", "ratings", traits.RATING),
        ("ingest/label/analyst", "signers", traits.SIGNER),
        ("ingest/label/assistant", "signers", traits.SIGNER),
        ("ingest/label/related", "related_labels", traits.RELATED),
        ("ingest/generic_title", "generic_forms", traits.GENERIC),
    ],
)
@given(data=st.data())
def test_words_stand_where_the_traits_say(words, cues, name, pattern, bits, data):
    line = data.draw(lines_with_words(words.cue(name)))
    if getattr(cues, pattern).search(line):
        assert cues.traits.of(line) & bits == bits


@given(data=st.data())
def test_a_known_heading_is_told_by_its_beginning_behind_its_mark_or_by_its_end(cues, data):
    line = data.draw(st.one_of(lines_with_words(list(cues.headings)), LINE))
    heading = heading_of(line)
    if heading and not line[0].isspace() and section_of(heading.name, cues, ANY):
        assert cues.traits.of(line) & (traits.HEADING | traits.HEADING_END)


@given(data=st.data())
def test_a_label_is_told_by_its_beginning_behind_its_mark(cues, data):
    mark = data.draw(
        st.sampled_from(["", "■ ", "1.", "（一）", "（12）", "①", "第三章 ", "2.1.3 ", "【", "⚫", "٣、"])
    )
    line = mark + data.draw(st.one_of(lines_with_words(list(cues.headings)), LINE))
    if line and not line[0].isspace() and _by_label(line, cues):
        assert cues.traits.of(line) & traits.HEADING


def test_a_passage_has_the_traits_of_its_text(cues, read):
    reading = read("风险提示\n\n第二段话。\n12.5%\n")
    told = cues.traits.of_each(reading.text, reading.passages)
    assert told == [cues.traits.of(reading.text[p.start : p.end]) for p in reading.passages]
    assert cues.traits.of("") == 0


def test_a_word_of_one_character_may_stand_anywhere():
    given = {name: ["风险"] for name in traits.CLASSES} | {"furniture": ["…券", "说"]}
    made = traits.traits_of(given)
    assert made.of("字") & traits.FURNITURE
    assert not made.of("字") & traits.RATING


def test_properties_are_those_of_characters_of_the_first_plane():
    with pytest.raises(ValueError, match="first plane: 😀"):
        traits.Traits({"mark": "■😀", "unreadable": ""}, [])
