"""Lexicons read into memory, and a user's folder laid over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tagger.lexicon import LexiconError, load

from .folders import folder, house


def test_an_entry_carries_its_names_conditions_and_facts(tmp_path: Path) -> None:
    entry = load(house(tmp_path)).entries["companies/x"]
    assert entry.kind == "company"
    assert entry.surfaces == ("星河智能", "星河", "银河智造")
    assert entry.weak == {"星河"}
    assert entry.fact("market") == "private"
    assert entry.fact("code") == ""


def test_an_overlay_adds_replaces_and_switches_off(tmp_path: Path) -> None:
    own = folder(
        tmp_path / "own",
        companies="id,name,aliases\ncompanies/x,星河新智,\ncompanies/new,天枢,\n",
        models="id,name\nmodels/y,off\n",
        blockers="term,type\n星河大道,off\n天枢路,place\n",
        cues="class,term,note\nlint/proper,宝鸡,off\nlint/proper,即墨,\n",
    )
    lexicon = load(house(tmp_path / "shipped"), own)
    assert lexicon.entries["companies/x"].surfaces == ("星河新智",)
    assert lexicon.entries["companies/new"].name == "天枢"
    assert "models/y" not in lexicon.entries
    assert set(lexicon.blockers) == {"天枢路"}
    assert lexicon.cue("lint/proper") == ["即墨"]


def test_the_later_folder_wins(tmp_path: Path) -> None:
    first = folder(tmp_path / "a", companies="id,name\ncompanies/x,甲公司\n")
    second = folder(tmp_path / "b", companies="id,name\ncompanies/x,乙公司\n")
    assert load(first, second).entries["companies/x"].name == "乙公司"
    assert load(second, first).entries["companies/x"].name == "甲公司"


def test_the_version_tells_lexicons_apart(tmp_path: Path) -> None:
    at = house(tmp_path)
    before = load(at).version
    assert load(at).version == before
    folder(at, currencies="surface,currency\n元,CNY\n")
    assert load(at).version != before


@pytest.mark.parametrize(
    ("stem", "text", "message"),
    [
        ("companies", "id,name\ncompanies/x\n", r"companies.csv:2: 1 cells where the header has 2"),
        ("companies", "id,name\ncompanies/x,甲\n,乙\n", r"companies.csv:3: a line without id or name"),
        ("companies", "name\n甲\n", r"companies.csv:1: no column id"),
        ("companys", "id,name\ncompanies/x,甲\n", r"companys.csv:1: no lexicon is called companys"),
        ("cues", "class,word\na,b\n", r"cues.csv:1: no column term"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_and_line(
    tmp_path: Path, stem: str, text: str, message: str
) -> None:
    with pytest.raises(LexiconError, match=message):
        load(house(tmp_path / "shipped"), folder(tmp_path / "own", **{stem: text}))


def test_no_folder_and_no_lines_are_errors(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such lexicon folder"):
        load(tmp_path / "none")
    with pytest.raises(LexiconError, match="no lexicon lines found"):
        load(tmp_path)


def test_a_cue_that_is_missing_is_an_error_of_the_lexicon(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no cue of class 'qualifier/max'"):
        load(house(tmp_path)).cue("qualifier/max")
