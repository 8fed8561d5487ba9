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
    def ahead(self, text: str, start: int) -> tuple[Qualifier | None, bool]: ...
    def behind(self, text: str, end: int) -> Qualifier | None: ...
    def read(self, text: str, start: int, end: int, sureness: str) -> Qualifier: ...
