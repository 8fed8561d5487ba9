"""Kappa as scikit-learn counts it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.making import hard_document, mention
from tagger.corpus.agreement import agreement, kappa
from tagger.schema import Document, Paragraph


@settings(deadline=None)  # the first call loads scikit-learn
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=40))
def test_kappa_is_cohen_s(pairs: list[tuple[str, str]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    value = kappa(Counter(pairs))
    if value is None:
        assert len({label for pair in pairs for label in pair}) == 1
    else:
        assert value == pytest.approx(metrics.cohen_kappa_score(*zip(*pairs, strict=True)))


def test_kappa_of_nothing_says_nothing() -> None:
    assert kappa(Counter()) is None


def labelled(name: str, theme: str, *kinds: str) -> Document:
    text = "深圳发放训力券"
    mentions = [
        mention(text, covered, kind) for covered, kind in zip(("深圳", "训力券"), kinds, strict=False)
    ]
    return Document(
        name, text, paragraphs=[Paragraph(0, len(text), theme=theme, themes=[theme])], mentions=mentions
    )


def test_two_annotators_are_compared_text_by_text() -> None:
    first = [labelled("a", "policy", "region", "instrument"), labelled("b", "risk"), labelled("c", "risk")]
    second = [labelled("b", "risk"), labelled("a", "policy", "region", "compute"), hard_document("z")]
    figures = agreement(first, second).figures()
    assert figures["texts that both have"] == 2
    assert figures["kappa of themes"] == 1.0
    assert figures["f1 of exact spans"] == 0.5
    assert 0 < figures["kappa of characters' kinds"] < 1


def test_texts_that_differ_are_counted_not_compared() -> None:
    other = labelled("a", "policy")
    other.text = "别的字"
    assert agreement([labelled("a", "policy")], [other]).figures()["texts that differ"] == 1
