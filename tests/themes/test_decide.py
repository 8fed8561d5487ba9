"""From scores to labels: the probabilities of numpy, and the themes by the rules of the labelling guide."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.ingest.reading import Passage
from tagger.themes._decide import Judge
from tagger.themes.steps import SteppedModel

LABELS = ["policy", "other", "risk"]
SECTIONS = ("body", "risk", "masthead")


def judge(labels=LABELS, thresholds=(0.3, 0.3, 0.3), uncertain_below=0.6, leanings=None):
    size = len(labels)
    return Judge(
        labels, [0.0] * size, 1.0, thresholds[:size], uncertain_below, leanings or {}, "other", ["masthead"]
    )


def decided(chances, section="body", heading=False, **figures):
    """A paragraph decided on by its probabilities."""
    passage = Passage(0, 1, 3, section, heading)
    (paragraph,) = judge(**figures).decide(bytearray(np.log(chances)), (passage,))
    assert (paragraph.start, paragraph.end, paragraph.page, paragraph.section) == (0, 1, 3, section)
    return paragraph


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.lists(st.floats(-40, 40), min_size=3, max_size=3), st.sampled_from(SECTIONS)), max_size=6
    )
)
def test_the_probabilities_are_those_of_the_model_in_numpy(trained, rows):
    model = SteppedModel(
        msgspec.structs.replace(trained.config, sections={"risk": {"sport": 1.5}}), trained.weights
    )
    config, sections = model.config, [section for _, section in rows]
    scores = np.array([row for row, _ in rows]).reshape(-1, 3)
    leanings = {"risk": model.leaning("risk")}
    leaning = np.array([model.leaning(section) for section in sections]).reshape(-1, 3)
    passages = tuple(Passage(0, 1, None, section) for section in sections)
    paragraphs = Judge(
        model.labels,
        config.shift,
        config.slope,
        config.thresholds,
        config.uncertain_below,
        leanings,
        "other",
        [],
    ).decide(bytearray(scores), passages)
    for paragraph, chances in zip(paragraphs, model.probabilities(scores + leaning).tolist(), strict=True):
        assert list(paragraph.scores) == model.labels
        assert list(paragraph.scores.values()) == pytest.approx(chances, abs=5.1e-5)
        assert paragraph.themes == model.themes_of(chances)
        assert paragraph.theme == paragraph.themes[0]
        assert paragraph.uncertain == (max(chances) < config.uncertain_below)


def test_a_probability_has_four_decimals():
    assert decided([0.123449, 0.5, 0.376551]).scores == {"policy": 0.1234, "other": 0.5, "risk": 0.3766}


def test_themes_stand_in_the_order_of_their_probabilities():
    assert decided([0.35, 0.05, 0.6]).themes == ["risk", "policy"]
    assert decided([0.4, 0.2, 0.4]).themes == ["policy", "risk"]


def test_every_theme_has_its_own_threshold():
    assert decided([0.35, 0.05, 0.6], thresholds=(0.4, 0.3, 0.3)).themes == ["risk"]


def test_other_stands_alone_and_beside_none():
    assert decided([0.35, 0.45, 0.2]).themes == ["other"]
    assert decided([0.2, 0.35, 0.45]).themes == ["risk"]


def test_the_surest_label_may_be_unsure():
    assert decided([0.55, 0.25, 0.2]).uncertain
    assert not decided([0.65, 0.2, 0.15]).uncertain


@pytest.mark.parametrize(("section", "heading"), [("masthead", False), ("body", True)])
def test_what_is_set_aside_is_other_and_keeps_its_probabilities(section, heading):
    paragraph = decided([0.5, 0.1, 0.4], section, heading)
    assert (paragraph.theme, paragraph.themes, paragraph.uncertain) == ("other", ["other"], False)
    assert paragraph.scores == {"policy": 0.5, "other": 0.1, "risk": 0.4}


def test_without_the_label_other_nothing_is_set_aside():
    assert decided([0.3, 0.7], "masthead", True, labels=["policy", "risk"]).themes == ["risk", "policy"]


def test_paragraphs_do_not_share_what_they_are_given():
    passages = (Passage(0, 1, heading=True), Passage(1, 2, heading=True))
    paragraphs = judge().decide(bytearray(np.zeros((2, 3))), passages)
    paragraphs[0].themes.append("risk")
    paragraphs[0].scores["risk"] = 1.0
    assert paragraphs[1].themes == ["other"]
    assert paragraphs[1].scores["risk"] == 0.3333


@pytest.mark.parametrize("scores", [np.zeros(2), np.zeros(6), np.zeros(0)])
def test_scores_of_another_document_are_refused(scores):
    with pytest.raises(ValueError, match="as many"):
        judge().decide(bytearray(scores), (Passage(0, 1),))


@pytest.mark.parametrize(
    "wrong",
    [
        {"labels": []},
        {"thresholds": (0.3, 0.3)},
        {"leanings": {"risk": [1.0, 1.0]}},
        {"leanings": {"risk": [1.0] * 4}},
    ],
    ids=["no label", "thresholds", "too short", "too long"],
)
def test_figures_of_other_labels_are_refused(wrong):
    with pytest.raises(ValueError, match="as many"):
        judge(**wrong)


def test_probabilities_of_other_labels_are_refused():
    with pytest.raises(ValueError, match="as many"):
        judge().themes_of([0.5, 0.5])
