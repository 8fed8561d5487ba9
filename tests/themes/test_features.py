"""What the classifier sees, and that it sees the same wherever a paragraph stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.themes.features import BLOCKS, features

ROOT = Path(__file__).resolve().parents[2]
TEXTS = (
    "国务院印发《新能源汽车产业发展规划》，到2025年新车销量占比达到20%。",
    "Qwen9-72B 上线并 开源，推理 价格 下降 40%",
    "　风险提示：需求不及预期；汇率波动",
    "𠮷野家门店数 1,200 家",
    "。",
)


def of(texts, analyser):
    """The features of paragraphs joined to a document."""
    spans, at = [], 0
    for text in texts:
        spans.append((at, at + len(text)))
        at += len(text) + 1
    view, bounds, mentions = analyser.analyse("\n".join(texts))
    return view, features(view, bounds, spans, mentions)


def buckets(found, row):
    """The sorted buckets of a paragraph, block by block."""
    return [np.sort(block.buckets[block.rows == row]).tolist() for block in found.blocks]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(TEXTS[:2] + TEXTS[3:]), min_size=1, max_size=6))
def test_a_paragraph_has_the_same_features_alone_and_in_a_document(analyser, texts):
    _, together = of(texts, analyser)
    for row, text in enumerate(texts):
        _, alone = of([text], analyser)
        assert buckets(together, row) == buckets(alone, 0)


def test_two_authorities_make_the_same_pair_with_the_verb(analyser):
    found = [set(buckets(of([text], analyser)[1], 0)[1]) for text in ("国务院印发了", "中国证监会印发了")]
    assert found[0] & found[1]


def test_a_model_that_no_lexicon_holds_counts_as_a_model(analyser):
    shared = [
        set(buckets(of([text], analyser)[1], 0)[1]) for text in ("Qwen19.5-333B上线", "DeepSeek-V77上线")
    ]
    assert shared[0] & shared[1]


def test_blanks_between_han_and_the_width_of_letters_do_not_matter(analyser):
    plain, spaced = (
        buckets(of([text], analyser)[1], 0) for text in ("算力券最高200万元AI", "算 力 券最高 200 万元ＡＩ")
    )
    assert plain == spaced


def test_the_digits_of_a_number_do_not_matter(analyser):
    assert (
        buckets(of(["同比增长3.1个点"], analyser)[1], 0)[0]
        == buckets(of(["同比增长9.7个点"], analyser)[1], 0)[0]
    )


def test_every_occurrence_says_where_it_stands(analyser):
    for text in TEXTS:
        view, found = of([text], analyser)
        for name, block in zip(BLOCKS, found.blocks, strict=True):
            assert (block.begins < block.ends).all()
            assert (block.ends <= len(view.text)).all()
            if name == "characters":
                assert (block.ends - block.begins == 2).all()


def test_an_empty_document_has_no_features(analyser):
    view, bounds, mentions = analyser.analyse("")
    found = features(view, bounds, [], mentions)
    assert found.height == 0
    assert all(len(block.rows) == 0 for block in found.blocks)


def test_hashes_are_the_same_in_every_process():
    code = "from tagger.themes.features import KIND_NUMBERS; print(*KIND_NUMBERS.values())"
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
