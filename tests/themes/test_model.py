"""From probabilities to themes."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.ingest.reading import Passage
from tagger.themes.model import ThemeModel


@pytest.fixture(scope="module")
def model(trained):
    """Labels food, other, sport; a second theme from 0.3 on."""
    return ThemeModel(
        msgspec.structs.replace(trained.config, thresholds=[0.3, 0.3, 0.3], uncertain_below=0.6),
        trained.weights,
    )


def labelled(model, analyser, text, section="body", heading=False):
    view, bounds, mentions = analyser.analyse(text)
    (paragraph,) = model.label([Passage(0, len(text), None, section, heading)], view, bounds, mentions)
    return paragraph


def test_the_labels_are_those_of_the_samples(model):
    assert model.labels == ["other", "food", "sport"]


@pytest.mark.parametrize(
    ("chances", "themes"),
    [
        ([0.1, 0.5, 0.4], ["food", "sport"]),
        ([0.1, 0.4, 0.5], ["sport", "food"]),
        ([0.2, 0.7, 0.1], ["food"]),
        ([0.6, 0.35, 0.05], ["other"]),
        ([0.4, 0.5, 0.1], ["food"]),
    ],
)
def test_a_second_theme_needs_its_threshold_and_other_stands_alone(model, chances, themes):
    assert model.themes_of(chances) == themes


def test_scores_are_probabilities_of_all_labels(model, analyser):
    paragraph = labelled(model, analyser, "前锋进球，火候正好。")
    assert set(paragraph.scores) == set(model.labels)
    assert sum(paragraph.scores.values()) == pytest.approx(1, abs=1e-3)
    assert paragraph.theme == paragraph.themes[0] == max(paragraph.scores, key=paragraph.scores.get)


@pytest.mark.parametrize(("section", "heading"), [("body", True), ("masthead", False), ("disclaimer", False)])
def test_headings_mastheads_and_disclaimers_are_other(model, analyser, section, heading):
    paragraph = labelled(model, analyser, "主场取胜，前锋梅开二度。", section, heading)
    assert paragraph.themes == ["other"]
    assert not paragraph.uncertain


def test_what_says_nothing_known_is_uncertain(model, analyser):
    assert labelled(model, analyser, "zzz").uncertain
    assert not labelled(model, analyser, "主场三比一取胜，前锋梅开二度，守门员扑出点球。").uncertain


def test_a_section_leans(trained, analyser):
    leaning = ThemeModel(
        msgspec.structs.replace(trained.config, sections={"risk": {"food": 3.0}}), trained.weights
    )
    text = "今天没什么可说。"
    assert (
        labelled(leaning, analyser, text, "risk").scores["food"]
        > labelled(leaning, analyser, text).scores["food"]
    )


def test_no_paragraphs_no_labels(model, analyser):
    view, bounds, mentions = analyser.analyse("")
    assert model.label([], view, bounds, mentions) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_a_theme(model, analyser, text):
    paragraph = labelled(model, analyser, text)
    assert paragraph.theme in model.labels
    assert all(0 <= chance <= 1 for chance in paragraph.scores.values())
