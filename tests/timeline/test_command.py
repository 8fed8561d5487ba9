"""`tagger timeline` as people call it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tagger.cli import app
from tagger.schema import Document, Event, Instrument, Meta, encode

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def tagged(tmp_path):
    def document(name, published, *events):
        return Document(
            name,
            "合肥市量子产业办法出台。",
            events=list(events),
            meta=Meta(published=published, publisher=f"{name}证券"),
        )

    quantum = Event(
        "合肥市量子产业办法",
        region="合肥市",
        level="municipal",
        date="2025-03-03",
        date_precision="day",
        evidence=[(0, 9)],
    )
    quantum.instruments = [Instrument("量子券", 100_000_000, "max", "year")]
    later = Event("合肥市量子产业办法", region="合肥市", level="municipal", status="cited")
    other = Event("算力网络条例", date="2024-01-02", date_precision="day", issuers=["国务院"])
    path = tmp_path / "tagged.jsonl"
    path.write_bytes(
        b"\n".join(
            map(encode, [document("甲", "2025-03-05", quantum), document("乙", "2025-04-05", later, other)])
        )
    )
    return path


def run(*arguments):
    return CliRunner().invoke(app, ["timeline", *map(str, arguments)])


def test_a_table_without_an_output_file(tagged):
    result = run(tagged)
    assert result.exit_code == 0
    assert "政策时间线（2 项）" in result.output


@pytest.mark.parametrize("suffix", ["json", "jsonl", "csv", "xlsx", "html", "ics", "md", "parquet"])
def test_the_ending_names_the_format(tagged, tmp_path, suffix):
    path = tmp_path / f"out.{suffix}"
    result = run(tagged, "-o", path)
    assert result.exit_code == 0
    assert "2 events" in result.stderr
    assert path.stat().st_size > 100


def test_the_record(tagged, tmp_path):
    run(tagged, "-o", tmp_path / "out.json")
    first, second = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (first["title"], second["title"]) == ("算力网络条例", "合肥市量子产业办法")
    assert [report["id"] for report in second["documents"]] == ["甲", "乙"]
    assert second["said_by"]["instruments"] == ["甲"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--region", "安徽"], ["合肥市量子产业办法"]),
        (["--since", "2025"], ["合肥市量子产业办法"]),
        (["--until", "2024-12"], ["算力网络条例"]),
        (["--instrument", "量子券"], ["合肥市量子产业办法"]),
        (["--status", "issued", "--query", "国务院"], ["算力网络条例"]),
        (["--status", "repealed"], []),
    ],
)
def test_what_is_asked_for(tagged, tmp_path, options, found):
    result = run(tagged, *options, "-o", tmp_path / "out.json")
    assert result.exit_code == 0
    assert [event["title"] for event in json.loads((tmp_path / "out.json").read_text("utf-8"))] == found


def test_nothing_found_is_said(tagged):
    assert "no event fits" in run(tagged, "--status", "repealed").stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--since", "gestern"], "--since: 'gestern' is no date"),
        (["--status", "gone"], "--status: 'gone' is none of"),
        (["-o", "timeline.doc"], "timeline.doc: no format for this ending"),
    ],
)
def test_a_wrong_option_is_one_line_and_status_2(tagged, options, message):
    result = run(tagged, *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_wrong_line_is_named_and_nothing_is_written(tagged, tmp_path):
    tagged.write_bytes(tagged.read_bytes() + b"\nbroken\n")
    result = run(tagged, "-o", tmp_path / "out.json")
    assert result.exit_code == 2
    assert "tagged.jsonl:3: not a tagged record" in result.stderr
    assert not (tmp_path / "out.json").exists()


def test_a_missing_file_is_named(tmp_path):
    result = run(tmp_path / "none.jsonl")
    assert result.exit_code == 2
    assert "none.jsonl: No such file" in result.stderr


def test_merging_loads_no_model_and_no_tokenizer(tagged, tmp_path):
    code = (
        "import sys; from tagger.cli import app\n"
        f"try: app(['timeline', {str(tagged)!r}, '-o', {str(tmp_path / 'out.json')!r}])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('sklearn', 'jieba', 'rjieba', 'spacy', 'pandas', 'pyarrow', 'tagger.pipeline') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_tenth_of_the_bench_merges_in_a_tenth_of_its_bounds():
    """The whole is scripts/bench_timeline: 100,000 documents in 2 minutes and 1 GiB on one core."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "bench_timeline"), "--documents", "2000"],
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(done.stdout)
    assert figures["told"] == 6000
    assert 0 < figures["events"] < 2 * 6000 / 10
    assert figures["peak_mib"] < 300
    assert figures["seconds"] < 30
