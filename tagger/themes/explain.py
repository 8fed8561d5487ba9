"""Why a paragraph got its label: what every word, pair, pair of characters and the section added."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from tagger.themes.analysis import Analyser
    from tagger.themes.steps import SteppedModel

_SORT = {"words": "word", "pairs": "pair", "characters": "characters"}


class Reason(NamedTuple):
    """Something in the text and what it added to the log odds of the label against the runner-up."""

    sort: str
    text: str
    value: float


class Explanation(NamedTuple):
    """A label, its runner-up, all probabilities, the themes, and the reasons from the strongest down."""

    label: str
    runner_up: str
    chances: dict[str, float]
    themes: list[str]
    reasons: list[Reason]


def explain(text: str, model: SteppedModel, analyser: Analyser, section: str = "body") -> Explanation:
    """Explain the label of a text read as one paragraph of a section.

    The reasons of all sorts, with what the label is worth before anything is read, sum to the log odds.
    """
    view, bounds, mentions = analyser.analyse(text)
    found = model.features(view, bounds, [(0, len(text))], mentions)
    leaning = model.leaning(section)
    chances = model.probabilities(model.scores(found) + leaning)[0]
    first, second = np.argsort(-chances, kind="stable")[:2].tolist()
    slope = model.config.slope
    kinds = {(mention.start, mention.end): mention.kind for mention in mentions}
    sums: dict[tuple[str, str], float] = {}
    for name, block, values in model.contributions(found):
        gains = (values[:, first] - values[:, second]) * slope
        for begin, end, gain in zip(block.begins.tolist(), block.ends.tolist(), gains.tolist(), strict=True):
            surface = view.text[begin:end]
            kind = kinds.get((view.start(begin), view.end(end))) if name == "words" else None
            key = (kind or _SORT[name], surface)
            sums[key] = sums.get(key, 0.0) + gain
    reasons = [Reason(sort, surface, value) for (sort, surface), value in sums.items()]
    reasons.append(Reason("section", section, (leaning[first] - leaning[second]) * slope))
    reasons.append(Reason("before", "", model.head_start(first, second)))
    reasons = sorted((r for r in reasons if r.value), key=lambda reason: -abs(reason.value))
    return Explanation(
        model.labels[first],
        model.labels[second],
        dict(zip(model.labels, chances.tolist(), strict=True)),
        model.themes_of(chances.tolist()),
        reasons,
    )
