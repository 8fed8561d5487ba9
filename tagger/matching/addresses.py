"""Addresses of pages and mail: what looks like a name or a number inside one is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagger.matching.scan import Span

CUES = ("http://", "https://", "www.", ".com", ".cn", ".net", ".org")
"""The words that are looked for before anything else is."""
_HOST = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.@_-")
_REST = re.compile(r"[a-z0-9.@_~:/?#!$&'*+;=%-]*")
_LONGEST_HOST = 80


def addresses(text: str, cues: list[Span]) -> list[Span]:
    """The spans of the addresses that hold the ``cues``, in order and apart."""
    found: list[Span] = []
    for at, end in cues:
        if found and at < found[-1][1]:
            continue
        start = at
        while text[at] == "." and max(0, at - _LONGEST_HOST) < start and text[start - 1] in _HOST:
            start -= 1
        if text[at] == "." and (start == at or text[end : end + 1].isalnum()):
            continue  # .com of nothing, or the beginning of another word
        rest = _REST.match(text, end)
        found.append((start, rest.end() if rest else end))
    return found
