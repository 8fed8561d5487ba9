"""The number before a heading: read as the pattern says."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.test_lines import LINE
from tagger.ingest._headings import behind_mark, heading_of
from tagger.ingest.reflow import CAPTION

MARK = re.compile(
    r"[\s■□●○◆◇▶►▲•⚫◼◾❖➢➤✓※#*【\uf000-\uf0ff]*"
    r"(?:(?P<chapter>第[一二三四五六七八九十百\d]+[章节部篇])\s*|(?P<han>[一二三四五六七八九十]{1,3})[、.．]\s*"
    r"|[（(](?P<bracketed>[一二三四五六七八九十]{1,3})[）)]\s*|(?P<path>\d{1,2}(?:\.\d{1,2})*)(?P<comma>、)?[.．\s]*(?=[^\d\s%.,，年月日])"
    r"|(?P<item>[（(]?\d{1,2}[）)]|[①-⑳])\s*)?"
)
RANKS = {"chapter": 0, "han": 1, "bracketed": 2, "path": 3, "comma": 4, "item": 5}


def plainly(line: str) -> tuple[str, int | None, tuple[int, ...]] | None:
    """The words, rank and path of a heading."""
    whole = line.rstrip("：: 】")
    if not whole or whole[-1] in "。；！？，、" or "。" in whole or "\t" in line or CAPTION.match(line):
        return None
    mark = MARK.match(line)
    name = whole[mark.end() :]
    if not name:
        return None
    kind = "comma" if mark["comma"] else mark.lastgroup
    path = tuple(map(int, mark["path"].split("."))) if mark["path"] else ()
    return name, RANKS.get(kind), path


NUMBERS = st.text("第一十百12٣.、．（）()①⑳章篇 \t\u3000■【#年日%,，a险图表：】。\x00²", max_size=12)


@given(st.one_of(NUMBERS, st.builds("".join, st.tuples(NUMBERS, LINE)), LINE))
@example("1、2")
@example("1．2")
@example("1、.．3")
@example("12.3.45.678 x")
@example("1. . ．\u3000年")
@example("1.2.")
@example("第百章")
def test_a_heading_is_read_as_the_pattern_says(line):
    heading = heading_of(line, 3.5)
    assert (heading and (heading.name, heading.rank, heading.path)) == plainly(line)
    assert heading is None or heading.prominence == 3.5
    assert behind_mark(line) == MARK.match(line).end()


@pytest.mark.parametrize("wrong", [b"1.", 1, None])
def test_a_heading_is_a_string(wrong):
    with pytest.raises(TypeError):
        heading_of(wrong)
    with pytest.raises(TypeError):
        behind_mark(wrong)
