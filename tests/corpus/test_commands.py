"""`tagger export`, `tagger import`, `tagger review` as a person runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.making import hard_document
from tagger.cli import app
from tagger.schema import decode, encode

run = CliRunner()


@pytest.fixture
def tagged(tmp_path: Path) -> Path:
    path = tmp_path / "tagged.jsonl"
    path.write_bytes(b"".join(encode(hard_document(f"d{n}")) + b"\n" for n in range(3)))
    return path


def test_export_then_import_gives_the_records_back(tagged: Path) -> None:
    folder, gold = tagged.parent / "corpus", tagged.parent / "gold.jsonl"
    done = run.invoke(
        app,
        [
            "export",
            str(tagged),
            "--to",
            "label-studio",
            "--level",
            "document",
            "--no-near",
            "--split",
            "1,0,0",
            "-o",
            str(folder),
        ],
    )
    assert done.exit_code == 0, done.output
    assert f"3 train → {folder}" in done.output
    done = run.invoke(app, ["import", "label-studio", str(folder), "-o", str(gold)])
    assert done.exit_code == 0, done.output
    assert [decode(line) for line in gold.read_bytes().splitlines()] == [
        hard_document(f"d{n}") for n in range(3)
    ]


def test_what_a_format_cannot_hold_is_told(tagged: Path) -> None:
    done = run.invoke(
        app, ["export", str(tagged), "--to", "conll", "--no-near", "-o", str(tagged.parent / "corpus")]
    )
    assert "conll cannot hold 6 mentions that overlap a longer one" in done.output


def test_what_cannot_be_kept_is_told_and_the_status_is_1(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "深圳", "label": [[0, 9, "region"]]}))
    done = run.invoke(
        app, ["import", "doccano", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "gold.jsonl")]
    )
    assert done.exit_code == 1
    assert "a.jsonl:1: region 0–9: outside the text of 2 characters; left out" in done.output
    assert (tmp_path / "gold.jsonl").exists()


def test_review_says_what_it_chose(tagged: Path) -> None:
    done = run.invoke(app, ["review", str(tagged), "--to", "doccano", "-o", str(tagged.parent / "tasks")])
    assert done.exit_code == 0, done.output
    assert "1 paragraphs (1 uncertain" in done.output


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["export", "nowhere.jsonl", "--to", "jsonl", "-o", "out"], "nowhere.jsonl: No such file"),
        (["export", "TAGGED", "--to", "word", "-o", "out"], "word: no such format"),
        (["export", "TAGGED", "--to", "jsonl", "--split", "80,20", "-o", "out"], "not three numbers"),
        (["export", "TAGGED", "--to", "jsonl", "--split=-1,2,3", "-o", "out"], "not below zero"),
        (["import", "parquet", "x", "-o", "out"], "parquet: no such format"),
        (["import", "brat", "nowhere", "-o", "out"], "nowhere: no .txt file"),
        (["review", "TAGGED", "--to", "conll", "-o", "out"], "review is for"),
    ],
)
def test_errors_are_one_line_and_nothing_is_written(
    arguments: list[str], why: str, tagged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tagged.parent)
    done = run.invoke(app, [str(tagged) if a == "TAGGED" else a for a in arguments])
    assert done.exit_code == 2
    assert why in done.output
    assert "Traceback" not in done.output
    assert not (tagged.parent / "out").exists()


def test_the_help_of_each_has_an_example_and_loads_nothing_heavy() -> None:
    for command in ("export", "import", "review"):
        assert "Example: tagger " + command in run.invoke(app, [command, "--help"]).output
    code = "import sys, tagger.cli; print([m for m in ('spacy', 'pandas', 'pyarrow', 'datasketch', 'sklearn') if m in sys.modules])"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )


@pytest.mark.parametrize("day", ["hello", "2025-13", "2025-02-30", "25", "20250630", "2025-6-3", ""])
def test_a_day_that_is_none_is_told(day: str, tagged: Path) -> None:
    folder = tagged.parent / "corpus"
    done = run.invoke(app, ["export", str(tagged), "--to", "jsonl", "-o", str(folder), "--test-from", day])
    assert done.exit_code == 2
    assert f"--test-from {day}: not a day" in done.output
    assert not folder.exists()


@pytest.mark.parametrize("day", ["2025", "2025-06", "2025-06-30"])
def test_a_year_a_month_or_a_day_divides_a_corpus(day: str, tagged: Path) -> None:
    folder = tagged.parent / "corpus"
    options = ["--no-near", "--test-from", day, "-o", str(folder)]
    done = run.invoke(app, ["export", str(tagged), "--to", "jsonl", *options])
    assert done.exit_code == 0, done.output


def test_stopped_by_hand_an_export_says_that_nothing_was_written(
    tagged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tagger.corpus.sheet.write", stopped)
    folder = tagged.parent / "corpus"
    done = run.invoke(app, ["export", str(tagged), "--to", "jsonl", "--no-near", "-o", str(folder)])
    assert done.exit_code == 130
    assert "stopped; nothing was written" in done.output
    assert not folder.exists()
