"""The theme model in use: all paragraphs of a document at once, in compiled code and without numpy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from tagger.themes._decide import Judge
from tagger.themes._score import Scorer
from tagger.themes.folder import WEIGHTS, Config, ModelError, Weights, read
from tagger.themes.hashes import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from pathlib import Path

    from tagger.lexicon import View
    from tagger.schema import Mention, Paragraph

__all__ = ["OTHER", "ModelError", "ThemeModel"]

OTHER = "other"
COMPUTE = "compute"
_WITH_COMPUTE = ("model_news", "policy")
_SENTENCE_END = re.compile("[。！？；\\n]")
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
        paragraphs: list[Paragraph],
        view: View,
        bounds: bytes,
        mentions: Sequence[Mention],
        headings: Sequence[bool],
        compute_units: Container[str] = (),
    ) -> None:
        """Set theme, themes, scores and uncertain on the paragraphs of a document.

        ``bounds`` are where words of the folded text begin and end.
        ``compute_units`` are units of measure that speak of computing power (EFLOPS, GPU小时).
        """
        given = tuple(paragraphs)
        scores = self._scorer.scores(view, bounds, given, mentions)
        self._judge.decide(scores, given, tuple(headings))
        _add_compute(paragraphs, view.source, mentions, compute_units)

    def leaning(self, section: str) -> list[float]:
        """What a section adds to the scores of its paragraphs, label by label."""
        added = self.config.sections.get(section, {})
        return [added.get(label, 0.0) for label in self.labels]

    def themes_of(self, chances: list[float]) -> list[str]:
        """The themes of a paragraph, the first one first; ``other`` stands alone."""
        return self._judge.themes_of(chances)


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
