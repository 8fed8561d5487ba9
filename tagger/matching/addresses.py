"""Addresses of pages and mail: what looks like a name or a number inside one is none."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagger.matching._found import Candidate
    from tagger.matching.scan import Span

CUES = ("http://", "https://", "www.", ".com", ".cn", ".net", ".org")
"""The words that are looked for before anything else is."""
_HOST = re.compile(r"[a-z0-9.@_-]*\Z")
_REST = re.compile(r"[a-z0-9.@_~:/?#!$&'*+;=%-]*")
_LONGEST_HOST = 80


def addresses(text: str, cues: list[Span]) -> list[Span]:
    """The spans of the addresses that hold the ``cues``, in order and apart."""
    found: list[Span] = []
    for at, end in cues:
        if found and at < found[-1][1]:
            continue
        host = _HOST.search(text, max(0, at - _LONGEST_HOST), at)
        start = host.start() if host and text[at] == "." else at
        if text[at] == "." and (start == at or text[end : end + 1].isalnum()):
            continue  # .com of nothing, or the beginning of another word
        rest = _REST.match(text, end)
        found.append((start, rest.end() if rest else end))
    return found


def outside(found: list[Candidate], spans: list[Span]) -> list[Candidate]:
    """The candidates that do not lie within an address; one that is the whole address stays."""
    starts = [start for start, _ in spans]

    def stays(item: Candidate) -> bool:
        place = bisect_right(starts, item.start) - 1
        return place < 0 or item.start >= spans[place][1] or (item.start, item.end) == spans[place]

    return [item for item in found if stays(item)]
