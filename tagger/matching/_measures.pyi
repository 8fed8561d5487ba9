from collections.abc import Callable, Iterable, Mapping

from tagger.matching._bounds import BoundWords
from tagger.matching._found import Candidate
from tagger.matching.measures import MeasureGrammar
from tagger.matching.scan import Span
from tagger.schema import Value

def number_end(text: str, start: int) -> int: ...

class Surfaces:
    def __init__(self, words: Iterable[str]) -> None: ...
    def end(self, text: str, start: int) -> int: ...

class QuickMeasures:
    def __init__(
        self,
        grammar: MeasureGrammar,
        value: Callable[..., Value],
        bounds: BoundWords,
        units: list[tuple[str, str, int | None]],
        counter: str,
        currencies: list[tuple[str, str | None]],
        no_units: Iterable[str],
        characters: Mapping[str, str],
    ) -> None: ...
    def find(self, text: str, taken: list[Span]) -> list[Candidate]: ...
