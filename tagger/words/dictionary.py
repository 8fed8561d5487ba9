"""jieba's dictionary, laid out for cutting and kept between runs."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from functools import cache
from importlib.util import find_spec
from math import log
from pathlib import Path

from msgspec import Struct

from tagger import cache as kept
from tagger.words._cutter import Cutter
from tagger.words._double_array import double_array


class Dictionary(Struct, frozen=True):
    """What ``Cutter`` takes: letters, the logarithms of the words' chances, and the units of their prefixes."""

    letters: str
    weights: bytes
    units: bytes


@cache
def cutter() -> Cutter:
    """The cutter by jieba's own dictionary, made once."""
    words = load(jieba_dictionary())
    return Cutter(words.letters, words.weights, words.units)


def jieba_dictionary() -> Path:
    """The dictionary that the package jieba brings; the package itself is not loaded. Raises ModuleNotFoundError."""
    package = find_spec("jieba")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("no package jieba, whose dictionary words are cut by", name="jieba")
    return Path(package.origin).with_name("dict.txt")


def load(path: Path) -> Dictionary:
    """Read a dictionary of lines “word frequency part-of-speech”, as jieba has it.

    Raises OSError, or ValueError naming file and line.
    """
    data = path.read_bytes()
    key = kept.key_of(hashlib.sha256(data).hexdigest(), Path(__file__).parent)
    dictionary = kept.read(key, Dictionary)
    if dictionary is None:
        dictionary = laid_out(*_frequencies(path, data))
        kept.write(key, dictionary)
    return dictionary


def laid_out(frequencies: dict[str, int], total: int) -> Dictionary:
    """A dictionary of words by their frequency; frequencies and their total are positive.

    Frequent letters have low numbers, and the words of a frequency share one weight: both keep the units small.
    """
    words = sorted(frequencies)
    letters = "".join(letter for letter, _ in Counter("".join(words)).most_common())
    whole = log(total)
    steps = sorted(set(frequencies.values()))
    number = {frequency: place for place, frequency in enumerate(steps, 1)}
    # The weight before all is that of a character which begins no word: as if it had been seen once.
    weights = array("d", [log(frequency) - whole for frequency in (1, *steps)])
    counts = [frequencies[word] for word in words]
    units = double_array(words, [number[count] for count in counts], counts, letters)
    return Dictionary(letters, weights.tobytes(), units)


def _frequencies(path: Path, data: bytes) -> tuple[dict[str, int], int]:
    """The frequencies and their total. A word that stands twice has the later one, and both count, as jieba has it."""
    frequencies: dict[str, int] = {}
    total = 0
    for number, line in enumerate(data.decode("utf-8").splitlines(), 1):
        word, frequency, *_ = (*line.split(" "), "", "")
        if not word or not frequency.isdecimal() or frequency == "0":
            raise ValueError(f"{path}:{number}: no word and its frequency")
        frequencies[word] = int(frequency)
        total += int(frequency)
    return frequencies, total
