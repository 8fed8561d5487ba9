"""A small world of two and three themes, so that training takes a second."""

from __future__ import annotations

import itertools

import pytest

from tagger.themes.commands import TextAnalyser
from tagger.themes.samples import Sample
from tagger.themes.train import train

DISHES = ("红烧肉", "清蒸鲈鱼", "麻婆豆腐", "酸辣土豆丝", "番茄炒蛋", "东坡肘子", "葱油拌面", "白切鸡")
TEAMS = ("上海申花", "北京国安", "山东泰山", "成都蓉城", "浙江队", "河南队", "武汉三镇", "天津津门虎")
CITIES = ("合肥", "苏州", "青岛", "厦门", "昆明", "长春", "南昌", "贵阳")


def _samples() -> list[Sample]:
    """Dishes, matches and neither; every third dish is eaten while a match is on."""
    samples = []
    for number, (dish, team, city) in enumerate(zip(DISHES, TEAMS, CITIES, strict=True)):
        family = f"f{number}"
        samples += [
            Sample(
                f"{dish}要先焯水，再下锅翻炒，出锅前撒葱花，火候最要紧。",
                "food",
                ["food"],
                style="recipe",
                family=family,
            ),
            Sample(
                f"这家馆子的{dish}咸淡正好，米饭管够，味道让人想起小时候。",
                "food",
                ["food"],
                style="review",
                family=family,
            ),
            Sample(
                f"{team}主场三比一取胜，前锋梅开二度，守门员扑出点球。",
                "sport",
                ["sport"],
                style="wire",
                family=family,
            ),
            Sample(
                f"联赛第{number + 3}轮，{team}客场逼平对手，补时进球被判越位。",
                "sport",
                ["sport"],
                style="wire",
                family=family,
            ),
            Sample(
                f"{city}今天多云转阴，午后有小雨，气温十八到二十四度。",
                "other",
                ["other"],
                style="weather",
                family=family,
            ),
            Sample(
                f"{city}地铁三号线今晚延长运营一小时，末班车十一点半发出。",
                "other",
                ["other"],
                style="notice",
                family=family,
            ),
        ]
        if number % 3 == 0:
            both = f"一边看{team}踢球，一边吃{dish}，前锋进球时满桌的菜都香了，火候也正好。"
            samples.append(Sample(both, "sport", ["sport", "food"], style="diary", family=family))
    return samples


@pytest.fixture(scope="session")
def samples():
    return _samples()


@pytest.fixture(scope="session")
def analyser():
    return TextAnalyser(tokenizer="rjieba")


@pytest.fixture(scope="session")
def trained(samples, analyser):
    return train(samples, analyser, other=0.5)


@pytest.fixture
def as_lines():
    """Samples as JSONL."""
    import msgspec

    return lambda samples: b"".join(
        msgspec.json.encode(sample) + b"\n" for sample in itertools.chain(samples)
    )
