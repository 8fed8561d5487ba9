from collections.abc import Iterable, Mapping, Sequence
from typing import final

from tagger.schema import Paragraph

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
    def decide(
        self, scores: bytearray, paragraphs: tuple[Paragraph, ...], headings: tuple[bool, ...]
    ) -> None: ...
    def themes_of(self, chances: list[float]) -> list[str]: ...
