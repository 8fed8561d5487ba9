"""The theme model in use: numpy alone, all paragraphs of a document at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

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
    """Labels paragraphs with calibrated probabilities. It may be used from several threads."""

    def __init__(self, config: Config, weights: Weights) -> None:
        self.config = config
        self.labels = config.labels
        self._bias = weights.bias
        idf = weights.idf.astype(np.float64)
        # Row 0 is that of every feature that training has not kept.
        self._slots = np.zeros(len(BLOCKS) * BUCKETS, np.int32)
        self._slots[weights.columns] = np.arange(1, len(idf) + 1, dtype=np.int32)
        self._squares = np.concatenate([[0.0], idf**2])
        self._weights = np.zeros((len(self.labels), len(idf) + 1))
        self._weights[:, 1:] = weights.weights.T * idf
        self._shift = np.array(config.shift)

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
        found = self.features(view, words, [(p.start, p.end) for p in paragraphs], mentions)
        chances = self.probabilities(self.scores(found) + self.leaning([p.section for p in paragraphs]))
        for paragraph, row, heading in zip(paragraphs, chances.tolist(), headings, strict=True):
            self._decide(paragraph, row, heading)
        _add_compute(paragraphs, view.source, mentions, compute_units)

    def features(
        self, view: View, words: Sequence[str], spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]
    ) -> Features:
        """What the model sees of the paragraphs at ``spans``."""
        return features(view, words, spans, mentions)

    def scores(self, found: Features) -> NDArray[np.float64]:
        """The linear scores before calibration: a row a paragraph, a column a label."""
        scores = np.tile(self._bias, (found.height, 1))
        for rows, slots, under, _ in self._known(found):
            for label, weights in enumerate(self._weights):
                scores[:, label] += np.bincount(rows, weights[slots], minlength=found.height) / under
        return scores

    def contributions(self, found: Features) -> Iterator[tuple[str, Block, NDArray[np.float64]]]:
        """What every occurrence of a feature adds to the scores: its block's name, the occurrences, a row each."""
        for name, block, (rows, slots, under, known) in zip(
            BLOCKS, found.blocks, self._known(found), strict=True
        ):
            yield name, block.where(known), (self._weights[:, slots] / under[rows]).T

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
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64], NDArray[np.bool_]]]:
        """The occurrences of kept features, block by block: rows, slots, each row's divisor, and which they are."""
        for number, (name, block) in enumerate(zip(BLOCKS, found.blocks, strict=True)):
            slots = self._slots[block.buckets + number * BUCKETS]
            known = slots > 0
            rows, slots = block.rows[known], slots[known]
            mass = np.bincount(rows, self._squares[slots], minlength=found.height).astype(
                np.float64, copy=False
            )
            yield rows, slots, divisor(mass, self.config.mass[name], self.config.power), known

    def _decide(self, paragraph: Paragraph, row: list[float], heading: bool) -> None:
        labels = self.labels
        paragraph.scores = {label: round(chance, 4) for label, chance in zip(labels, row, strict=True)}
        if OTHER in labels and (heading or paragraph.section in _SET_ASIDE):
            paragraph.theme, paragraph.themes = OTHER, [OTHER]
            return
        paragraph.themes = self.themes_of(row)
        paragraph.theme = paragraph.themes[0]
        paragraph.uncertain = max(row) < self.config.uncertain_below

    def themes_of(self, chances: list[float]) -> list[str]:
        """The themes of a paragraph, the first one first; ``other`` stands alone."""
        best = max(range(len(chances)), key=chances.__getitem__)
        if self.labels[best] == OTHER:
            return [OTHER]
        more = [
            i
            for i, chance in enumerate(chances)
            if i != best and self.labels[i] != OTHER and chance >= self.config.thresholds[i]
        ]
        return [self.labels[i] for i in (best, *sorted(more, key=chances.__getitem__, reverse=True))]


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
        while paragraph is not None and paragraph.end <= mention.start:
            paragraph, before = next(owners, None), None
        if paragraph is None:
            return
        if paragraph.theme not in _WITH_COMPUTE or not _is_compute(mention, units):
            continue
        together = before is not None and not _SENTENCE_END.search(text, before.end, mention.start)
        if together and COMPUTE not in paragraph.themes:
            paragraph.themes.append(COMPUTE)
        before = mention


def _is_compute(mention: Mention, units: Container[str]) -> bool:
    if mention.kind == "quantity":
        return mention.value is not None and mention.value.unit in units
    return mention.kind == COMPUTE
