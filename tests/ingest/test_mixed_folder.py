"""A folder of good and broken files: every good one is in the output, every bad one in the report of errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest import writing
from ingest.pages import Pages
from tagger.cli import app

GOOD = "今天的要闻，说的是算力。\n\n云州市印发若干措施，支持企业租用智能算力，每年安排五亿元训力券。\n"


def encrypted() -> bytes:
    pages = Pages()
    pages.text(60, 100, "秘密")
    return pages.bytes(password="s")


def scanned() -> bytes:
    pages = Pages()
    pages.rule(10, 500, 100)
    return pages.bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, data in {
        "good.txt": GOOD.encode("gb18030"),
        "good.docx": writing.as_docx(GOOD),
        "good.html": writing.as_html(GOOD),
        "good.md": writing.as_markdown(GOOD),
        "good.pdf": writing.as_two_columns("■ 要闻\n" + GOOD),
        "bad-empty.txt": b"",
        "bad-binary.txt": bytes(range(256)) * 8,
        "bad-encrypted.pdf": encrypted(),
        "bad-scanned.pdf": scanned(),
        "bad-truncated.pdf": scanned()[:200],
        "bad-truncated.docx": writing.as_docx(GOOD)[:900],
        "bad-pretender.docx": b"I am no Word file",
        "bad-hollow.html": b"<html><body><script>1</script></body></html>",
    }.items():
        (reports / name).write_bytes(data)
    return reports


def test_the_run_goes_on(folder: Path, tmp_path: Path):
    output = tmp_path / "tagged.jsonl"
    result = CliRunner().invoke(app, ["tag", str(folder), "-o", str(output)])
    assert result.exit_code == 1
    tagged = {
        Path(json.loads(line)["source"]).name for line in output.read_text(encoding="utf-8").splitlines()
    }
    assert tagged == {path.name for path in folder.iterdir() if path.name.startswith("good")}
    faults = [line for line in result.stderr.splitlines() if "bad-" in line]
    assert len(faults) == sum(path.name.startswith("bad") for path in folder.iterdir())
    assert "Traceback" not in result.output
    for name, why in {
        "encrypted.pdf": "password",
        "scanned.pdf": "text layer",
        "empty.txt": "empty",
        "pretender.docx": "Word",
    }.items():
        assert any(name in line and why in line for line in faults), name


class TestRead:
    def test_it_shows_what_was_understood(self, folder: Path):
        result = CliRunner().invoke(app, ["read", str(folder / "good.pdf"), "--dropped"])
        assert result.exit_code == 0
        assert "p1:" in result.output
        assert "云州市印发" in result.output
        assert "dropped" in result.output

    def test_a_file_that_cannot_be_read_is_one_line(self, folder: Path):
        result = CliRunner().invoke(app, ["read", str(folder / "bad-scanned.pdf"), str(folder / "good.txt")])
        assert result.exit_code == 1
        assert "云州市印发" in result.stdout
        assert len(result.stderr.splitlines()) == 1
