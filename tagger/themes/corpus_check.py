"""What a corpus of labelled paragraphs must keep: known labels, no near-duplicates, no openings used over and over."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tagger.messages import SKIPPED, say
from tagger.schema import THEMES
from tagger.themes.model import OTHER
from tagger.themes.samples import numbered_samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tagger.themes.samples import Sample

RUN = 5
MOST_ALIKE = 0.35  # Jaccard index of the runs of characters
OPENING = 8
MOST_OPENINGS = 3  # or one paragraph of three hundred, where that is more
_IGNORED = re.compile(r"[\s\d，。、；：,.%]")


class Placed(NamedTuple):
    """A sample and where it stands: file and line."""

    where: str
    sample: Sample


def faults_of(samples: Sequence[Placed], labels: Sequence[str] = THEMES) -> Iterator[str]:
    """What is wrong with a corpus, a line a fault, each naming file and line."""
    for where, sample in samples:
        unknown = sorted({sample.theme, *sample.themes}.difference(labels))
        if unknown:
            yield f"{where}: no such theme: {', '.join(unknown)}"
        if sample.themes[0] != sample.theme:
            yield f"{where}: the first of themes is {sample.themes[0]}, the theme {sample.theme}"
        if OTHER in sample.themes and len(sample.themes) > 1:
            yield f"{where}: {OTHER} beside another theme"
        if not sample.family:
            yield f"{where}: no family"
    yield from _alike(samples)
    yield from _openings(samples)


def _alike(samples: Iterable[Placed]) -> Iterator[str]:
    """Paragraphs that share too many runs of characters with an earlier one."""
    holders: dict[str, list[int]] = {}
    sizes: list[int] = []
    places: list[str] = []
    for where, sample in samples:
        runs = _runs(sample.text)
        shared = Counter(number for run in runs for number in holders.get(run, ()))
        for number, common in shared.most_common(1):
            alike = common / (len(runs) + sizes[number] - common)
            if alike > MOST_ALIKE:
                yield f"{where}: nearly the same as {places[number]} ({alike:.2f})"
        for run in runs:
            holders.setdefault(run, []).append(len(sizes))
        sizes.append(len(runs))
        places.append(where)


def _runs(text: str) -> set[str]:
    bare = _IGNORED.sub("", text)
    return {bare[i : i + RUN] for i in range(max(1, len(bare) - RUN + 1))}


def _openings(samples: Sequence[Placed]) -> Iterator[str]:
    most = max(MOST_OPENINGS, len(samples) // 300)
    for opening, number in Counter(sample.text[:OPENING] for _, sample in samples).most_common():
        if number <= most:
            return
        yield f"{number} paragraphs open with {opening!r}"


def main() -> int:
    """Print the faults of the corpus named on the command line; the answer is the exit status."""
    files = [file for name in sys.argv[1:] for file in sorted(Path(name).glob("*.jsonl"))]
    try:
        placed = [
            Placed(f"{file}:{number}", sample) for file in files for number, sample in numbered_samples(file)
        ]
    except (OSError, ValueError) as error:
        say(str(error))
        return SKIPPED
    faults = list(faults_of(placed))
    for fault in faults:
        say(fault)
    say(f"{len(placed)} paragraphs in {len(files)} files, {len(faults)} faults")
    return SKIPPED if faults or not placed else 0


if __name__ == "__main__":
    sys.exit(main())
