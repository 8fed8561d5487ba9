import re

from tagger.ingest._lines import Lines
from tagger.ingest.reading import Dropped

def take_furniture(
    lines: Lines, running: re.Pattern[str], in_running: int, in_leaders: int
) -> list[Dropped]: ...
