"""A sentence about computing power gives a paragraph on models or a policy its second theme."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.pipeline import Tagger
from tagger.schema import Mention, Paragraph, Value
from tagger.themes._decide import add_compute

UNITS = {"GPU小时", "EFLOPS"}


def themes(tagger: Tagger, text: str, theme: str) -> list[str]:
    paragraph = Paragraph(0, len(text), theme=theme, themes=[theme])
    view = tagger.lexicon.folder.fold(text)
    mentions = tagger.matcher.match(view, tagger.tokenizer.bounds(view.text), None)
    add_compute([paragraph], text, mentions, UNITS)
    return paragraph.themes


@pytest.mark.parametrize("theme", ["model_news", "policy"])
def test_two_terms_in_one_sentence_are_a_clause_about_it(tagger: Tagger, theme: str) -> None:
    assert themes(tagger, "新版上线。训练用了190万个GPU小时，跑在万卡集群上。", theme) == [theme, "compute"]


def test_terms_in_different_sentences_are_none(tagger: Tagger) -> None:
    assert themes(tagger, "训练跑在万卡集群上。效果更好。智算中心另有安排。", "model_news") == ["model_news"]


@pytest.mark.parametrize("theme", ["risk", "other", "compute"])
def test_other_paragraphs_keep_their_themes(tagger: Tagger, theme: str) -> None:
    assert themes(tagger, "光模块与智算中心建设不及预期。", theme) == [theme]


TEXT = "算力。芯片！集群，智算；中心\n电站？" * 4


def plainly(paragraphs: list[Paragraph], mentions: list[Mention]) -> list[list[str]]:
    """The themes of paragraphs: compute beside them where two mentions of it stand in one sentence."""
    told = []
    for paragraph in paragraphs:
        inside = [m for m in mentions if speaks_of_it(m) and paragraph.start <= m.start < paragraph.end]
        pairs = itertools.pairwise(inside)
        together = any(not re.search("[。！？；\n]", TEXT[one.end : two.start]) for one, two in pairs)
        may = paragraph.theme in ("model_news", "policy") and "compute" not in paragraph.themes
        told.append([*paragraph.themes, "compute"] if may and together else list(paragraph.themes))
    return told


def speaks_of_it(mention: Mention) -> bool:
    if mention.kind == "quantity":
        return mention.value is not None and mention.value.unit in UNITS
    return mention.kind == "compute"


@given(st.data())
def test_every_document_is_told_as_written_down_plainly(data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(TEXT)), min_size=2, max_size=8)))
    themes = st.sampled_from([["policy"], ["model_news"], ["risk"], ["policy", "compute"], ["compute"]])
    paragraphs = [
        Paragraph(start, end, theme=given[0], themes=given)
        for start, end in itertools.pairwise(cuts)
        for given in [list(data.draw(themes))]
    ]
    places = sorted(data.draw(st.sets(st.integers(cuts[0], len(TEXT) - 1), max_size=20)))
    values = st.sampled_from([None, Value(unit="EFLOPS"), Value(unit="吨")])
    mentions = [
        Mention(at, at + 1, TEXT[at], kind, "", value=data.draw(values))
        for at in places
        for kind in [data.draw(st.sampled_from(["compute", "quantity", "policy"]))]
    ]
    expected = plainly(paragraphs, mentions)
    add_compute(paragraphs, TEXT, mentions, UNITS)
    assert [paragraph.themes for paragraph in paragraphs] == expected
