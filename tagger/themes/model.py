"""The theme model in use: all paragraphs of a document at once, in compiled code and without numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from tagger.themes._decide import Judge, add_compute
from tagger.themes._score import Scorer
from tagger.themes.folder import WEIGHTS, Config, ModelError, Weights, read
from tagger.themes.hashes import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from pathlib import Path

    from tagger.lexicon import View
    from tagger.schema import Mention, Paragraph
    from tagger.themes._decide import Passage

__all__ = ["OTHER", "ModelError", "ThemeModel"]

OTHER = "other"
_SET_ASIDE = ("masthead", "disclaimer")


class ThemeModel:
    """Labels paragraphs with calibrated probabilities. It may be used from several threads.

    Raises ValueError for weights that no training made.
    """

    def __init__(self, config: Config, weights: Weights) -> None:
        self.config = config
        self.labels = config.labels
        means = [config.mass[name] for name in BLOCKS]
        self._scorer = Scorer(*weights, means, config.power)
        self._judge = Judge(
            config.labels,
            config.shift,
            config.slope,
            config.thresholds,
            config.uncertain_below,
            {section: self.leaning(section) for section in config.sections},
            OTHER,
            _SET_ASIDE,
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read a model folder. Raises ModelError when it is not one or was tampered with."""
        config, weights = read(folder)
        try:
            return cls(config, weights)
        except ValueError as error:
            raise ModelError(f"{folder / WEIGHTS}: {error}") from None

    def label(
        self,
        passages: Sequence[Passage],
        view: View,
        bounds: bytes,
        mentions: list[Mention],
        compute_units: Container[str] = (),
    ) -> list[Paragraph]:
        """The paragraphs of a document with their themes.

        ``bounds`` are where words of the folded text begin and end.
        ``compute_units`` are units of measure that speak of computing power (EFLOPS, GPU小时).
        """
        given = tuple(passages)
        paragraphs = self._judge.decide(self._scorer.scores(view, bounds, given, mentions), given)
        add_compute(paragraphs, view.source, mentions, compute_units)
        return paragraphs

    def leaning(self, section: str) -> list[float]:
        """What a section adds to the scores of its paragraphs, label by label."""
        added = self.config.sections.get(section, {})
        return [added.get(label, 0.0) for label in self.labels]

    def themes_of(self, chances: list[float]) -> list[str]:
        """The themes of a paragraph, the first one first; ``other`` stands alone."""
        return self._judge.themes_of(chances)
