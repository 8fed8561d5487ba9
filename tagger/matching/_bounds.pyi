from collections.abc import Iterable

from tagger.schema import Qualifier

class BoundWords:
    def __init__(
        self,
        before: list[tuple[str, list[str]]],
        after: list[tuple[str, list[str]]],
        links: Iterable[str],
        may: str,
    ) -> None: ...
    def read(self, text: str, start: int, end: int, sureness: str) -> Qualifier: ...
