"""Training: repeatable to the byte, equal to scikit-learn, with themes of one's own."""

from __future__ import annotations

import numpy as np
import pytest

from tagger.themes.samples import Sample, labels_of
from tagger.themes.steps import SteppedModel
from tagger.themes.train import design_of, found_in, regression, save, shares_of, train


def predicted(model, text, analyser):
    found = found_in(text, analyser)
    return model.themes_of(model.probabilities(model.scores(found))[0].tolist())


def test_training_twice_writes_the_same_bytes(samples, analyser, trained, tmp_path):
    save(trained, tmp_path / "one")
    save(train(samples, analyser, other=0.5), tmp_path / "two")
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["README.md", "config.json", "metrics.json", "weights.npz"]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_the_order_of_the_samples_leaves_the_data_hash_alone(samples, analyser, trained):
    assert train(samples[::-1], analyser).config.data == trained.config.data


def test_numpy_in_use_equals_scikit_learn(samples, analyser, trained):
    labels = labels_of(samples)
    found = [found_in(sample.text, analyser) for sample in samples]
    design = design_of(found)
    learnt = [
        (row, labels.index(theme), share) for row, s in enumerate(samples) for theme, share in shares_of(s)
    ]
    rows, targets, shares = map(list, zip(*learnt, strict=True))
    fitted = regression().fit(design.matrix[rows], targets, sample_weight=shares)
    model = SteppedModel(trained.config, trained.weights)
    ours = np.concatenate([model.scores(paragraph) for paragraph in found])
    assert np.abs(ours - fitted.decision_function(design.matrix)).max() < 1e-6


def test_a_document_at_once_equals_its_paragraphs_one_by_one(samples, analyser, trained):
    from tagger.ingest.reading import Passage

    model = SteppedModel(trained.config, trained.weights)
    texts = [sample.text for sample in samples]
    ends = np.cumsum([len(text) + 1 for text in texts]).tolist()
    passages = [Passage(end - 1 - len(text), end - 1) for text, end in zip(texts, ends, strict=True)]
    view, bounds, mentions = analyser.analyse("\n".join(texts))
    paragraphs = model.label(passages, view, bounds, mentions)
    for text, paragraph in zip(texts, paragraphs, strict=True):
        assert paragraph.themes == predicted(model, text, analyser)


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("糖醋排骨出锅前撒葱花，翻炒要快。", ["food"]),
        ("大连英博客场取胜，前锋补时进球。", ["sport"]),
        ("宁波今天阴，午后有小雨。", ["other"]),
    ],
)
def test_themes_of_ones_own_are_learnt(trained, analyser, text, themes):
    assert predicted(SteppedModel(trained.config, trained.weights), text, analyser) == themes


def test_two_themes_are_enough(samples, analyser):
    two = [sample for sample in samples if len(sample.themes) == 1 and sample.theme != "other"]
    made = train(two, analyser)
    model = SteppedModel(made.config, made.weights)
    assert predicted(model, "门将扑出点球，主场取胜。", analyser) == ["sport"]
    assert predicted(model, "火候正好，米饭管够。", analyser) == ["food"]


def test_one_theme_is_not(samples, analyser):
    with pytest.raises(ValueError, match="at least two"):
        train([sample for sample in samples if sample.themes == ["food"]], analyser)


def test_the_share_of_other_moves_the_answers(samples, analyser):
    text = "葱花和前锋。"
    chances = []
    for share in (0.05, 0.95):
        made = train(samples, analyser, other=share)
        model = SteppedModel(made.config, made.weights)
        chances.append(
            model.probabilities(model.scores(found_in(text, analyser)))[0][model.labels.index("other")]
        )
    assert chances[0] < chances[1]


def test_a_paragraph_with_two_themes_teaches_both_the_first_more():
    shares = dict(shares_of(Sample("x", "policy", ["policy", "compute", "risk"])))
    assert shares["policy"] > shares["compute"] == shares["risk"]
    assert sum(shares.values()) == pytest.approx(1)


def test_the_card_says_what_the_model_was_made_of(trained, tmp_path):
    save(trained, tmp_path / "model", notes="## Limits\n\nOnly weather.")
    card = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert trained.config.data in card
    assert "food" in card
    assert "Only weather." in card
