"""New lines: they stand at their place when they are sound, and nothing is written when they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tagger.lexicon import LexiconError, load
from tagger.lexicon.edit import add, id_of, read_rows
from tagger.lexicon.lint import lint

from .folders import folder, house


def test_a_new_entry_stands_at_its_place_and_the_folder_stays_clean(tmp_path: Path) -> None:
    at = house(tmp_path)
    assert add(at, [("companies", {"name": "天枢 AI", "aliases": "天枢", "source": "made up"})]) == [
        "companies/天枢AI"
    ]
    assert (at / "companies.csv").read_text("utf-8").splitlines()[1:] == [
        "companies/x,星河智能,星河,银河智造,,private,private,星河,made up",
        "companies/天枢AI,天枢 AI,天枢,,,,,,made up",
    ]
    assert lint(at) == []


def test_the_form_of_a_new_line_is_mended(tmp_path: Path) -> None:
    at = house(tmp_path)
    add(at, [("companies", {"id": "companies/z", "name": " 天枢Ｘ１ ", "aliases": "天 枢|天枢"})])
    assert load(at).entries["companies/z"].surfaces == ("天枢X1", "天枢")


def test_a_folder_of_ones_own_is_made(tmp_path: Path) -> None:
    shipped, own = house(tmp_path / "shipped"), tmp_path / "own"
    add(own, [("instruments", {"name": "星火券", "type": "voucher"})], under=[shipped])
    assert load(shipped, own).entries["instruments/星火券"].fact("type") == "voucher"


@pytest.mark.parametrize(
    ("stem", "cells", "message"),
    [
        ("companies", {"id": "companies/x", "name": "天枢"}, "companies/x stands there already"),
        ("companies", {"name": "天枢", "colour": "红"}, "companies has no column 'colour'"),
        ("firms", {"name": "天枢"}, "no lexicon is called firms"),
        ("companies", {"name": "苹果"}, r"'苹果' is an ordinary word .* nothing was added"),
        ("models", {"name": "星河智能"}, r"'星河智能' names companies/x too.*\[clash\]; nothing was added"),
        ("companies", {"name": "天枢", "market": "NYSE"}, "none of SSE"),
        ("companies", {"name": ""}, "name is empty"),
        ("companies", {"name": "启明-1"}, r"'启明-1' names .*\[clash\]"),
    ],
)
def test_a_line_that_breaks_a_check_is_refused(
    tmp_path: Path, stem: str, cells: dict[str, str], message: str
) -> None:
    at = house(tmp_path)
    before = {path.name: path.read_bytes() for path in at.iterdir()}
    with pytest.raises(LexiconError, match=message):
        add(at, [("models", {"name": "晨星-2"}), (stem, cells)])
    assert {path.name: path.read_bytes() for path in at.iterdir()} == before


def test_nothing_is_added_to_a_folder_that_cannot_be_read(tmp_path: Path) -> None:
    at = folder(house(tmp_path), companies="id,name\ncompanies/x\n")
    with pytest.raises(LexiconError, match=r"companies.csv:2: 1 cells"):
        add(at, [("models", {"name": "晨星-2"})])


def test_rows_of_discover_are_read_by_the_columns_of_their_category(tmp_path: Path) -> None:
    found = tmp_path / "found.csv"
    found.write_text(
        "category,name,type,count,example\ninstruments,星火券,voucher,3,发放星火券\nmodels,晨星-2,,1,发布晨星-2\n",
        "utf-8",
    )
    assert read_rows(found) == [
        ("instruments", {"name": "星火券", "type": "voucher"}),
        ("models", {"name": "晨星-2"}),
    ]


def test_a_row_of_no_category_is_named_by_its_line(tmp_path: Path) -> None:
    found = tmp_path / "found.csv"
    found.write_text("category,name\nmodels,晨星-2\nfirms,天枢\n", "utf-8")
    with pytest.raises(LexiconError, match=r"found.csv:3: category 'firms' is none of"):
        read_rows(found)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("天枢 AI", "天枢AI"),
        ("“星火”券", "星火券"),
        ("某办法（2025年版）", "某办法2025年版"),
        ("a/b|c", "abc"),
    ],
)
def test_an_id_is_the_name_without_marks(name: str, id_: str) -> None:
    assert id_of(name) == id_
