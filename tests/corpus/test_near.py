"""MinHash finds what a count of shared runs finds."""

from __future__ import annotations

import numpy as np
import pytest

from tagger.corpus.near import SIZE, pairs, signature

pytest.importorskip("datasketch")

BASE = "深圳市印发训力券管理办法，每年安排最高五亿元，支持企业租用智能算力开展大模型训练，单个企业每年最高补贴一千万元。"


def near(*texts: str) -> set[tuple[int, int]]:
    found = pairs(b"".join(map(signature, texts)), np.arange(len(texts)))
    return {(int(a), int(b)) for a, b in found}


def test_a_reprint_with_a_word_changed_other_numbers_and_blanks_is_near() -> None:
    reprint = BASE.replace("五亿元", " 五 亿元").replace("单个", "每个")
    assert near(BASE, reprint) == {(1, 0)}
    assert near("上周指数上涨0.42%，排第6位", "上周指数上涨12.3%，排第18位") == {(1, 0)}


def test_another_text_on_the_same_subject_is_not() -> None:
    assert (
        near(BASE, "杭州市发布算力券实施细则，明确中小企业租用算力可获补贴，补贴比例不超过合同额的三成。")
        == set()
    )


def test_short_texts_are_near_when_they_are_equal() -> None:
    assert near("风险提示", "风险提示", "市场回顾", "") == {(1, 0)}


def test_a_signature_is_the_same_each_time_and_takes_128_bytes() -> None:
    assert signature(BASE) == signature(BASE)
    assert len(signature(BASE)) == SIZE == 128
    assert len(signature("𠮷😀")) == SIZE
