from tagger.lexicon import Entry, Family
from tagger.matching._found import Hit
from tagger.matching._trie import Terms
from tagger.matching.terms import TermMatcher

Kinds = tuple[tuple[str, bool, tuple[Entry, ...]], ...]

class Surface:
    kinds: Kinds
    family: Family | None
    def __init__(self, text: str, kinds: Kinds, family: Family | None) -> None: ...

def sentence(text: str, start: int, end: int) -> tuple[int, int]: ...
def accepted(
    text: str,
    bounds: bytes,
    terms: Terms,
    surfaces: dict[int, Surface],
    rules: TermMatcher,
) -> list[Hit]: ...
