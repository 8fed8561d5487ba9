"""The theme model in use: numpy alone, a whole document at once, weights in an open format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from msgspec import Struct, field

from tagger.themes.features import COLUMNS, WordHasher, features, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tagger.lexicon import View
    from tagger.schema import Mention, Paragraph

FORMAT = 1


class ModelError(ValueError):
    """A model folder that is corrupt, foreign or of another version."""


class Config(Struct, forbid_unknown_fields=True):
    """What the weights mean: labels in order, calibration per label, thresholds of the sets."""

    format: int
    labels: list[str]
    columns: int
    side_weight: float
    slopes: list[float]
    offsets: list[float]
    thresholds: list[float]
    uncertain_below: float
    lexicon: str
    data: str
    weights: str
    about: dict[str, str] = field(default_factory=dict)


class ThemeModel:
    """Labels paragraphs with calibrated probabilities."""

    def __init__(self, config: Config, weights: NDArray[np.float64], bias: NDArray[np.float64], idf: NDArray[np.float64]) -> None:
        self.config = config
        self.labels = config.labels
        self._weights, self._bias, self._idf = weights, bias, idf
        self._slopes = np.array(config.slopes)
        self._offsets = np.array(config.offsets)
        self._hasher = WordHasher()

    @classmethod
    def load(cls, folder: Path) -> ThemeModel:
        """Read a model folder. Raises ModelError when it is not one or was tampered with."""
        import hashlib

        try:
            config = msgspec.json.decode((folder / "config.json").read_bytes(), type=Config)
            data = (folder / "weights.npz").read_bytes()
        except (OSError, msgspec.DecodeError) as error:
            raise ModelError(f"{folder}: no theme model ({error})") from None
        if config.format != FORMAT or config.columns != COLUMNS:
            raise ModelError(f"{folder}: made for another version of tagger; run scripts/train")
        if hashlib.sha256(data).hexdigest() != config.weights:
            raise ModelError(f"{folder}: the weights are not those that config.json names")
        try:
            with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
                columns, packed = arrays["columns"], arrays["weights"]
                bias, idf = arrays["bias"].astype(np.float64), arrays["idf"]
        except (ValueError, KeyError, OSError) as error:
            raise ModelError(f"{folder}/weights.npz: {error}") from None
        weights = np.zeros((COLUMNS, len(config.labels)))
        weights[columns] = packed
        full_idf = np.zeros(COLUMNS)
        full_idf[columns] = idf
        return cls(config, weights, bias, full_idf)

    def label(self, paragraphs: list[Paragraph], view: View, words: Sequence[str], mentions: Sequence[Mention], headings: Sequence[bool]) -> None:
        """Set theme, themes, scores and uncertain on the paragraphs of a document."""
        if not paragraphs:
            return
        spans = [(p.start, p.end) for p in paragraphs]
        matrix = features(view, words, spans, [p.section for p in paragraphs], mentions, self._hasher)
        chances = self.probabilities(matrix)
        for paragraph, row, heading in zip(paragraphs, chances.tolist(), headings, strict=True):
            self._decide(paragraph, row, heading)

    def probabilities(self, matrix: object) -> NDArray[np.float64]:
        """Calibrated probabilities, one row a paragraph, one column a label."""
        values = weigh(matrix, self._idf, self.config.side_weight)  # type: ignore[arg-type]
        rows, columns, height = matrix.rows, matrix.columns, matrix.height  # type: ignore[attr-defined]
        scores = np.empty((height, len(self.labels)))
        taken = self._weights[columns] * values[:, None]
        for number in range(len(self.labels)):
            scores[:, number] = np.bincount(rows, taken[:, number], minlength=height)
        scores += self._bias
        chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-(scores * self._slopes + self._offsets)))
        return chances

    def _decide(self, paragraph: Paragraph, row: list[float], heading: bool) -> None:
        labels = self.labels
        paragraph.scores = {label: round(chance, 4) for label, chance in zip(labels, row, strict=True)}
        if heading or paragraph.section in ("masthead", "disclaimer"):
            paragraph.theme, paragraph.themes = "other", ["other"]
            return
        best = max(range(len(labels)), key=row.__getitem__)
        paragraph.theme = labels[best]
        if labels[best] == "other":
            paragraph.themes = ["other"]
        else:
            more = [i for i in range(len(labels)) if i != best and labels[i] != "other" and row[i] >= self.config.thresholds[i]]
            paragraph.themes = [labels[best], *(labels[i] for i in sorted(more, key=lambda i: -row[i]))]
        paragraph.uncertain = row[best] < self.config.uncertain_below
