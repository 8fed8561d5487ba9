from datetime import date

from tagger.matching._found import Candidate
from tagger.matching.dates import DateGrammar
from tagger.matching.scan import Span

def places(text: str, words: list[Span]) -> list[tuple[int, str]]: ...
def dates(text: str, openings: list[Span], published: date | None, rules: DateGrammar) -> list[Candidate]: ...
