"""The theme model in use: all paragraphs of a document at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from tagger.themes._decide import Judge
from tagger.themes._score import LANES, Scorer
from tagger.themes.features import BLOCKS, BUCKETS, divisor, features
from tagger.themes.folder import Config, ModelError, Weights, read

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from tagger.lexicon import View
    from tagger.schema import Mention, Paragraph
    from tagger.themes.features import Block, Features

__all__ = ["OTHER", "ModelError", "ThemeModel"]

OTHER = "other"
COMPUTE = "compute"
_WITH_COMPUTE = ("model_news", "policy")
_SENTENCE_END = re.compile("[。！？；\\n]")
_SET_ASIDE = ("masthead", "disclaimer")


class ThemeModel:
    """Labels paragraphs with calibrated probabilities. It may be used from several threads.

    ``label`` is what the corridor calls; it walks a document once, in compiled code. The other methods say the same
    step by step in numpy, for training, for explaining, and for the tests that hold both together.
    """

    def __init__(self, config: Config, weights: Weights) -> None:
        self.config = config
        self.labels = config.labels
        self._bias = weights.bias
        self._columns = weights.columns
        self._rows = rows_of(weights)
        self._shift = np.array(config.shift)
        self._scorer = Scorer(
            weights.columns,
            self._rows,
            weights.bias.tolist(),
            [config.mass[name] for name in BLOCKS],
            config.power,
        )
        sections = list(config.sections)
        self._judge = Judge(
            config.labels,
            config.shift,
            config.slope,
            config.thresholds,
            config.uncertain_below,
            dict(zip(sections, self.leaning(sections).tolist(), strict=True)),
            OTHER,
            _SET_ASIDE,
        )

    @classmethod
    def load(cls, folder: Path) -> ThemeModel:
        """Read a model folder. Raises ModelError when it is not one or was tampered with."""
        return cls(*read(folder))

    def label(
        self,
        paragraphs: list[Paragraph],
        view: View,
        words: Sequence[str],
        mentions: Sequence[Mention],
        headings: Sequence[bool],
        compute_units: Container[str] = (),
    ) -> None:
        """Set theme, themes, scores and uncertain on the paragraphs of a document.

        ``compute_units`` are units of measure that speak of computing power (EFLOPS, GPU小时).
        """
        if not paragraphs:
            return
        given = tuple(paragraphs)
        scores = self._scorer.scores(view, words if isinstance(words, list) else list(words), given, mentions)
        self._judge.decide(scores, given, tuple(headings))
        _add_compute(paragraphs, view.source, mentions, compute_units)

    def features(
        self, view: View, words: Sequence[str], spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]
    ) -> Features:
        """What the model sees of the paragraphs at ``spans``."""
        return features(view, words, spans, mentions)

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

    def leaning(self, sections: Sequence[str]) -> NDArray[np.float64]:
        """What the sections of paragraphs add to their scores."""
        extra = np.zeros((len(sections), len(self.labels)))
        for row, section in enumerate(sections):
            for label, value in self.config.sections.get(section, {}).items():
                extra[row, self.labels.index(label)] = value
        return extra

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
            kept = self._rows[np.searchsorted(self._columns, columns[known])].astype(np.float64)
            idf = kept[:, :1]
            mass = np.bincount(rows, idf[:, 0] ** 2, minlength=found.height).astype(np.float64)
            under = divisor(mass, self.config.mass[name], self.config.power)
            yield rows, idf * kept[:, 1 : 1 + len(self.labels)], under, known

    def themes_of(self, chances: list[float]) -> list[str]:
        """The themes of a paragraph, the first one first; ``other`` stands alone."""
        return self._judge.themes_of(chances)


def rows_of(weights: Weights) -> NDArray[np.float32]:
    """A row for every kept feature: its idf, its weights, and noughts up to a multiple of ``LANES``.

    The rows begin where a line of the processor's cache does, so that an ordinary one is fetched at one go.
    """
    height, labels = weights.weights.shape
    width = -(-(1 + labels) // LANES) * LANES
    room = np.zeros(height * width + 16, np.float32)
    begin = -room.ctypes.data % 64 // room.itemsize
    rows = room[begin : begin + height * width].reshape(height, width)
    rows[:, 0] = weights.idf
    rows[:, 1 : 1 + labels] = weights.weights
    return rows


def _add_compute(
    paragraphs: Sequence[Paragraph], text: str, mentions: Sequence[Mention], units: Container[str]
) -> None:
    """Give a paragraph on models or a policy the second theme compute when a sentence of it is about compute.

    Two terms of computing power in one sentence make a full clause about it (rules 2 and 3 of the labelling guide).
    """
    owners = iter(paragraphs)
    paragraph = next(owners, None)
    before: Mention | None = None
    for mention in mentions:
        if mention.kind not in (COMPUTE, "quantity") or not _is_compute(mention, units):
            continue
        while paragraph is not None and paragraph.end <= mention.start:
            paragraph, before = next(owners, None), None
        if paragraph is None:
            return
        if paragraph.theme not in _WITH_COMPUTE:
            continue
        together = before is not None and not _SENTENCE_END.search(text, before.end, mention.start)
        if together and COMPUTE not in paragraph.themes:
            paragraph.themes.append(COMPUTE)
        before = mention


def _is_compute(mention: Mention, units: Container[str]) -> bool:
    if mention.kind == "quantity":
        return mention.value is not None and mention.value.unit in units
    return mention.kind == COMPUTE
