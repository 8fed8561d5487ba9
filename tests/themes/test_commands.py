"""`tagger train`, `evaluate` and `explain` as people call them, with themes of their own."""

from __future__ import annotations

import json
import sys

import pytest
from typer.testing import CliRunner

from tagger.cli import app


def run(*arguments, **options):
    return CliRunner().invoke(app, list(map(str, arguments)), **options)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A corpus on disk and the model that `tagger train` makes of it."""
    import msgspec

    from tests.themes.conftest import _samples

    folder = tmp_path_factory.mktemp("world")
    corpus = folder / "mine.jsonl"
    corpus.write_bytes(b"".join(msgspec.json.encode(sample) + b"\n" for sample in _samples()))
    made = run("train", corpus, "-o", folder / "model", "--other", "0.5")
    assert made.exit_code == 0, made.output
    assert "3 themes" in made.stderr
    return corpus, folder / "model"


def test_a_model_of_ones_own_tags(world, tmp_path):
    _, model = world
    (tmp_path / "in.jsonl").write_text('{"text": "大连英博客场取胜，前锋补时进球。"}\n', encoding="utf-8")
    tagged = run("tag", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl", "--model", model)
    assert tagged.exit_code == 0, tagged.output
    (paragraph,) = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["paragraphs"]
    assert paragraph["theme"] == "sport"
    assert set(paragraph["scores"]) == {"food", "sport", "other"}


def test_evaluate_prints_figures_and_errors(world, tmp_path):
    corpus, model = world
    gold = tmp_path / "gold.jsonl"
    wrong = '{"text": "主场取胜，前锋梅开二度。", "primary": "food", "themes": ["food"], "source": "joke"}\n'
    gold.write_text(corpus.read_text(encoding="utf-8") + wrong, encoding="utf-8")
    shown = run("evaluate", gold, "--model", model)
    assert shown.exit_code == 0, shown.output
    assert "macro F1" in shown.stdout
    assert "food → sport" in shown.stdout


def test_evaluate_as_json_prints_json_and_nothing_else(world):
    corpus, model = world
    figures = json.loads(run("evaluate", corpus, "--model", model, "--json").stdout)
    assert figures["all"]["macro_f1"] > 0.9
    assert set(figures["all"]["themes"]) == {"food", "sport", "other"}
    assert "by_length" in figures


def test_explain_names_reasons(world):
    _, model = world
    shown = run("explain", "主场取胜，前锋进球。", "--model", model, "--top", "5")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith("sport ")
    assert "前锋" in shown.stdout
    assert " more" in shown.stdout


def test_explain_reads_standard_input(world):
    _, model = world
    assert run("explain", "-", "--model", model, input="前锋进球\n").stdout.startswith("sport ")


@pytest.mark.parametrize("arguments", [["  "], ["好", "--section", "appendix"], ["好", "--model", "nowhere"]])
def test_explain_says_what_is_wrong(arguments):
    failed = run("explain", *arguments)
    assert failed.exit_code == 2
    assert failed.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"text": "x", "theme": "a"}\n{"text"\n', "mine.jsonl:2: "),
        ('{"text": "x", "theme": "a"}\n', "at least two"),
        ("", "no samples"),
    ],
)
def test_train_names_what_is_wrong_and_writes_nothing(tmp_path, text, message):
    (tmp_path / "mine.jsonl").write_text(text, encoding="utf-8")
    failed = run("train", tmp_path / "mine.jsonl", "-o", tmp_path / "model")
    assert failed.exit_code in (1, 2)
    assert message in failed.stderr
    assert failed.stderr.count("\n") == 1
    assert not (tmp_path / "model").exists()


def test_train_without_a_corpus(tmp_path):
    failed = run("train", tmp_path / "none.jsonl", "-o", tmp_path / "model")
    assert failed.exit_code == 2
    assert "none.jsonl" in failed.stderr


def test_train_where_the_model_cannot_be_written(world, tmp_path):
    corpus, _ = world
    (tmp_path / "file").write_text("", encoding="utf-8")
    failed = run("train", corpus, "-o", tmp_path / "file" / "model")
    assert failed.exit_code == 2
    assert failed.stderr.count("\n") == 1


def test_train_without_scikit_learn_says_what_to_install(world, tmp_path, monkeypatch):
    corpus, _ = world
    for name in [name for name in sys.modules if name.split(".")[0] in ("sklearn", "scipy")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "scipy", None)
    failed = run("train", corpus, "-o", tmp_path / "model")
    assert failed.exit_code == 2
    assert "pip install 'yanbao-tagger[train]'" in failed.stderr


def test_a_changed_model_is_refused_in_one_line(world, tmp_path):
    corpus, model = world
    broken = tmp_path / "broken"
    broken.mkdir()
    for path in model.iterdir():
        (broken / path.name).write_bytes(path.read_bytes())
    (broken / "weights.npz").write_bytes(b"other")
    failed = run("evaluate", corpus, "--model", broken)
    assert failed.exit_code == 2
    assert "weights.npz" in failed.stderr
    assert failed.stderr.count("\n") == 1
