"""The model as a folder: config.json says what the weights of weights.npz mean. Nothing in it can run."""

from __future__ import annotations

import hashlib
import io
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Struct

from tagger.schema import SECTIONS
from tagger.themes.hashes import BITS, BLOCKS
from tagger.themes.npz import read_npz

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[Any] | memoryview[Any]

FORMAT = 2
CONFIG, WEIGHTS = "config.json", "weights.npz"
_LARGEST = 256 << 20  # bytes, unpacked: far above any model, far below what a hostile archive unpacks to


class ModelError(ValueError):
    """A model folder that is corrupt, foreign, tampered with or of another version."""


class Config(Struct, forbid_unknown_fields=True):
    """What the weights mean.

    ``mass`` is the mean of a paragraph's summed squared idf, by block; ``power`` how strongly the own mass of a
    paragraph divides its score. Probabilities are softmax((score + shift) · slope), ``shift`` by label, and
    ``sections`` adds to the scores of a section's paragraphs. ``thresholds`` are the probabilities from which a
    second theme stands beside the first; below ``uncertain_below`` the first one is uncertain.
    """

    format: int
    bits: int
    labels: list[str]
    mass: dict[str, float]
    power: float
    slope: float
    shift: list[float]
    thresholds: list[float]
    uncertain_below: float
    sections: dict[str, dict[str, float]]
    tokenizer: str
    lexicon: str
    data: str
    weights: str


class Weights(NamedTuple):
    """What training kept: for every feature its column (block · buckets + bucket), idf and a weight a label.

    The columns are 32-bit integers in order, idf and weights 32-bit floats, feature by feature; the bias of the
    labels is 64-bit floats. As training made them they are arrays of numpy, as ``read`` gives them the plain memory.
    """

    columns: Numbers
    idf: Numbers
    weights: Numbers
    bias: Numbers


def read(folder: Path) -> tuple[Config, Weights]:
    """Read a model folder. Raises ModelError when it is none, or not as it was written."""
    try:
        config = msgspec.json.decode((folder / CONFIG).read_bytes(), type=Config)
        data = (folder / WEIGHTS).read_bytes()
    except OSError as error:
        raise ModelError(f"{folder}: no theme model ({error.strerror}: {error.filename})") from None
    except msgspec.DecodeError as error:
        raise ModelError(f"{folder / CONFIG}: not the config of a theme model ({error})") from None
    _check(folder / CONFIG, config)
    if hashlib.sha256(data).hexdigest() != config.weights:
        raise ModelError(
            f"{folder / WEIGHTS}: not the weights that {CONFIG} names; the folder was changed or is incomplete"
        )
    return config, _unpack(folder / WEIGHTS, data, len(config.labels))


def _check(path: Path, config: Config) -> None:
    if config.format != FORMAT or config.bits != BITS:
        raise ModelError(f"{path}: made for another version of tagger; train it again (tagger train)")
    size = len(config.labels)
    numbers = [
        config.power,
        config.slope,
        config.uncertain_below,
        *config.mass.values(),
        *config.shift,
        *config.thresholds,
    ]
    numbers += [value for shifts in config.sections.values() for value in shifts.values()]
    wrong = (
        size < 2
        or len(set(config.labels)) != size
        or not all(config.labels)
        or len(config.shift) != size
        or len(config.thresholds) != size
        or set(config.mass) != set(BLOCKS)
        or not all(map(math.isfinite, numbers))
        or min(config.mass.values()) <= 0
        or not set(config.sections) <= set(SECTIONS)
        or any(not set(shifts) <= set(config.labels) for shifts in config.sections.values())
    )
    if wrong:
        raise ModelError(f"{path}: its labels, numbers and sections do not fit together")


def _unpack(path: Path, data: bytes, labels: int) -> Weights:
    try:
        found = read_npz(data, Weights._fields, _LARGEST)
    except OverflowError:
        raise ModelError(f"{path}: too large for the weights of a theme model") from None
    except ValueError as error:
        raise ModelError(f"{path}: not the weights of a theme model ({error})") from None
    columns, idf, weights, bias = found.values()
    height = len(columns.numbers)
    kinds = [array.numbers.format for array in found.values()]
    shapes = [array.shape for array in found.values()]
    if kinds != ["i", "f", "f", "d"] or shapes != [(height,), (height,), (height, labels), (labels,)]:
        raise ModelError(f"{path}: its arrays do not fit the config")
    return Weights(columns.numbers, idf.numbers, weights.numbers, bias.numbers)


def pack(weights: Weights) -> bytes:
    """The bytes of weights.npz; the same weights make the same bytes.

    They are not compressed: what carries a model (a wheel, git) does so anyway, and reading them takes half the time.
    """
    import numpy as np

    buffer = io.BytesIO()
    np.savez(buffer, **weights._asdict())
    return buffer.getvalue()
