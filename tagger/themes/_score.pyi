from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tagger.lexicon import View
from tagger.schema import Mention, Paragraph

LANES: int

class Scorer:
    def __init__(
        self,
        columns: NDArray[np.int32],
        rows: NDArray[np.float32],
        bias: Sequence[float],
        means: Sequence[float],
        power: float,
    ) -> None: ...
    def scores(
        self, view: View, words: list[str], paragraphs: tuple[Paragraph, ...], mentions: Iterable[Mention]
    ) -> bytearray: ...
