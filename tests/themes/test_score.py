"""The compiled walk says of every document what numpy says step by step."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger import Tagger, ingest, resources
from tagger.lexicon import Folder
from tagger.schema import KINDS, Mention, Paragraph
from tagger.themes._score import Scorer
from tagger.themes.features import BLOCKS, BUCKETS, divisor, features
from tagger.themes.folder import Weights, read
from tagger.themes.steps import SteppedModel
from tagger.words import bounds_of

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
FOLDER = Folder({"發": "发", "𧝞": "䘛"})
MEANS, POWER = dict(zip(BLOCKS, (3.0, 0.5, 11.0), strict=True)), 0.65


def scorer_of(weights):
    return Scorer(*weights, list(MEANS.values()), POWER)


def by_numpy(weights, found):
    """The scores of paragraphs as the definition has them: by block, the weights of its features over the divisor."""
    scores = np.tile(weights.bias, (found.height, 1))
    place = {column: number for number, column in enumerate(weights.columns.tolist())}
    for number, (name, block) in enumerate(zip(BLOCKS, found.blocks, strict=True)):
        for row in range(found.height):
            columns = (block.buckets[block.rows == row] + number * BUCKETS).tolist()
            kept = [place[column] for column in columns if column in place]
            idf = weights.idf[kept].astype(np.float64)
            gains = (weights.weights[kept] * idf[:, np.newaxis]).sum(axis=0)
            scores[row] += gains / divisor(np.array((idf**2).sum()), MEANS[name], POWER)
    return scores


def learnt_of(found, labels, draw_kept):
    """A model that has kept some of a document's features."""
    columns = np.unique(np.concatenate([b.buckets + n * BUCKETS for n, b in enumerate(found.blocks)]))
    columns = columns[[draw_kept() for _ in columns]].astype(np.int32)
    numbers = np.random.default_rng(len(columns))
    return Weights(
        columns,
        (numbers.random(len(columns)) * 9).astype(np.float32),
        numbers.normal(size=(len(columns), labels)).astype(np.float32),
        numbers.normal(size=labels),
    )


def spans_of(cuts):
    """Spans in order and apart, with gaps between them."""
    return list(pairwise(sorted(cuts)))[::2]


@st.composite
def documents(draw):
    """A view, the bounds of its words, paragraphs and mentions, with blanks to take out, numerals, and characters beyond Unicode's first plane."""
    characters = st.one_of(
        st.sampled_from("国务院印发新模型价格ＡＩaB9.,5% \n\u3000\u2003“”。發𧝞𠮷"), st.characters()
    )
    text = draw(st.text(characters, max_size=150))
    view = FOLDER.fold(text)
    cuts = draw(st.sets(st.integers(0, len(view.text)))) | {0, len(view.text)}
    bounds = bytes(place in cuts for place in range(len(view.text) + 1))
    place = st.integers(0, len(text))
    paragraphs = [Paragraph(*span) for span in spans_of(draw(st.lists(place, max_size=8)))]
    mentions = [
        Mention(start, end, text[start:end], draw(st.sampled_from(KINDS)), "")
        for start, end in spans_of(draw(st.lists(place, max_size=12)))
    ]
    return view, bounds, paragraphs, mentions


@settings(max_examples=200, deadline=None)
@given(documents(), st.integers(2, 17), st.data())
def test_it_adds_up_what_the_features_weigh(document, labels, data):
    view, bounds, paragraphs, mentions = document
    found = features(view, bounds, [(p.start, p.end) for p in paragraphs], mentions)
    kept = iter(data.draw(st.lists(st.booleans(), min_size=1, max_size=20)) * 400)
    weights = learnt_of(found, labels, lambda: next(kept))
    scores = np.frombuffer(scorer_of(weights).scores(view, bounds, tuple(paragraphs), mentions))
    assert np.abs(scores.reshape(found.height, labels) - by_numpy(weights, found)).max(initial=0) < 1e-9


def test_a_paragraph_of_any_length_is_added_up():
    view = FOLDER.fold("国务院印发了" * 200)
    bounds = bounds_of(["国务院", "印发", "了"] * 200, view.text)
    found = features(view, bounds, [(0, 1200)], [])
    weights = learnt_of(found, 5, lambda: True)
    scores = np.frombuffer(scorer_of(weights).scores(view, bounds, (Paragraph(0, 1200),), []))
    assert np.abs(scores - by_numpy(weights, found)).max() < 1e-9


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_the_shipped_model_scores_a_report_as_numpy_does(sample):
    tagger, model = shared(), SteppedModel.load(resources.model_folder())
    config, weights = read(resources.model_folder())
    reading = ingest.read_text(sample.read_text(encoding="utf-8"), tagger.lexicon)
    view = tagger.lexicon.folder.fold(reading.text)
    bounds = tagger.tokenizer.bounds(view.text)
    mentions = tagger.matcher.match(view, bounds, None)
    means = [config.mass[name] for name in BLOCKS]
    scorer = Scorer(*weights, means, config.power)
    scores = np.frombuffer(scorer.scores(view, bounds, tuple(reading.passages), mentions))
    found = model.features(view, bounds, [(p.start, p.end) for p in reading.passages], mentions)
    assert np.abs(scores.reshape(found.height, -1) - model.scores(found)).max() < 1e-9
    assert np.ptp(scores) > 1


def shared(made=[]):  # noqa: B006 - kept between the samples
    if not made:
        made.append(Tagger())
    return made[0]


class TestWhatCannotBe:
    @pytest.fixture
    def scorer(self):
        found = features(FOLDER.fold("国务院印发"), b"\1\0\0\1\0\1", [(0, 5)], [])
        return scorer_of(learnt_of(found, 2, lambda: True))

    def scores(self, scorer, bounds, mentions=()):
        return scorer.scores(FOLDER.fold("国务院印发"), bounds, (Paragraph(0, 5),), mentions)

    @pytest.mark.parametrize("bounds", [b"", b"\1\0\0\1\0", b"\1\0\0\1\0\0", b"\1\0\0\1\0\1\1"])
    def test_bounds_of_another_text(self, scorer, bounds):
        with pytest.raises(ValueError, match="another text"):
            self.scores(scorer, bounds)

    def test_a_mention_of_no_kind(self, scorer):
        with pytest.raises(KeyError, match="weather"):
            self.scores(scorer, b"\1\0\0\1\0\1", [Mention(0, 3, "国务院", "weather", "")])

    @pytest.mark.parametrize(
        "columns",
        [[5, 4], [4, 4], [-1, 4], [4, len(BLOCKS) * BUCKETS]],
        ids=["order", "twice", "below", "above"],
    )
    def test_columns_that_no_model_has(self, columns):
        with pytest.raises(ValueError, match="columns"):
            made_of(columns=columns)

    @pytest.mark.parametrize("wrong", [{"idf": [1.0]}, {"weights": [0.5] * 3}, {"bias": [0.0] * 3}])
    def test_arrays_of_different_models(self, wrong):
        with pytest.raises(ValueError, match="as many"):
            made_of(**wrong)

    @pytest.mark.parametrize("name", ["idf", "weights", "bias"])
    @pytest.mark.parametrize("value", [float("nan"), float("inf")])
    def test_numbers_that_are_none(self, name, value):
        with pytest.raises(ValueError, match="no number"):
            made_of(**{name: [value, *USUAL[name][1:]]})

    @pytest.mark.parametrize(
        ("means", "power"),
        [([1.0, 0.0, 1.0], 0.5), ([1.0, float("nan"), 1.0], 0.5), ([1.0] * 3, -1.0), ([1.0] * 3, 400.0)],
    )
    def test_means_and_powers_that_divide_nothing(self, means, power):
        with pytest.raises(ValueError, match="divides nothing"):
            made_of(means, power)


USUAL = {"columns": [4, 5], "idf": [1.0, 2.0], "weights": [0.5] * 4, "bias": [0.0, 1.0]}


def made_of(means=(1.0, 1.0, 1.0), power=POWER, **other):
    numbers = USUAL | other
    kinds = (np.int32, np.float32, np.float32, np.float64)
    arrays = [np.array(numbers[name], kind) for name, kind in zip(USUAL, kinds, strict=True)]
    return Scorer(*arrays, list(means), power)
