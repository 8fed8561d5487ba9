"""What holds for every text: exact offsets, the same entries however it is written, time in proportion to length."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagger.matching.matcher import Matcher

from .marked import mentions_in

SENTENCES = (
    "深圳市工业和信息化局12月18日印发《深圳市打造人工智能先锋城市的若干措施》，每年发放最高5亿元“训力券”。",
    "上海市人民政府提出到2025年底智能算力规模突破100EFLOPS，建设3-5个大模型创新平台。",
    "国家发展和改革委员会、国家数据局部署全国一体化算力网，中国电信与华为共建智算中心。",
    "北京市朝阳区对企业给予不超过合同额30%、最高300万元的补助，浪潮信息（000977.SZ）涨停。",
    "DeepSeek-V3与Qwen2.5-72B相继开源，英伟达H100价格下降，光模块需求增长12.5%。",
    "国办发〔2024〕52号文件要求加强政府投资基金管理，中国人民银行下调存款准备金率0.5个百分点。",
)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LETTERS = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "0123456789.,-~年月日季度上下近超约万亿千百十个元%《》“”（）〔〕号券 \n\u3000ＡＢ１２PE"
        ),
    ),
    max_size=120,
)


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def told(matcher: Matcher, text: str) -> list[tuple[str, str, object]]:
    """What the mentions of a text say, without where they stand and how they are written."""
    fold = matcher.lexicon.folder.fold_term
    mentions = mentions_in(matcher, text, "2024-12-31")
    return [(m.kind, m.entry or ("" if m.value else fold(m.canonical)), m.value) for m in mentions]


@SLOW
@given(text=LETTERS)
def test_offsets_are_exact_and_mentions_stand_in_order_apart(matcher: Matcher, text: str) -> None:
    end = 0
    for mention in mentions_in(matcher, text, "2025-03-01"):
        assert text[mention.start : mention.end] == mention.text
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@SLOW
@given(pieces=st.lists(st.one_of(LETTERS, st.sampled_from(SENTENCES)), max_size=6))
def test_offsets_are_exact_among_real_sentences(matcher: Matcher, pieces: list[str]) -> None:
    text = "".join(pieces)
    for mention in mentions_in(matcher, text):
        assert text[mention.start : mention.end] == mention.text


@SLOW
@given(sentence=st.sampled_from(SENTENCES), random=st.randoms(use_true_random=False))
def test_blanks_between_han_characters_change_nothing(
    matcher: Matcher, sentence: str, random: Random
) -> None:
    spaced = sentence[0]
    for before, after in pairwise(sentence):
        if is_han(before) and is_han(after) and random.random() < 0.5:
            spaced += random.choice(" \u3000\u2009\xa0")
        spaced += after
    assert told(matcher, spaced) == told(matcher, sentence)


@pytest.mark.parametrize("sentence", filter(re.compile("[A-Za-z0-9]").search, SENTENCES), ids=lambda s: s[:8])
def test_full_width_changes_nothing(matcher: Matcher, sentence: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in sentence)
    assert told(matcher, wide) == told(matcher, sentence)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s[:8])
def test_traditional_characters_change_nothing(matcher: Matcher, sentence: str) -> None:
    traditional: dict[str, str] = {}
    for old, new in matcher.lexicon.characters.items():
        if is_han(old):
            traditional.setdefault(new, old)
    written = "".join(traditional.get(c, c) for c in sentence)
    assert written != sentence
    assert told(matcher, written) == told(matcher, sentence)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s[:8])
def test_a_line_break_between_han_characters_changes_nothing(matcher: Matcher, sentence: str) -> None:
    # A name of two characters is not put together over a break: more often they are two words.
    short = {m.start + 1 for m in mentions_in(matcher, sentence) if m.end - m.start == 2}
    expected = told(matcher, sentence)
    for at in {*range(1, len(sentence))} - short:
        if is_han(sentence[at - 1]) and is_han(sentence[at]):
            broken = f"{sentence[:at]}\n{sentence[at:]}"
            assert told(matcher, broken) == expected, broken


SIZE = 1_000_000
SECONDS = 15.0
"""Of processor time; what takes time in proportion to length takes about one, what is quadratic takes hours."""
HOSTILE = {
    "digits": "1234567890",
    "thousands": "1,",
    "ranges": "1-",
    "opening brackets": "《",
    "nested brackets": "《关于《",
    "quotes": "“",
    "numerals": "一二三十百千万亿",
    "vague numerals": "数十百几千",
    "han": "发展",
    "voucher endings": "券",
    "title endings": "若干措施",
    "years": "年",
    "dates": "12月",
    "list of regions": "深圳市、",
    "authorities": "市发改委",
    "authorities by their regions": "深圳市，市发改委",
    "blanks": " ",
    "line breaks": "中\n",
    "model names": "GPT-",
    "document numbers": "发〔2024〕",
    "percent": "百分之",
    "stock codes": "（300024.SZ）",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_megabyte_takes_seconds(matcher: Matcher, piece: str) -> None:
    text = piece * (SIZE // len(piece.encode()))
    begin = time.process_time()
    view = matcher.lexicon.folder.fold(text)
    matcher.match(view, b"\1" * (len(view.text) + 1), None)
    assert time.process_time() - begin < SECONDS
