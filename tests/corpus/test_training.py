"""The exported corpora train what they are for, well above chance, on paragraphs that we wrote."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from corpus.test_label_studio import annotated
from tagger.cli import app
from tagger.corpus.export import export
from tagger.corpus.formats import Plan
from tagger.corpus.label_studio import task
from tagger.corpus.reading import records_in
from tagger.corpus.select import Selection
from tagger.corpus.split import Rule
from tagger.schema import THEMES, encode
from tagger.themes.model import ThemeModel
from tagger.themes.samples import read_samples

if TYPE_CHECKING:
    from tagger.pipeline import Tagger

pytest.importorskip("datasketch")

PARAGRAPHS = Path(__file__).parents[2] / "models" / "themes" / "corpus"
SIZE = 1000
SHARES = Rule((0.75, 0.0, 0.25))


@pytest.fixture(scope="module")
def tagged(tagger: Tagger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own labelled paragraphs with the tagger's mentions and our themes, the same ones each time."""
    rows = [
        json.loads(line)
        for file in sorted(PARAGRAPHS.glob("*.jsonl"))
        for line in file.read_bytes().splitlines()
    ]
    path = tmp_path_factory.mktemp("tagged") / "tagged.jsonl"
    with path.open("wb") as file:
        for number, row in enumerate(random.Random(7).sample(rows, SIZE)):
            document = tagger.tag(row["text"], id=f"p{number}", extra={"family": row["family"]})
            if len(document.paragraphs) == 1:
                document.paragraphs[0].theme, document.paragraphs[0].themes = row["theme"], row["themes"]
                file.write(encode(document) + b"\n")
    return path


def test_the_spacy_corpus_trains_a_text_classifier(tagged: Path) -> None:
    spacy = pytest.importorskip("spacy")
    from spacy.training import Corpus

    folder = tagged.parent / "spacy"
    export([tagged], "spacy", folder, Selection(), SHARES, Plan(primary_only=True))
    nlp = spacy.blank("zh")
    bag = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "ngram_size": 2,
        "no_output_layer": False,
        "length": 65536,
    }
    nlp.add_pipe("textcat", config={"model": bag})
    learn, test = (list(Corpus(folder / split)(nlp)) for split in ("train", "test"))
    assert len(test) > 100
    spacy.util.fix_random_seed(0)
    optimizer = nlp.initialize(lambda: learn)
    for _ in range(5):
        random.Random(0).shuffle(learn)
        for batch in spacy.util.minibatch(learn, 64):
            nlp.update(batch, sgd=optimizer)
    hits = 0
    for example in test:
        said = nlp(example.reference.text).cats
        hits += example.reference.cats[max(said, key=said.get)] == 1.0
    most_common = max(sum(e.reference.cats[theme] for e in test) for theme in THEMES)
    assert hits / len(test) > most_common / len(test) + 0.15
    assert hits / len(test) > 0.6


def columns(path: Path) -> tuple[list[list[str]], list[list[str]]]:
    """Characters and tags of a CoNLL file."""
    blocks = [
        [line.split("\t") for line in block.split("\n")]
        for block in path.read_text(encoding="utf-8").strip().split("\n\n")
    ]
    return [[line[0] for line in block] for block in blocks], [
        [line[1] for line in block] for block in blocks
    ]


def around(characters: list[str]) -> list[list[str]]:
    """What a tagger of characters sees: each character with its neighbours."""
    padded = ["", "", *characters, "", ""]
    return [
        [f"{place}={padded[at + place]}" for place in range(5)]
        + [f"{place}+={padded[at + place]}{padded[at + place + 1]}" for place in range(4)]
        + [
            f"digit={characters[at].isdigit()}",
            f"latin={characters[at].isascii() and characters[at].isalpha()}",
        ]
        for at in range(len(characters))
    ]


def test_the_conll_corpus_trains_a_crf(tagged: Path) -> None:
    pycrfsuite = pytest.importorskip("pycrfsuite")
    metrics = pytest.importorskip("seqeval.metrics")
    folder = tagged.parent / "conll"
    kinds = ("amount", "percent", "date", "model", "compute", "company", "issuer")
    export([tagged], "conll", folder, Selection(kinds=kinds), SHARES, Plan())
    trainer = pycrfsuite.Trainer(algorithm="ap", params={"max_iterations": 12}, verbose=False)
    for characters, tags in zip(*columns(folder / "train.conll"), strict=True):
        trainer.append(around(characters), tags)
    trainer.train(str(tagged.parent / "crf"))
    crf = pycrfsuite.Tagger()
    crf.open(str(tagged.parent / "crf"))
    characters, truth = columns(folder / "test.conll")
    guess = [crf.tag(around(row)) for row in characters]
    assert metrics.f1_score(truth, guess) > 0.5


def test_tagger_train_takes_an_imported_label_studio_file_as_it_is(tagged: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    records = list(records_in([tagged]))[:80]
    project, gold, model = tmp_path / "project.json", tmp_path / "gold.jsonl", tmp_path / "model"
    project.write_text(json.dumps([annotated(task(d), n) for n, d in enumerate(records, 1)]))
    done = CliRunner().invoke(app, ["import", "label-studio", str(project), "-o", str(gold)])
    assert done.exit_code == 0, done.output
    samples = read_samples(gold)
    assert [(s.text, s.theme, s.themes) for s in samples] == [
        (d.text, d.paragraphs[0].theme, d.paragraphs[0].themes) for d in records
    ]
    done = CliRunner().invoke(app, ["train", str(gold), "-o", str(model)])
    assert done.exit_code == 0, done.output
    assert set(ThemeModel.load(model).labels) == set(THEMES)
