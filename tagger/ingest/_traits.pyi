from collections.abc import Iterable
from typing import Literal

from tagger.ingest.reading import Passage

PAGE: int
AXIS: int
MARK: int
NOTE: int
PAGE_BEGIN: int
SPACE: int
WORDS: int

class Traits:
    def __init__(
        self,
        characters: dict[str, str],
        words: list[tuple[Literal["anywhere", "beginning", "end"], Iterable[str | None]]],
    ) -> None: ...
    def of(self, text: str) -> int: ...
    def of_each(self, text: str, passages: list[Passage]) -> list[int]: ...
