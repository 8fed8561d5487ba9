"""`tagger doctor`: what is installed, what works, how to mend the rest."""

import os
import re
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tagger import __version__, doctor
from tagger.cli import app
from tagger.lexicon import load
from tagger.resources import lexicon_folder


def found(**folders):
    return {finding.name: finding for finding in doctor.examine(**folders)}


def test_core_is_named_with_versions_and_ids():
    findings = found()
    assert __version__ in findings["tagger"].about
    assert load(lexicon_folder()).version in findings["lexicons"].about
    assert re.match(r"[0-9a-f]{16}, ", findings["theme model"].about)
    assert findings["tokenizer rjieba"].works


def test_every_front_door_is_listed():
    assert {door.name for door in doctor.DOORS} <= found().keys()


def test_every_extra_that_is_named_exists():
    project = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    for door in doctor.DOORS:
        assert not door.extra or f"\n{door.extra} = [" in project


def test_a_missing_package_is_mended_by_its_extra(monkeypatch):
    monkeypatch.setattr(doctor, "_version", lambda package: None if package == "pypdfium2" else "1")
    finding = found()["reading PDF"]
    assert not finding.works
    assert finding.mend == "pip install 'yanbao-tagger[pdf]'"


def test_a_missing_pkuseg_model_is_mended_by_a_command(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "_version", lambda _: "1")
    monkeypatch.setenv("TAGGER_PKUSEG_MODEL", str(tmp_path))
    finding = found()["tokenizer pkuseg"]
    assert not finding.works
    assert "tagger pkuseg-model" in finding.mend


def test_a_package_that_is_there_and_does_not_import_is_no_open_door(monkeypatch):
    def import_module(name):
        if name == "docx":
            raise ImportError("undefined symbol: x\nmore")

    monkeypatch.setattr(doctor, "_version", lambda _: "1")
    monkeypatch.setattr(doctor, "import_module", import_module)
    finding = found()["reading DOCX"]
    assert not finding.works
    assert finding.about == "python-docx 1; docx does not import (ImportError: undefined symbol: x)"
    assert finding.mend == "pip install --force-reinstall python-docx"


class TestCompiledParts:
    def test_are_all_there(self):
        finding = found()["compiled parts"]
        assert finding.works
        assert "_fold" in finding.about

    @pytest.mark.parametrize("built", [False, True])
    def test_missing_or_older_than_their_source_in_a_checkout(self, built, tmp_path, monkeypatch):
        package = tmp_path / "tagger"
        package.mkdir()
        (tmp_path / "pyproject.toml").touch()
        (package / "_part.pyx").touch()
        if built:
            part = package / f"_part{EXTENSION_SUFFIXES[0]}"
            part.touch()
            os.utime(part, (0, 0))
        monkeypatch.setattr(doctor, "__file__", str(package / "doctor.py"))
        finding = found()["compiled parts"]
        assert not finding.works
        assert finding.vital
        assert "_part" in finding.about
        assert finding.mend == "python scripts/build_hook.py"

    def test_a_checkout_without_them_says_so_in_one_line(self, tmp_path):
        package = Path(doctor.__file__).parent
        shutil.copytree(package, tmp_path / "tagger", ignore=shutil.ignore_patterns("*.so", "*.pyd"))
        command = [sys.executable, "-m", "tagger", "--help"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "is not compiled yet; run pip install -e ." in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("option", "name"), [("--lexicons", "lexicons"), ("--model", "theme model")])
def test_a_broken_core_is_a_finding_and_an_exit_status(option, name, tmp_path):
    result = CliRunner().invoke(app, ["doctor", option, str(tmp_path)])
    assert result.exit_code == 2
    assert re.search(rf"– +{name}", result.output)
    assert "→" in result.output


def test_the_command_shows_every_finding():
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0
    assert all(door.name in result.output for door in doctor.DOORS)


class TestDictionaryCommand:
    def test_writes_a_dictionary(self, tmp_path):
        result = CliRunner().invoke(app, ["dictionary", "--to", "pkuseg", "-o", str(tmp_path / "words.txt")])
        assert result.exit_code == 0
        assert "训力券\tnz" in (tmp_path / "words.txt").read_text(encoding="utf-8").splitlines()

    def test_an_unknown_format_lists_those_there_are(self, tmp_path):
        result = CliRunner().invoke(app, ["dictionary", "--to", "hanlp", "-o", str(tmp_path / "words.txt")])
        assert result.exit_code == 2
        assert "entity-ruler, jieba, pkuseg" in result.output
        assert not (tmp_path / "words.txt").exists()


class TestPkusegModelCommand:
    def test_a_file_that_is_not_there_is_one_line(self, tmp_path):
        result = CliRunner().invoke(
            app, ["pkuseg-model", str(tmp_path / "none.tar.gz"), "-o", str(tmp_path / "out")]
        )
        assert result.exit_code == 2
        assert len(result.output.strip().splitlines()) == 1
