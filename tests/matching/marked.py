"""Samples that are input and expected value in one: 发放【instrument:训力券】，最高【amount:5亿元】。

A mark is 【kind:surface】, or 【kind:surface=canonical】 where the canonical form is to be checked too.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from tagger import tokenizers
from tagger.matching.matcher import Matcher
from tagger.schema import Mention

_MARK = re.compile(r"【(?P<kind>[a-z_]+):(?P<surface>[^=】]+)(?:=(?P<canonical>[^】]+))?】")
_TOKENIZER = tokenizers.make()


class Sample(NamedTuple):
    """A text, and its mentions as (start, end, kind, canonical or None)."""

    text: str
    mentions: list[tuple[int, int, str, str | None]]


def parse(marked: str) -> Sample:
    """The sample that a marked text writes down."""
    text, at = "", 0
    mentions = []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        mentions.append((len(text), len(text) + len(mark["surface"]), mark["kind"], mark["canonical"]))
        text += mark["surface"]
        at = mark.end()
    return Sample(text + marked[at:], mentions)


def mark(text: str, mentions: list[Mention], like: Sample) -> str:
    """Found mentions written as marks, with canonical forms where ``like`` has them."""
    wanted = {(start, end) for start, end, _, canonical in like.mentions if canonical}
    marked, at = "", 0
    for mention in mentions:
        canonical = f"={mention.canonical}" if (mention.start, mention.end) in wanted else ""
        marked += f"{text[at : mention.start]}【{mention.kind}:{mention.text}{canonical}】"
        at = mention.end
    return marked + text[at:]


def mentions_in(matcher: Matcher, text: str, published: str | None = None) -> list[Mention]:
    """The mentions of a text."""
    view = matcher.lexicon.folder.fold(text)
    day = date.fromisoformat(published) if published else None
    return matcher.match(view, _TOKENIZER.bounds(view.text), day)


def found(matcher: Matcher, marked: str, published: str | None = None) -> str:
    """The sample as the matcher marks it; equal to ``marked`` when it finds just what is marked."""
    sample = parse(marked)
    return mark(sample.text, mentions_in(matcher, sample.text, published), sample)
