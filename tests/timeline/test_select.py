"""What a reader asks for."""

from __future__ import annotations

import pytest

from tagger.timeline import Selection
from timeline.telling import money, told


@pytest.fixture
def chosen(merge, knowledge):
    events = merge(
        told("a", "深圳市算力券办法", "2024-12-18", region="深圳市", instruments=[money("算力券", 1e8)]),
        told("b", "广东省数据条例", "2025-03", region="广东省", words="广东省数据条例提到低空经济。"),
        told("c", "全国量子规划", "2025", issuers=["国务院"]),
        told("d", "杭州市量子办法（征求意见稿）", "2025-06-01", region="杭州市", status="draft"),
        told("e", "合肥市机器人方案", None, published="2025-07-01", region="合肥市"),
    )

    def run(**conditions):
        selection = Selection(**conditions)
        selection.check()
        return "".join(sorted(event.documents[0].id for event in selection.of(events, knowledge)))

    return run


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({}, "abcde"),
        ({"since": "2025"}, "bcd"),
        ({"since": "2025-03-15"}, "bcd"),
        ({"until": "2024-12-18"}, "a"),
        ({"until": "2024-12-17"}, ""),
        ({"since": "2025-04", "until": "2025-05"}, "c"),
        ({"regions": ("广东",)}, "ab"),
        ({"regions": ("深圳",)}, "a"),
        ({"regions": ("全国",)}, "c"),
        ({"regions": ("杭州市", "合肥")}, "de"),
        ({"regions": ("无此地",)}, ""),
        ({"instruments": ("算力",)}, "a"),
        ({"statuses": ("draft",)}, "d"),
        ({"query": "低空"}, "b"),
        ({"query": "量子 国务院"}, "c"),
        ({"query": "量子", "statuses": ("draft",)}, "d"),
    ],
)
def test_conditions_must_all_hold(chosen, conditions, found):
    assert chosen(**conditions) == found


@pytest.mark.parametrize(
    "wrong", [{"since": "gestern"}, {"until": "2025-13"}, {"since": "2025-02-30"}, {"statuses": ("gone",)}]
)
def test_what_cannot_be_asked_is_said(wrong):
    with pytest.raises(ValueError, match=r"--(since|until|status): "):
        Selection(**wrong).check()
