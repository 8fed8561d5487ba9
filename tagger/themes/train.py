"""Training the theme model with scikit-learn on labelled paragraphs."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np

from tagger.files import whole_file
from tagger.themes import calibrate
from tagger.themes.card import card_of
from tagger.themes.features import BITS, BLOCKS, BUCKETS, divisor, features
from tagger.themes.figures import figures_of
from tagger.themes.folder import CONFIG, FORMAT, WEIGHTS, Config, Weights, pack
from tagger.themes.model import OTHER, ThemeModel
from tagger.themes.samples import fingerprint, labels_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from tagger.themes.analysis import Analyser
    from tagger.themes.features import Features
    from tagger.themes.samples import Sample

LEAST = 2  # paragraphs that must hold a feature
POWER = 0.75
STRENGTH = 4.0  # inverse of the regularisation
FIRST_SHARE = 0.75  # of the weight of a paragraph with several themes; the others share the rest
# Under a heading such as 风险提示 a paragraph tells risks, unless its words say otherwise.
SECTIONS = {"risk": {"risk": 1.5}}
METRICS, CARD = "metrics.json", "README.md"


class Trained(NamedTuple):
    """A model and the figures of its held-out paragraphs."""

    config: Config
    weights: Weights
    metrics: dict[str, Any]


class Design(NamedTuple):
    """The matrix that scikit-learn learns from, and what its columns are."""

    matrix: Any
    columns: NDArray[np.int32]
    idf: NDArray[np.float32]
    mass: dict[str, float]


def train(samples: Sequence[Sample], analyser: Analyser, *, other: float | None = None) -> Trained:
    """Train on samples.

    ``other`` is the share of paragraphs without a theme in the texts to be labelled; without it the samples' own
    share is taken. Raises ValueError when the samples have fewer than two themes.
    """
    labels = labels_of(samples)
    if len(labels) < 2:
        raise ValueError(f"only one theme ({labels[0]}); a model needs at least two")
    primary = np.array([labels.index(sample.theme) for sample in samples])
    sets = np.array([[label in sample.themes for label in labels] for sample in samples])
    design = design_of([found_in(sample.text, analyser) for sample in samples])
    ratio = _ratio(labels, primary, other)
    shift, weight = np.log(ratio), ratio[primary]

    def fit(learn: NDArray[np.int64]) -> Callable[[NDArray[np.int64]], NDArray[np.float64]]:
        coefficients, bias = _fit(design.matrix, samples, labels, learn)
        return lambda test: np.asarray(design.matrix[test] @ coefficients) + bias

    scores, apart = calibrate.held_out_scores(fit, samples, primary, len(labels))
    slope = calibrate.slope_of(scores + shift, primary, weight)
    chances = calibrate.softmax((scores + shift) * slope)
    coefficients, bias = _fit(design.matrix, samples, labels, np.arange(len(samples)))
    weights = Weights(design.columns, design.idf, coefficients.astype(np.float32), bias)
    config = Config(
        format=FORMAT,
        bits=BITS,
        labels=labels,
        mass=design.mass,
        power=POWER,
        slope=slope,
        shift=[round(float(value), 6) for value in shift],
        thresholds=[0.5] * len(labels),
        uncertain_below=calibrate.uncertain_below(chances.max(axis=1), weight),
        sections={section: shifts for section, shifts in SECTIONS.items() if set(shifts) <= set(labels)},
        tokenizer=analyser.tokenizer.name,
        lexicon=analyser.lexicon.version,
        data=fingerprint(samples),
        weights=hashlib.sha256(pack(weights)).hexdigest(),
    )

    def sets_at(threshold: float) -> NDArray[np.bool_]:
        model = ThemeModel(msgspec.structs.replace(config, thresholds=[threshold] * len(labels)), weights)
        return np.array(
            [[label in themes for label in labels] for themes in map(model.themes_of, chances.tolist())]
        )

    threshold = calibrate.threshold_of(sets_at, sets, weight)
    config.thresholds = [threshold] * len(labels)
    top = chances.max(axis=1)
    figures = figures_of(
        labels,
        primary,
        sets,
        chances.argmax(axis=1),
        sets_at(threshold),
        top,
        top < config.uncertain_below,
        weight,
    )
    return Trained(config, weights, {"data": _data(samples), "held_out": {"kept_apart": apart, **figures}})


def save(trained: Trained, folder: Path, notes: str = "") -> None:
    """Write a model folder: weights, config, metrics and card. Raises OSError when it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    config = msgspec.to_builtins(trained.config)
    texts = {
        CONFIG: json.dumps(config, ensure_ascii=False, indent=1) + "\n",
        METRICS: json.dumps(trained.metrics, ensure_ascii=False, indent=1) + "\n",
        CARD: card_of(trained.config, trained.metrics, len(trained.weights.columns), notes),
    }
    files = {WEIGHTS: pack(trained.weights)} | {name: text.encode() for name, text in texts.items()}
    for name, data in files.items():
        with whole_file(folder / name) as file:
            file.write(data)


def found_in(text: str, analyser: Analyser) -> Features:
    """The features of a text read as one paragraph."""
    view, bounds, mentions = analyser.analyse(text)
    return features(view, bounds, [(0, len(text))], mentions)


def design_of(paragraphs: Sequence[Features]) -> Design:
    """The matrix of paragraphs: counts · idf over the divisor, for every feature that ``LEAST`` paragraphs hold."""
    from scipy.sparse import csr_matrix, diags, hstack

    matrices, columns, idfs, masses = [], [], [], {}
    height = len(paragraphs)
    for number, name in enumerate(BLOCKS):
        buckets = [paragraph.blocks[number].buckets for paragraph in paragraphs]
        rows = np.repeat(np.arange(height), [len(found) for found in buckets])
        cells = (rows, np.concatenate(buckets))
        counts = csr_matrix((np.ones(len(rows)), cells), shape=(height, BUCKETS))
        holding = np.bincount(counts.indices, minlength=BUCKETS)
        kept = np.flatnonzero(holding >= LEAST)
        idf = (np.log((1 + height) / (1 + holding[kept])) + 1).astype(np.float32)
        counts = counts[:, kept]
        mass = np.asarray(counts @ (idf.astype(np.float64) ** 2)).ravel()
        masses[name] = round(float(mass.mean()), 6) or 1.0
        under = divisor(mass, masses[name], POWER)
        matrices.append(diags(1 / under) @ counts @ diags(idf.astype(np.float64)))
        columns.append((kept + number * BUCKETS).astype(np.int32))
        idfs.append(idf)
    return Design(hstack(matrices).tocsr(), np.concatenate(columns), np.concatenate(idfs), masses)


def _fit(
    matrix: Any, samples: Sequence[Sample], labels: Sequence[str], learn: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coefficients (a column a label) and bias of multinomial logistic regression."""
    rows, targets, shares = [], [], []
    for number in learn.tolist():
        sample = samples[number]
        for theme, share in shares_of(sample):
            rows.append(number)
            targets.append(labels.index(theme))
            shares.append(share)
    return _as_columns(regression().fit(matrix[rows], targets, sample_weight=shares), len(labels))


def regression() -> Any:
    """The untrained regression of scikit-learn."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, max_iter=500)


def shares_of(sample: Sample) -> list[tuple[str, float]]:
    """The themes of a sample with the weight each has in learning; the weights sum to one."""
    more = [theme for theme in sample.themes if theme != sample.theme]
    if not more:
        return [(sample.theme, 1.0)]
    return [(sample.theme, FIRST_SHARE), *((theme, (1 - FIRST_SHARE) / len(more)) for theme in more)]


def _as_columns(fitted: Any, labels: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A column a label, also where scikit-learn keeps one for two labels, or saw only some of them."""
    coefficients, bias = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:
        coefficients, bias = (
            np.vstack([-coefficients / 2, coefficients / 2]),
            np.concatenate([-bias / 2, bias / 2]),
        )
    wide, offsets = np.zeros((coefficients.shape[1], labels)), np.full(labels, -10.0)
    wide[:, fitted.classes_], offsets[fitted.classes_] = coefficients.T, bias
    return wide, offsets


def _ratio(labels: Sequence[str], primary: NDArray[np.int64], other: float | None) -> NDArray[np.float64]:
    """How much more often a label is met in use than in the samples."""
    ratio = np.ones(len(labels))
    if other is not None and OTHER in labels:
        share = float((primary == labels.index(OTHER)).mean())
        if share:
            ratio[:] = (1 - other) / (1 - share)
            ratio[labels.index(OTHER)] = other / share
    return ratio


def _data(samples: Sequence[Sample]) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for sample in samples:
        counts[sample.theme] = counts.get(sample.theme, 0) + 1
    return {
        "paragraphs": len(samples),
        "characters": sum(len(sample.text) for sample in samples),
        "first_themes": dict(sorted(counts.items())),
        "with_a_second_theme": sum(len(sample.themes) > 1 for sample in samples),
        "styles": len({sample.style for sample in samples if sample.style}),
        "families": len({sample.family for sample in samples if sample.family}),
    }
