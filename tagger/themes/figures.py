"""Figures of a classification: F1, confusion, calibration, what `uncertain` is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BINS = 10


def figures_of(
    labels: Sequence[str],
    gold: NDArray[np.int64],
    gold_sets: NDArray[np.bool_],
    guess: NDArray[np.int64],
    guess_sets: NDArray[np.bool_],
    top: NDArray[np.float64],
    uncertain: NDArray[np.bool_],
    weights: NDArray[np.float64] | None = None,
) -> dict[str, Any]:
    """All figures of one set of paragraphs.

    ``gold`` and ``guess`` number the first theme of each, the sets have a column a label, ``top`` is the probability
    of the guess. ``weights`` lets a paragraph count for more or less than one.
    """
    weight = np.ones(len(gold)) if weights is None else weights
    confusion = np.zeros((len(labels), len(labels)))
    np.add.at(confusion, (gold, guess), weight)
    per_label = {label: _scores(confusion, number) for number, label in enumerate(labels)}
    present = [label for label in labels if per_label[label]["gold"]]
    hit = gold == guess
    return {
        "paragraphs": len(gold),
        "macro_f1": round(sum(per_label[label]["f1"] for label in present) / max(1, len(present)), 4),
        "accuracy": round(float(np.average(hit, weights=weight)), 4) if len(gold) else 0.0,
        "sets_micro_f1": round(sets_f1(gold_sets, guess_sets, weight), 4),
        "calibration_error": round(calibration_error(top, hit, weight), 4),
        "uncertain": _uncertain(uncertain, hit, weight),
        "themes": per_label,
        "confusion": {
            label: {other: round(float(n), 1) for other, n in zip(labels, row, strict=True) if n}
            for label, row in zip(labels, confusion, strict=True)
        },
    }


def sets_f1(gold: NDArray[np.bool_], guess: NDArray[np.bool_], weight: NDArray[np.float64]) -> float:
    """Micro F1 over all themes of all paragraphs."""
    right = float(((gold & guess).sum(axis=1) * weight).sum())
    size = float(((gold.sum(axis=1) + guess.sum(axis=1)) * weight).sum())
    return 2 * right / size if size else 0.0


def calibration_error(top: NDArray[np.float64], hit: NDArray[np.bool_], weight: NDArray[np.float64]) -> float:
    """Expected calibration error: how far the stated probability is from the share that is right, over ten bins."""
    bins = np.minimum((top * BINS).astype(np.int64), BINS - 1)
    stated = np.bincount(bins, top * weight, minlength=BINS)
    right = np.bincount(bins, hit * weight, minlength=BINS)
    return float(np.abs(stated - right).sum() / max(weight.sum(), 1e-12))


def _scores(confusion: NDArray[np.float64], label: int) -> dict[str, float]:
    right, guessed, gold = confusion[label, label], confusion[:, label].sum(), confusion[label].sum()
    return {
        "precision": round(float(right / guessed), 4) if guessed else 0.0,
        "recall": round(float(right / gold), 4) if gold else 0.0,
        "f1": round(float(2 * right / (guessed + gold)), 4) if guessed + gold else 0.0,
        "gold": round(float(gold), 1),
    }


def _uncertain(
    uncertain: NDArray[np.bool_], hit: NDArray[np.bool_], weight: NDArray[np.float64]
) -> dict[str, float]:
    def wrong(chosen: NDArray[np.bool_]) -> float:
        return round(float(np.average(~hit[chosen], weights=weight[chosen])), 4) if chosen.any() else 0.0

    return {
        "share": round(float(np.average(uncertain, weights=weight)), 4) if len(hit) else 0.0,
        "errors": wrong(uncertain),
        "errors_of_the_others": wrong(~uncertain),
    }
