from tagger.lexicon import Entry, Family
from tagger.matching._found import Hit
from tagger.matching._trie import Terms
from tagger.matching.terms import TermMatcher

Kinds = tuple[tuple[str, bool, tuple[Entry, ...]], ...]

KINDS_WITH_EVIDENCE: tuple[str, ...]

class Surface:
    kinds: Kinds
    family: Family | None
    def __init__(self, text: str, kinds: Kinds, family: Family | None) -> None: ...

def accepted(
    text: str,
    bounds: bytes,
    terms: Terms,
    surfaces: dict[int, Surface],
    rules: TermMatcher,
) -> list[Hit]: ...
def settled(text: str, hits: list[Hit], rules: TermMatcher) -> list[Hit]: ...
