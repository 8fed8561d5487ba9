"""The shipped model: what it must reach on texts that it was not trained on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tagger import resources
from tagger.schema import THEMES
from tagger.themes import ThemeModel
from tagger.themes.evaluate import answers_of, measure
from tagger.themes.samples import fingerprint, read_samples

CORPUS = Path(__file__).resolve().parents[2] / "models" / "themes" / "corpus"


def test_it_has_the_themes_of_the_guide_and_was_trained_on_the_corpus():
    model = ThemeModel.load(resources.model_folder())
    assert tuple(model.labels) == THEMES
    assert model.config.data == fingerprint(read_samples(CORPUS)), "the corpus was changed: run scripts/train"


def test_its_weights_are_small():
    assert (resources.model_folder() / "weights.npz").stat().st_size < 10 << 20


@pytest.fixture(scope="module")
def figures(tagger, shared):
    return measure(answers_of(read_samples(shared / "real" / "themes.jsonl"), tagger.tag))


def test_first_themes_on_real_paragraphs(figures):
    assert figures["sure"]["macro_f1"] >= 0.87
    assert figures["all"]["macro_f1"] >= 0.81
    assert min(row["f1"] for row in figures["sure"]["themes"].values()) >= 0.75


def test_theme_sets_on_real_paragraphs(figures):
    assert figures["all"]["sets_micro_f1"] >= 0.84


def test_its_probabilities_can_be_believed(figures):
    assert figures["all"]["calibration_error"] <= 0.05
    uncertain = figures["all"]["uncertain"]
    assert uncertain["errors"] >= 3 * uncertain["errors_of_the_others"]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        (
            "Qwen19-480B 今日开源，数学基准得分超过上一代十二个点，API 输入价格降到每百万 token 两元。",
            "model_news",
        ),
        (
            "晋江市市场监督管理局印发《童装质量提升行动方案》，对通过认证的企业给予最高二十万元奖励。",
            "policy",
        ),
        ("公司三期机房投产，新增液冷机柜六千架，可容纳八卡服务器一万台，训练集群上架率已过九成。", "compute"),
        ("原材料价格大幅波动；新品推广不及预期；海外建厂进度低于预期。", "risk"),
        ("早稻收购均价每公斤二点八元，与上周持平，江西、湖南两省到库量略增。", "other"),
    ],
)
def test_sentences_of_every_theme(tagger, text, theme):
    assert tagger.tag(text).paragraphs[0].theme == theme


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        pytest.param(
            "新规的要点有三：准入门槛提高、过渡期一年、存量业务豁免。我们认为中小机构受影响最大，行业集中度将上升。",
            "policy",
            id="a comment on a policy that names no authority",
        ),
        pytest.param(
            "优化城乡学校布局，扩大普惠托位供给，健全教师待遇保障，让孩子们就近上好学。",
            "policy",
            id="a plan without a number",
        ),
        pytest.param(
            "公司机房业务毛利率承压，主要是新楼爬坡；批发客户占比提升后，单柜租金下降而上架更快。",
            "compute",
            id="broker prose on data centres",
        ),
    ],
)
def test_registers_that_once_went_wrong(tagger, text, theme):
    assert tagger.tag(text).paragraphs[0].theme == theme
