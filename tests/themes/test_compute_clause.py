"""A sentence about computing power gives a paragraph on models or a policy its second theme."""

from __future__ import annotations

import pytest

from tagger.pipeline import Tagger
from tagger.schema import Paragraph
from tagger.themes.model import _add_compute

UNITS = {"GPU小时", "EFLOPS"}


def themes(tagger: Tagger, text: str, theme: str) -> list[str]:
    paragraph = Paragraph(0, len(text), theme=theme, themes=[theme])
    view = tagger.lexicon.folder.fold(text)
    mentions = tagger.matcher.match(view, tagger.tokenizer.bounds(view.text), None)
    _add_compute([paragraph], text, mentions, UNITS)
    return paragraph.themes


@pytest.mark.parametrize("theme", ["model_news", "policy"])
def test_two_terms_in_one_sentence_are_a_clause_about_it(tagger: Tagger, theme: str) -> None:
    assert themes(tagger, "新版上线。训练用了190万个GPU小时，跑在万卡集群上。", theme) == [theme, "compute"]


def test_terms_in_different_sentences_are_none(tagger: Tagger) -> None:
    assert themes(tagger, "训练跑在万卡集群上。效果更好。智算中心另有安排。", "model_news") == ["model_news"]


@pytest.mark.parametrize("theme", ["risk", "other", "compute"])
def test_other_paragraphs_keep_their_themes(tagger: Tagger, theme: str) -> None:
    assert themes(tagger, "光模块与智算中心建设不及预期。", theme) == [theme]
