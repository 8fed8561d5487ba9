"""Training the theme model with scikit-learn on a corpus of labelled paragraphs."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from msgspec import Struct

from tagger.schema import THEMES
from tagger.themes.features import COLUMNS, Matrix, WordHasher, features, weigh
from tagger.themes.model import FORMAT, Config

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from tagger.pipeline import Tagger

SIDE_WEIGHT = 0.35
STRENGTH = 6.0
FOLDS = 5


class Sample(Struct):
    """A labelled paragraph; ``family`` groups paragraphs that must stay on one side of a split."""

    text: str
    theme: str
    themes: list[str]
    style: str = ""
    family: str = ""


def read_corpus(path: Path) -> list[Sample]:
    """The samples of a JSONL file or of all such files in a folder. Raises ValueError naming file and line."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    samples: list[Sample] = []
    for file in files:
        for number, line in enumerate(file.read_bytes().split(b"\n"), 1):
            if line.strip():
                try:
                    samples.append(msgspec.json.decode(line, type=Sample))
                except msgspec.DecodeError as error:
                    raise ValueError(f"{file}:{number}: {error}") from None
    if not samples:
        raise ValueError(f"{path}: no samples")
    return samples


def matrix_of(samples: Iterable[str], tagger: Tagger) -> Matrix:
    """One row a text, each read as a document of one paragraph."""
    hasher = WordHasher()
    rows: list[NDArray[np.int64]] = []
    columns: list[NDArray[np.int64]] = []
    counts: list[NDArray[np.float64]] = []
    height = 0
    for text in samples:
        view = tagger.lexicon.folder.fold(text)
        words = tagger.tokenizer.cut(view.text)
        mentions = tagger.matcher.match(view, words, None)
        one = features(view, words, [(0, len(text))], ["body"], mentions, hasher)
        rows.append(one.rows + height)
        columns.append(one.columns)
        counts.append(one.counts)
        height += 1
    return Matrix(np.concatenate(rows), np.concatenate(columns), np.concatenate(counts), height)


def idf_of(matrix: Matrix) -> NDArray[np.float64]:
    """Inverse document frequency by column, smoothed; zero for columns never seen."""
    seen = np.bincount(matrix.columns, minlength=COLUMNS)
    return np.where(seen > 1, np.log((1 + matrix.height) / (1 + seen)) + 1, 0.0)


def train(samples: list[Sample], tagger: Tagger, out: Path, about: dict[str, str] | None = None) -> dict[str, Any]:
    """Train on samples and write the model folder; the answer is the figures of grouped cross-validation."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedGroupKFold

    labels = _labels(samples)
    matrix = matrix_of([s.text for s in samples], tagger)
    primary = np.array([labels.index(s.theme) for s in samples])
    sets = np.array([[label in s.themes for label in labels] for s in samples])
    groups = np.array([s.family or str(i) for i, s in enumerate(samples)])

    def design(idf: NDArray[np.float64]) -> Any:
        return csr_matrix((weigh(matrix, idf, SIDE_WEIGHT), (matrix.rows, matrix.columns)), shape=(matrix.height, COLUMNS))

    def fit(x: Any, y: Any) -> Any:
        return LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear", random_state=0).fit(x, y)

    idf = idf_of(matrix)
    x = design(idf)
    held_out = np.zeros((len(samples), len(labels)))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for learn, test in folds.split(x, primary, groups):
        for number in range(len(labels)):
            held_out[test, number] = fit(x[learn], sets[learn, number]).decision_function(x[test])
    slopes, offsets = _calibrate(held_out, sets)
    chances = 1 / (1 + np.exp(-(held_out * slopes + offsets)))
    thresholds = [_threshold(chances[:, i], sets[:, i]) for i in range(len(labels))]
    models = [fit(x, sets[:, number]) for number in range(len(labels))]
    weights = np.stack([m.coef_[0] for m in models], axis=1)
    bias = np.array([m.intercept_[0] for m in models])
    used = np.flatnonzero(np.abs(weights).sum(axis=1) > 0)
    buffer = io.BytesIO()
    np.savez(buffer, columns=used.astype(np.int32), weights=weights[used].astype(np.float32), idf=idf[used], bias=bias)
    data = buffer.getvalue()
    config = Config(
        format=FORMAT,
        labels=labels,
        columns=COLUMNS,
        side_weight=SIDE_WEIGHT,
        slopes=slopes.tolist(),
        offsets=offsets.tolist(),
        thresholds=thresholds,
        uncertain_below=0.6,
        lexicon=tagger.lexicon.version,
        data=_hash(samples),
        weights=hashlib.sha256(data).hexdigest(),
        about=about or {},
    )
    guess = chances.argmax(axis=1)
    figures = {"samples": len(samples), "cross_validation": {"macro_f1": round(macro_f1(primary, guess, len(labels)), 4), "accuracy": round(float((guess == primary).mean()), 4)}}
    out.mkdir(parents=True, exist_ok=True)
    (out / "weights.npz").write_bytes(data)
    (out / "config.json").write_text(json.dumps(msgspec.to_builtins(config), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (out / "metrics.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return figures


def macro_f1(gold: NDArray[np.int64], guess: NDArray[np.int64], size: int) -> float:
    """The mean of the labels' F1."""
    total = 0.0
    for label in range(size):
        hit = int(((gold == label) & (guess == label)).sum())
        total += 2 * hit / max(1, int((gold == label).sum() + (guess == label).sum()))
    return total / size


def _labels(samples: list[Sample]) -> list[str]:
    seen = {theme for s in samples for theme in s.themes}
    return [t for t in THEMES if t in seen] + sorted(seen - set(THEMES))


def _calibrate(scores: NDArray[np.float64], sets: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A line through the log odds of every label, fitted on scores held out (Platt)."""
    from sklearn.linear_model import LogisticRegression

    lines = [LogisticRegression(C=1e6).fit(scores[:, [i]], sets[:, i]) for i in range(sets.shape[1])]
    return np.array([line.coef_[0, 0] for line in lines]), np.array([line.intercept_[0] for line in lines])


def _threshold(chances: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """The probability from which a second theme pays, by F1 on held-out folds."""
    best, best_f1 = 0.5, 0.0
    for cut in np.arange(0.2, 0.8, 0.02):
        guess = chances >= cut
        f1 = 2 * (guess & truth).sum() / max(1, guess.sum() + truth.sum())
        if f1 > best_f1:
            best, best_f1 = float(cut), float(f1)
    return round(best, 2)


def _hash(samples: list[Sample]) -> str:
    digest = hashlib.sha256()
    for line in sorted(json.dumps([s.text, s.themes], ensure_ascii=False) for s in samples):
        digest.update(line.encode())
    return digest.hexdigest()[:16]
