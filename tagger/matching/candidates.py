"""What the grammars propose: spans of the folded text that may become mentions."""

from __future__ import annotations

from msgspec import Struct

from tagger.schema import Found, Value


class Candidate(Struct, gc=False):
    """A span of the folded text and what it may be; ``rank`` decides between candidates that overlap."""

    start: int
    end: int
    kind: str
    rank: int
    canonical: str | None = None
    entry: str | None = None
    by: Found = "lexicon"
    value: Value | None = None
