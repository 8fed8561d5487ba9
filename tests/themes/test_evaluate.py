"""Figures counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tagger.schema import Document, Paragraph
from tagger.themes.evaluate import Answer, answers_of, errors_of, measure
from tagger.themes.figures import calibration_error, sets_f1
from tagger.themes.samples import Sample


def answer(gold, got, top=0.9, *, sure=True, source="wire", length=20, uncertain=False):
    """A sample of themes ``gold`` (the first one first) that was given ``got``."""
    gold, got = gold.split("+"), got.split("+")
    rest = {label: 0.0 for label in ("policy", "risk", "other") if label != got[0]}
    sample = Sample("字" * length, gold[0], gold, source=source, sure=sure)
    paragraph = Paragraph(
        0, length, theme=got[0], themes=got, scores={got[0]: top, **rest}, uncertain=uncertain
    )
    return Answer(sample, paragraph)


def test_f1_by_theme_and_their_mean():
    figures = measure(
        [
            answer("policy", "policy"),
            answer("policy", "risk"),
            answer("risk", "risk"),
            answer("other", "other"),
        ]
    )["all"]
    assert figures["themes"]["policy"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "gold": 2.0}
    assert figures["themes"]["risk"]["f1"] == 0.6667
    assert figures["macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3, abs=1e-4)
    assert figures["accuracy"] == 0.75
    assert figures["confusion"]["policy"] == {"policy": 1.0, "risk": 1.0}


def test_sets_count_every_theme():
    figures = measure([answer("policy+risk", "policy"), answer("other", "other")])["all"]
    assert figures["sets_micro_f1"] == pytest.approx(2 * 2 / (3 + 2))


def test_a_label_that_only_the_gold_has_counts_as_missed():
    figures = measure([answer("finance", "other"), answer("other", "other")])["all"]
    assert figures["themes"]["finance"]["recall"] == 0.0


def test_calibration_error_is_the_gap_between_what_is_said_and_what_is():
    top, hit = np.array([0.95, 0.95, 0.55, 0.55]), np.array([True, True, True, False])
    assert calibration_error(top, hit, np.ones(4)) == pytest.approx((2 * 0.05 + 2 * 0.05) / 4)
    assert calibration_error(np.array([1.0]), np.array([True]), np.ones(1)) == 0.0


def test_weights_let_a_paragraph_count_more():
    gold, guess = np.array([[True, False], [False, True]]), np.array([[True, False], [True, False]])
    assert sets_f1(gold, guess, np.array([3.0, 1.0])) == 0.75


def test_errors_among_the_uncertain():
    answers = [answer("policy", "risk", 0.4, uncertain=True), answer("risk", "risk", 0.45, uncertain=True)]
    answers += [answer("other", "other")] * 2
    assert measure(answers)["all"]["uncertain"] == {"share": 0.5, "errors": 0.5, "errors_of_the_others": 0.0}


def test_slices_by_source_and_length_leave_small_ones_out():
    answers = [answer("policy", "policy", source="law", length=300)] * 10 + [
        answer("policy", "risk", source="blog")
    ] * 9
    figures = measure(answers)
    assert figures["by_source"] == {
        "law": {"paragraphs": 10, "macro_f1": 1.0, "accuracy": 1.0, "sets_micro_f1": 1.0}
    }
    assert list(figures["by_length"]) == ["240–479 characters"]


def test_the_sure_ones_are_told_apart_where_some_are_not():
    figures = measure([answer("policy", "policy"), answer("policy", "risk", sure=False)])
    assert figures["sure"]["accuracy"] == 1.0
    assert figures["all"]["accuracy"] == 0.5
    assert "sure" not in measure([answer("policy", "policy")])


def test_errors_come_surest_first():
    wrong = [answer("policy", "risk", top) for top in (0.5, 0.9, 0.7)]
    assert [a.paragraph.scores["risk"] for a in errors_of([*wrong, answer("risk", "risk")])] == [
        0.9,
        0.7,
        0.5,
    ]


def test_a_text_read_as_several_paragraphs_is_judged_by_the_longest():
    def tag(text):
        return Document(
            "1", text, paragraphs=[Paragraph(0, 2, theme="other"), Paragraph(3, 9, theme="policy")]
        )

    assert answers_of([Sample("标题\n印发了一办法", "policy")], tag)[0].right


def test_a_text_without_a_paragraph_is_other():
    assert answers_of([Sample("……", "other")], lambda text: Document("1", text))[0].right
