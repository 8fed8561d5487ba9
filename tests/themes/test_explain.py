"""Reasons that add up."""

from __future__ import annotations

import math

import pytest

from tagger.themes.explain import explain
from tagger.themes.steps import SteppedModel


@pytest.fixture(scope="module")
def model(trained):
    return SteppedModel(trained.config, trained.weights)


@pytest.mark.parametrize(
    "text",
    [
        "主场取胜，前锋进球，火候正好。",
        "合肥今天多云，气温二十度。",
        "zzz",
        "一边看山东泰山踢球，一边吃 麻 婆 豆腐。",
    ],
)
def test_the_reasons_sum_to_the_log_odds_of_label_and_runner_up(model, analyser, text):
    found = explain(text, model, analyser)
    odds = math.log(found.chances[found.label] / found.chances[found.runner_up])
    assert sum(reason.value for reason in found.reasons) == pytest.approx(odds, abs=1e-9)


def test_the_strongest_reason_is_what_the_text_is_about(model, analyser):
    found = explain("前锋补时进球，主场取胜。", model, analyser)
    assert found.label == found.themes[0] == "sport"
    assert any(word in found.reasons[0].text for word in ("前锋", "进球", "取胜", "主场"))
    assert found.reasons[0].value > 0


def test_a_mention_is_named_by_its_kind():
    from tagger import resources
    from tagger.themes.commands import TextAnalyser

    shipped = SteppedModel.load(resources.model_folder())
    found = explain("深圳市工业和信息化局印发训力券管理办法", shipped, TextAnalyser())
    assert found.label == "policy"
    assert "issuer" in {reason.sort for reason in found.reasons}


def test_the_section_is_a_reason_where_it_leans():
    from tagger import resources
    from tagger.themes.commands import TextAnalyser

    shipped = SteppedModel.load(resources.model_folder())
    found = explain("需求恢复慢于预期，原料涨价。", shipped, TextAnalyser(), "risk")
    assert [reason.value > 0 for reason in found.reasons if reason.sort == "section"] == [True]
