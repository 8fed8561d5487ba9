"""``tagger tag`` as people call it: bad input is one line with a name and the right status, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from tagger.cli import ROOMS

TEXT = "12月18日，深圳市工业和信息化局印发《深圳市打造人工智能先锋城市的若干措施》。"


def run(
    *arguments: object, stdin: bytes | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tagger", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        check=False,
    )


def said(result: subprocess.CompletedProcess[bytes]) -> list[str]:
    lines = result.stderr.decode().splitlines()
    assert not any("Traceback" in line for line in lines), result.stderr.decode()
    return lines


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_report_becomes_a_record(report: Path, tmp_path: Path) -> None:
    result = run("tag", report, "-o", tmp_path / "out.jsonl", "--published", "2024-12-31")
    assert (result.returncode, len(said(result))) == (0, 1)
    record = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert record["events"][0]["date"] == "2024-12-18"


def test_a_missing_path_is_a_wrong_call(tmp_path: Path) -> None:
    result = run("tag", tmp_path / "nowhere.txt", "-o", tmp_path / "out.jsonl")
    assert result.returncode == 2
    assert said(result) == [f"tagger: {tmp_path}/nowhere.txt: no such file or folder"]
    assert list(tmp_path.iterdir()) == []


def test_a_missing_path_among_good_ones_is_skipped(report: Path, tmp_path: Path) -> None:
    result = run("tag", tmp_path / "nowhere.txt", report, "-o", tmp_path / "out.jsonl")
    assert result.returncode == 1
    assert said(result)[0] == f"tagger: {tmp_path}/nowhere.txt: no such file or folder"
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == 1


def test_a_folder_with_no_report(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "picture.png").write_bytes(b"\x89PNG")
    result = run("tag", folder, "-o", tmp_path / "out.jsonl")
    assert result.returncode == 1
    assert f"{folder}: no report in this folder" in said(result)[0]
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("name", "data"), [("empty.txt", b""), ("binary.txt", bytes(range(256)) * 40), ("empty.jsonl", b"\n\n")]
)
def test_files_that_hold_no_text(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = run("tag", path, "-o", tmp_path / "out.jsonl")
    assert result.returncode == 1
    lines = said(result)
    assert lines[0].startswith(f"tagger: {path}")
    assert lines[1] == "tagger: nothing was tagged, so nothing was written"
    assert sorted(p.name for p in tmp_path.iterdir()) == [name]


def test_good_lines_of_a_half_broken_file_are_tagged(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    good = json.dumps({"id": "a", "text": TEXT}, ensure_ascii=False)
    path.write_text(f'{good}\n{{"text": 5}}\nno json\n[1]\n{good.replace("a", "b", 1)}\n{{"id": "c"', "utf-8")
    result = run("tag", path, "-o", tmp_path / "out.jsonl")
    assert result.returncode == 1
    assert [line.split(": ")[1] for line in said(result)[:4]] == [f"{path}:{n}" for n in (2, 3, 4, 6)]
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == 2


def test_a_file_that_cannot_be_read(report: Path, tmp_path: Path) -> None:
    """A file whose reading fails: its mode does for a user, /proc/self/mem for root, who may open everything."""
    unreadable = report
    if os.geteuid() == 0:
        unreadable = Path("/proc/self/mem")
    else:
        report.chmod(0)
    result = run("tag", unreadable, "-o", tmp_path / "out.jsonl")
    assert result.returncode == 1
    (line, *_) = said(result)
    assert line in (f"tagger: {report}: Permission denied", "tagger: /proc/self/mem: Input/output error")
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("output", ["missing/out.jsonl", "."])
def test_an_output_that_cannot_be_written(output: str, report: Path, tmp_path: Path) -> None:
    result = run("tag", report, "-o", output, cwd=tmp_path)
    assert result.returncode == 2
    assert len(said(result)) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["report.txt"]


def test_an_earlier_output_stays_when_nothing_could_be_tagged(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "out.jsonl").write_text("earlier\n", "utf-8")
    assert run("tag", tmp_path / "empty.txt", "-o", tmp_path / "out.jsonl").returncode == 1
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "earlier\n"


def test_standard_input_to_standard_output() -> None:
    lines = "".join(json.dumps({"id": str(n), "text": TEXT}) + "\n" for n in range(3))
    result = run("tag", "-", stdin=lines.encode())
    assert result.returncode == 0
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["0", "1", "2"]


def test_a_text_on_standard_input() -> None:
    result = run("tag", "-", stdin=TEXT.encode("gb18030"))
    assert json.loads(result.stdout)["text"] == TEXT


def test_an_unknown_tokenizer_or_day_is_one_line(report: Path, tmp_path: Path) -> None:
    result = run("tag", report, "-o", tmp_path / "o", "--tokenizer", "none")
    assert (result.returncode, len(said(result))) == (2, 1)
    result = run("tag", report, "-o", tmp_path / "o", "--published", "yesterday")
    assert result.returncode == 1
    assert "published" in said(result)[0]


def test_every_command_shows_an_example() -> None:
    commands = [
        line.split()[0]
        for line in run("--help").stdout.decode().split("Commands:")[1].splitlines()
        if line.startswith("  ") and line[2] != " "
    ]
    assert "tag" in commands
    helps = {name: run(name, "--help").stdout for name in commands}
    assert [name for name, text in helps.items() if b"Example" not in text and b"Commands:" not in text] == []


class TestRooms:
    """Commands that other rooms have are named here and made there."""

    @pytest.mark.parametrize("room", ROOMS)
    def test_a_room_registers_what_is_said_of_it(self, room: str) -> None:
        its = typer.Typer()
        import_module(room).register(its)
        assert tuple(typer.main.get_group(its).commands) == ROOMS[room]

    def test_help_lists_all_commands_ours_first(self) -> None:
        listed = [
            line.split()[0]
            for line in run("--help").stdout.decode().split("Commands:")[1].splitlines()
            if line
        ]
        ours = ["tag", "read", "show", "timeline", "schema"]
        assert listed == [*ours, *(name for names in ROOMS.values() for name in names)]

    def test_a_command_that_nobody_has_is_a_wrong_call(self) -> None:
        result = run("tags")
        assert result.returncode == 2
        assert "No such command 'tags'" in result.stderr.decode()
