from typing import Protocol

from msgspec import UnsetType

from tagger.lexicon import Entry, View
from tagger.matching.scan import Span
from tagger.schema import Found, Mark, Mention, Value

class Candidate:
    start: int
    end: int
    kind: str
    rank: int
    canonical: str | None
    entry: str | None
    by: Found
    value: Value | None
    def __init__(
        self,
        start: int,
        end: int,
        kind: str,
        rank: int,
        canonical: str | None = None,
        entry: str | None = None,
        by: Found = "lexicon",
        value: Value | None = None,
    ) -> None: ...

class Hit:
    start: int
    end: int
    kind: str
    entries: tuple[Entry, ...]
    weak: bool
    form: bool
    def __init__(
        self,
        start: int,
        end: int,
        kind: str,
        entries: tuple[Entry, ...],
        weak: bool = False,
        form: bool = False,
    ) -> None: ...

def term_candidates(hits: list[Hit], found: list[Candidate]) -> list[int]: ...
def without_overlaps(found: list[Candidate]) -> list[Candidate]: ...

class MentionRules(Protocol):
    make: type[Mention]
    unmarked: UnsetType
    marked: frozenset[str]
    def marks(self, text: str, at: int) -> list[Mark] | UnsetType: ...

def mentions_of(
    view: View, kept: list[Candidate], marking: list[Span], rules: MentionRules
) -> list[Mention]: ...
