"""From scores to probabilities: fitted on paragraphs that the model had not seen, styles kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from tagger.themes.samples import Sample

FOLDS = 5
UNCERTAIN_SHARE = 0.15
_THRESHOLDS = np.arange(
    0.3, 0.61, 0.05
)  # a second theme fills a clause at least: rarer than the corpus makes it


def held_out_scores(
    fit: Callable[[NDArray[np.int64]], Callable[[NDArray[np.int64]], NDArray[np.float64]]],
    samples: Sequence[Sample],
    primary: NDArray[np.int64],
    labels: int,
) -> tuple[NDArray[np.float64], str]:
    """Scores of every sample by a model that saw none of its style (or family, or text), and what was kept apart.

    ``fit`` makes, from the numbers of the samples to learn from, a function from numbers to scores.
    """
    from sklearn.model_selection import StratifiedGroupKFold

    groups, apart = _groups(samples)
    scores = np.zeros((len(samples), labels))
    folds = StratifiedGroupKFold(min(FOLDS, len(set(groups))), shuffle=True, random_state=0)
    for learn, test in folds.split(primary, primary, groups):
        scores[test] = fit(learn)(test)
    return scores, apart


def _groups(samples: Sequence[Sample]) -> tuple[list[str], str]:
    for apart in ("style", "family"):
        groups = [getattr(sample, apart) or sample.text for sample in samples]
        if len(set(groups)) >= 2 * FOLDS and any(getattr(sample, apart) for sample in samples):
            return groups, apart
    return [sample.text for sample in samples], "text"


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores as probabilities, a row a paragraph."""
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: NDArray[np.float64] = chances / chances.sum(axis=1, keepdims=True)
    return result


def slope_of(scores: NDArray[np.float64], gold: NDArray[np.int64], weight: NDArray[np.float64]) -> float:
    """The factor that makes held-out scores the most likely (temperature scaling)."""
    from scipy.optimize import minimize_scalar

    rows = np.arange(len(gold))

    def loss(slope: float) -> float:
        return -float(np.average(np.log(softmax(scores * slope)[rows, gold] + 1e-12), weights=weight))

    return round(float(minimize_scalar(loss, bounds=(0.05, 5.0), method="bounded").x), 4)


def threshold_of(
    sets_at: Callable[[float], NDArray[np.bool_]], gold_sets: NDArray[np.bool_], weight: NDArray[np.float64]
) -> float:
    """The probability from which a second theme pays, by micro F1 of held-out sets; the lowest of equals."""
    from tagger.themes.figures import sets_f1

    cuts = [float(cut) for cut in _THRESHOLDS]
    best: float = max(cuts, key=lambda cut: round(sets_f1(gold_sets, sets_at(cut), weight), 6))
    return round(best, 2)


def uncertain_below(top: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """The probability below which the least certain paragraphs lie, ``UNCERTAIN_SHARE`` of all."""
    order = np.argsort(top)
    reached = np.cumsum(weight[order]) >= UNCERTAIN_SHARE * weight.sum()
    return round(float(top[order][int(np.argmax(reached))]), 4)
