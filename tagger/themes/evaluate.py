"""A model measured on labelled texts: figures, slices by source and length, and what it got wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tagger.themes.figures import figures_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tagger.schema import Document, Paragraph
    from tagger.themes.samples import Sample

LENGTHS = ((0, 60), (60, 120), (120, 240), (240, 480), (480, None))
SMALLEST_SLICE = 10


class Answer(NamedTuple):
    """A sample and the paragraph that was made of it."""

    sample: Sample
    paragraph: Paragraph

    @property
    def right(self) -> bool:
        """Whether the first theme is the right one."""
        return self.sample.theme == self.paragraph.theme


def answers_of(samples: Sequence[Sample], tag: Callable[[str], Document]) -> list[Answer]:
    """The samples with their paragraphs: a text that is read as several is judged by the longest."""
    return [Answer(sample, _longest(tag(sample.text))) for sample in samples]


def _longest(document: Document) -> Paragraph:
    from tagger.schema import Paragraph

    if not document.paragraphs:
        return Paragraph(0, len(document.text))
    return max(document.paragraphs, key=lambda paragraph: paragraph.end - paragraph.start)


def measure(answers: Sequence[Answer]) -> dict[str, Any]:
    """All figures of the answers, of the sure ones alone where some are not, and slices."""
    result: dict[str, Any] = {"all": _figures(answers)}
    sure = [answer for answer in answers if answer.sample.sure]
    if len(sure) < len(answers):
        result["sure"] = _figures(sure)
    result["by_source"] = _slices(answers, lambda answer: answer.sample.source or answer.sample.style)
    result["by_length"] = _slices(answers, _length)
    return result


def errors_of(answers: Sequence[Answer]) -> list[Answer]:
    """The wrong answers, the surest first."""
    return sorted((answer for answer in answers if not answer.right), key=lambda answer: -_top(answer))


def _figures(answers: Sequence[Answer]) -> dict[str, Any]:
    labels = list(dict.fromkeys(label for answer in answers for label in answer.paragraph.scores))
    labels += sorted({theme for answer in answers for theme in answer.sample.themes}.difference(labels))
    return figures_of(
        labels,
        np.array([labels.index(answer.sample.theme) for answer in answers], dtype=np.int64),
        np.array([[label in answer.sample.themes for label in labels] for answer in answers]),
        np.array([labels.index(answer.paragraph.theme) for answer in answers], dtype=np.int64),
        np.array([[label in answer.paragraph.themes for label in labels] for answer in answers]),
        np.array([_top(answer) for answer in answers]),
        np.array([answer.paragraph.uncertain for answer in answers]),
    )


def _slices(answers: Sequence[Answer], key: Callable[[Answer], str]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(key(answer), []).append(answer)
    found = {}
    for name, group in sorted(groups.items()):
        if name and len(group) >= SMALLEST_SLICE:
            figures = _figures(group)
            found[name] = {
                "paragraphs": len(group),
                **{k: figures[k] for k in ("macro_f1", "accuracy", "sets_micro_f1")},
            }
    return found


def _length(answer: Answer) -> str:
    size = len(answer.sample.text)
    low, high = next((low, high) for low, high in LENGTHS if high is None or size < high)
    return f"{low:3d} characters and more" if high is None else f"{low:3d}–{high - 1} characters"


def _top(answer: Answer) -> float:
    return max(answer.paragraph.scores.values(), default=0.0)
