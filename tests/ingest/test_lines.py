"""The compiled passes over a text come to what the rules say in plain Python, and take time in proportion to it."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.conftest import paragraphs
from ingest.plainly import read_plainly
from tagger.ingest import traits
from tagger.ingest._lines import Lines
from tagger.ingest.furniture import TEMPLATE_MARK
from tagger.ingest.plain import Rules, read_plain

PROSE = (
    "云州市印发若干措施，支持企业租用智能算力，每年安排五亿元训力券；并对通过评测的模型企业给予一次性补助。"
    "The cluster serves the universities of the province, which pay for it by the hour. 参数 671B，上下文 128K，"
    "成本下降一半、“推理需求”随之抬头（详见下文），产业链的景气度保持高位"
)
MARKED = [
    "■", "⚫ 需求", "（一）", "1、措施", "2.1", "2.1.10", "3.2 算力", "第一章", "图 1：走势", "图表 12", "表2 收入",
    "资料来源：晨山证券研究所", "注：口径", "风险提示：需求不及预期。", "投资要点", "分析师：林知远", "评级\t增持",
    "[P1]", "[P2]", "[P3]", "[P4]", "第 3 页", "- 3 -", "12", "Page 3 of 9", "请务必阅读正文之后的免责声明", "晨山证券",
    "-20%", "0%", "20%", "40%", "2024-01", "2024-02", "2024-03", "2024-04", "（5）", "3.1", "7", "2026E",
    "1. 章 ........... 3", "2. 章 ……………… 5", "3. 章 ........... 9", "内容目录", "[Table_Summary]", "[Table_Title]要点",
    "[Report_1]\u200b", "　　　", "\t", " ", "", "\u200b", "\ufeff■", "\ud800", "🤖", "𠮷字",
]  # fmt: skip
ENDS = st.sampled_from(
    ["\n"] * 12 + ["\n\n", "\r\n", "\r", "\x0c", "\x0b", "\x1c", "\x85", "\u2028", "\t\n", " \n"]
)


@st.composite
def prose(draw: st.DrawFn) -> str:
    """A paragraph wrapped at about a width, or cut anyhow."""
    begin = draw(st.integers(0, len(PROSE) - 1))
    text = (PROSE * 3)[begin : begin + draw(st.integers(1, 2 * len(PROSE)))]
    width = draw(st.integers(5, 60))
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    indent = draw(st.sampled_from(["", "", "　　", "  "]))
    return draw(st.sampled_from(["\n", "\n", "\n\n", "\r\n"])).join([indent + lines[0], *lines[1:]])


LINE = st.one_of(
    st.sampled_from(MARKED),
    prose(),
    st.text("政策算力，。；：AI01.%（）《》■[P]\t 年月-", max_size=30),
    st.text(max_size=8),
)
TEXT = st.lists(st.tuples(LINE, ENDS).map("".join), max_size=40).map("".join)


@given(TEXT)
def test_the_passes_come_to_what_the_rules_say(cues, text):
    read, said = read_plain(text, cues), read_plainly(text, cues)
    assert (read.text, read.dropped) == (said.text, said.dropped)
    assert (read.origins, read.passages) == (said.origins, said.passages)


@given(TEXT)
def test_nothing_is_read_twice(cues, text):
    runs = sorted((source, source + length) for _, source, length, _ in read_plain(text, cues).origins)
    assert all(end <= begin + 1 for (_, end), (begin, _) in pairwise(runs))  # a joiner stands behind its run


def test_a_paragraph_goes_on_once_behind_figures_in_figures(cues):
    half = "算力需求持续增长。地方政策也在加快落地，产业链的景气度保持高位，其中光模"
    part = "云州的租赁价格、北岭的租赁价格与东港的租赁价格在"
    text = (
        f"{half}\n图 1：规模\n{part}。\n" * 2
        + f"{half}\n图 1：规模\n一。{part}\n块，一\n图 2：块\n块与液冷的增速，最快。\n"
    )
    read = read_plain(text, cues)
    assert read == read_plainly(text, cues)
    assert len(read.text) <= len(text)


def test_lines_that_are_put_together_stay(cues):
    lines = Lines("云州市印发\n若干措施。", cues.traits, traits.LABEL, TEMPLATE_MARK)
    lines.leave_out([])
    lines.paragraphs([], Rules(frozenset()))
    with pytest.raises(RuntimeError, match="put together"):
        lines.leave_out([0])


def test_of_every_so_many_lines_a_stretch_is_measured_but_not_of_none(cues):
    lines = Lines("云州市印发若干措施。", cues.traits, traits.LABEL, TEMPLATE_MARK)
    with pytest.raises(ZeroDivisionError):
        lines.sample(0)


def test_a_long_text_is_measured_in_the_same_stretches(cues):
    wrapped = [(PROSE * 4)[at : at + 31] for at in range(0, 400, 31)]
    lines = ["一段话，说的是别的。" if number % 211 > 180 else wrapped[number % 13] for number in range(9000)]
    text = "\n".join(lines)
    assert read_plain(text, cues) == read_plainly(text, cues)


def test_a_mark_of_a_template_before_nothing_readable_leaves_no_trace(cues):
    reading = read_plain("政策加力。\n[Table_Summary]\u200b\n算力增长。\n", cues)
    assert paragraphs(reading) == ["政策加力。", "算力增长。"]


SIZE = 150_000  # the square of it would take minutes


@pytest.mark.parametrize("char", [*"\n a.1。，（[■\t—第P%…-", "\x0c", "\u2028", "\x00", "\ud800", "𠮷"])
@pytest.mark.parametrize(
    "shape",
    ["{0}", "{0}\n", "a{0}", "{0}a\n", "{0}\n\n", "{0}{0}{0}{0}{0}{0}{0}。\n", "......{0}x"],
)
def test_no_text_takes_more_time_than_its_length_is_worth(read, char, shape):
    unit = shape.format(char)
    begin = time.process_time()
    read(unit * (SIZE // len(unit)))
    assert time.process_time() - begin < 3
