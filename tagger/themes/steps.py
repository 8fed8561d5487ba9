"""The theme model step by step, in numpy: what explaining needs, and what the compiled walk is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tagger.themes.features import BLOCKS, BUCKETS, divisor, features
from tagger.themes.model import ThemeModel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tagger.lexicon import View
    from tagger.schema import Mention
    from tagger.themes.features import Block, Features
    from tagger.themes.folder import Config, Weights


class SteppedModel(ThemeModel):
    """A theme model that shows its working."""

    def __init__(self, config: Config, weights: Weights) -> None:
        super().__init__(config, weights)
        self._columns = np.asarray(weights.columns)
        self._idf = np.asarray(weights.idf, np.float64)
        self._weights = np.asarray(weights.weights, np.float64).reshape(-1, len(self.labels))
        self._bias = np.asarray(weights.bias)
        self._shift = np.array(config.shift)

    def features(
        self, view: View, bounds: bytes, spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]
    ) -> Features:
        """What the model sees of the paragraphs at ``spans``."""
        return features(view, bounds, spans, mentions)

    def scores(self, found: Features) -> NDArray[np.float64]:
        """The linear scores before calibration: a row a paragraph, a column a label."""
        scores = np.tile(self._bias, (found.height, 1))
        for rows, weights, under, _ in self._known(found):
            for label, column in enumerate(weights.T):
                scores[:, label] += np.bincount(rows, column, minlength=found.height) / under
        return scores

    def contributions(self, found: Features) -> Iterator[tuple[str, Block, NDArray[np.float64]]]:
        """What every occurrence of a feature adds to the scores: its block's name, the occurrences, a row each."""
        for name, block, (rows, weights, under, known) in zip(
            BLOCKS, found.blocks, self._known(found), strict=True
        ):
            yield name, block.where(known), weights / under[rows, np.newaxis]

    def head_start(self, first: int, second: int) -> float:
        """The log odds of one label against another before anything is read."""
        return float(
            (self._bias[first] - self._bias[second] + self._shift[first] - self._shift[second])
            * self.config.slope
        )

    def probabilities(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Calibrated probabilities of scores; every row sums to one."""
        raised = (scores + self._shift) * self.config.slope
        chances = np.exp(raised - raised.max(axis=1, keepdims=True))
        result: NDArray[np.float64] = chances / chances.sum(axis=1, keepdims=True)
        return result

    def _known(
        self, found: Features
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]]:
        """The occurrences of kept features, block by block.

        Their rows, what they weigh for each label (weight · idf), the divisor of every row, and which they are.
        """
        for number, (name, block) in enumerate(zip(BLOCKS, found.blocks, strict=True)):
            columns = block.buckets + number * BUCKETS
            known = np.isin(columns, self._columns)
            rows = block.rows[known]
            kept = np.searchsorted(self._columns, columns[known])
            idf = self._idf[kept]
            mass = np.bincount(rows, idf**2, minlength=found.height).astype(np.float64)
            under = divisor(mass, self.config.mass[name], self.config.power)
            yield rows, self._weights[kept] * idf[:, np.newaxis], under, known
