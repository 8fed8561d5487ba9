"""Where lexicons and models lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from tagger import resources


def test_what_is_shipped_is_found() -> None:
    assert (resources.lexicon_folder() / "policies.csv").is_file()
    assert (resources.model_folder() / "config.json").is_file()


def test_an_argument_comes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    mine.mkdir()
    other.mkdir()
    monkeypatch.setenv("TAGGER_LEXICONS", str(other))
    assert resources.lexicon_folder() == other
    assert resources.lexicon_folder(mine) == mine


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGGER_MODEL", str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError, match=r"none: no such folder \(from TAGGER_MODEL"):
        resources.model_folder()
