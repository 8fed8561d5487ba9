from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Protocol, final

from tagger.schema import Mention, Paragraph, Section

class Passage(Protocol):
    start: int
    end: int
    section: Section
    page: int | None
    heading: bool

@final
class Judge:
    def __init__(
        self,
        labels: Sequence[str],
        shift: Sequence[float],
        slope: float,
        thresholds: Sequence[float],
        uncertain_below: float,
        leanings: Mapping[str, Sequence[float]],
        other: str,
        set_aside: Iterable[str],
    ) -> None: ...
    def decide(self, scores: bytearray, passages: tuple[Passage, ...]) -> list[Paragraph]: ...
    def themes_of(self, chances: list[float]) -> list[str]: ...

def add_compute(
    paragraphs: list[Paragraph], text: str, mentions: list[Mention], units: Container[str]
) -> None: ...
