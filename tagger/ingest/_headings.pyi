from typing import final

LOWEST_OF_CHAPTERS: int
LOWEST_OF_PARTS: int

@final
class Heading:
    name: str
    rank: int | None
    path: tuple[int, ...]
    prominence: float

def heading_of(line: str, prominence: float = 0.0) -> Heading | None: ...
def behind_mark(line: str) -> int: ...
