"""`tagger lexicon …` as it is called: results on standard output, messages on standard error, exit statuses."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tagger.cli import app

from .folders import folder, house
from .test_discover import POLICIES, REPORT, VOUCHERS


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["lexicon", *map(str, arguments)])


def test_lint_is_silent_and_zero_on_clean_lexicons(tmp_path: Path) -> None:
    result = run("lint", "--lexicons", house(tmp_path))
    assert (result.exit_code, result.stdout) == (0, "")


def test_lint_prints_findings_and_ends_with_one(tmp_path: Path) -> None:
    result = run("lint", "--lexicons", house(tmp_path, models="models/z,星河智能,,,,,,"))
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{tmp_path / 'models.csv'}:3: ")


def test_lint_fix_mends_first(tmp_path: Path) -> None:
    at = house(tmp_path, models="models/z, 天枢 ,,,,,,")
    assert run("lint", "--lexicons", at, "--fix").exit_code == 0
    assert (at / "models.csv").read_text("utf-8").endswith("models/z,天枢,,,,,,\n")


def test_lint_looks_at_a_users_folder_over_the_shipped_ones(tmp_path: Path) -> None:
    own = folder(tmp_path, companies="id,name\ncompanies/own,训力券\n")
    result = run("lint", "--add-lexicon", own)
    assert result.exit_code == 1
    assert "names instruments/训力券 too" in result.stdout
    assert "[clash]" in result.stdout


@pytest.mark.parametrize("command", [("lint",), ("stats",), ("show", "星河"), ("discover", "-")])
def test_a_missing_folder_is_one_line(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = run(*command, "--lexicons", tmp_path / "none")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert f"{tmp_path / 'none'}: no such folder" in result.stderr


def test_a_broken_file_is_one_line_with_its_place(tmp_path: Path) -> None:
    at = folder(house(tmp_path), companies="id,name\ncompanies/x\n")
    for command in (("stats",), ("show", "星河"), ("add", "models", "晨星-2")):
        result = run(*command, "--lexicons", at)
        assert result.exit_code == 2
        assert result.stderr == f"tagger: {at / 'companies.csv'}:2: 1 cells where the header has 2\n"


def test_show_explains_and_tries_a_text() -> None:
    result = run("show", "机器人", "--in", "机器人（300024.SZ）涨停")
    assert result.exit_code == 0
    assert "companies/300024.SZ: company by its name" in result.stdout
    assert "0–3: found as company: companies/300024.SZ" in result.stdout


def test_stats_name_every_lexicon() -> None:
    result = run("stats")
    assert result.exit_code == 0
    assert all(name in result.stdout for name in ("policies", "instruments", "regions", "cues"))


def test_add_writes_to_a_folder_of_ones_own(tmp_path: Path) -> None:
    arguments = (
        "instruments",
        "星火券",
        "--alias",
        "星火补贴券",
        "--set",
        "type=voucher",
        "--to",
        tmp_path / "own",
    )
    result = run("add", *arguments)
    assert (result.exit_code, result.stdout) == (0, "instruments/星火券\n")
    text = (tmp_path / "own" / "instruments.csv").read_text("utf-8")
    assert text.splitlines()[1] == "instruments/星火券,星火券,星火补贴券,voucher,,,"
    again = run("add", *arguments)
    assert again.exit_code == 2
    assert "instruments/星火券 stands there already" in again.stderr


@pytest.mark.parametrize("arguments", [(), ("models",), ("models", "晨星-2", "--set", "family")])
def test_add_called_wrongly_says_how(arguments: tuple[str, ...]) -> None:
    result = run("add", *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_what_discover_prints_can_be_added(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    result = run("discover", report)
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {*VOUCHERS, *POLICIES} <= {row["name"] for row in rows[:20]}
    found = tmp_path / "found.csv"
    found.write_text(result.stdout, "utf-8")
    assert run("add", "--rows", found, "--to", tmp_path / "own").exit_code == 0
    known = run("discover", report, "--add-lexicon", tmp_path / "own")
    assert known.stdout.count("\n") == 1  # the header alone


def test_discover_goes_on_behind_a_report_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    result = run("discover", tmp_path / "report.txt", tmp_path / "none.txt")
    assert result.exit_code == 1
    assert "none.txt: no such file or folder" in result.stderr
    assert "星火券" in result.stdout
