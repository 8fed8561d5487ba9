from collections.abc import Iterable, Sequence
from typing import final

from tagger.lexicon import View
from tagger.schema import Mention
from tagger.themes._decide import Passage
from tagger.themes.folder import Numbers

@final
class Scorer:
    def __init__(
        self,
        columns: Numbers,
        idf: Numbers,
        weights: Numbers,
        bias: Numbers,
        means: Sequence[float],
        power: float,
    ) -> None: ...
    def scores(
        self, view: View, bounds: bytes, paragraphs: tuple[Passage, ...], mentions: Iterable[Mention]
    ) -> bytearray: ...
