"""Sentences beside the older samples, each its own expected value: ``unseen.txt``, marked as ``marked.py`` says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tagger.matching.matcher import Matcher

from .marked import found

SENTENCES = [
    line
    for line in Path(__file__).with_name("unseen.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("line", SENTENCES, ids=lambda line: line[:24])
def test_a_sentence_is_marked_as_it_is_written(matcher: Matcher, line: str) -> None:
    marked, _, published = line.partition(" @")
    assert found(matcher, marked, published or None) == marked
