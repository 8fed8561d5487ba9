"""`tagger lexicon show` and `stats`: what a term names, what became of it in a text, how much there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tagger import lexicon, resources, tokenizers
from tagger.lexicon import Lexicon, LexiconError, ask
from tagger.matching.matcher import Matcher

from .folders import folder, house


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return lexicon.load(resources.lexicon_folder())


@pytest.fixture(scope="module")
def matcher(shipped: Lexicon) -> Matcher:
    return Matcher(shipped)


def fates(term: str, text: str, matcher: Matcher) -> list[str]:
    view = matcher.lexicon.folder.fold(text)
    bounds = tokenizers.make().bounds(view.text)
    return list(ask.in_text(term, matcher.lexicon, view, bounds, matcher.match(view, bounds, None)))


def test_owners_are_found_by_any_surface_however_it_is_written(tmp_path: Path) -> None:
    small = lexicon.load(house(tmp_path))
    for term in ("星河", "星 河", "銀河智造"):
        assert [owner.entry.id for owner in ask.owners(term, small)] == ["companies/x"]
    assert [owner.weak for owner in ask.owners("星河", small)] == [True]
    assert ask.owners("无此名", small) == []


def test_a_term_is_explained_by_its_line_and_its_condition(tmp_path: Path) -> None:
    told = "\n".join(ask.explain("星河", lexicon.load(house(tmp_path)), ["星河"]))
    assert "companies/x: company by an alias (星河智能)" in told
    assert "weak: found only with evidence" in told
    assert "longer names win over it: 星河大道、星河智能" in told


def test_a_blocker_is_told(tmp_path: Path) -> None:
    told = "\n".join(ask.explain("星河大道", lexicon.load(house(tmp_path)), ["星河", "大道"]))
    assert "blocked: 星河大道 is place" in told


def test_an_unknown_term_gets_names_like_it(tmp_path: Path) -> None:
    told = "\n".join(ask.explain("星河智", lexicon.load(house(tmp_path)), ["星河", "智"]))
    assert "no entry has the surface 星河智" in told
    assert "星河智能" in told


def test_what_became_of_a_term_is_told_place_by_place(matcher: Matcher) -> None:
    assert fates("海信", "上海信息化加快", matcher) == ["1–3: part of the region 上海 (regions/310000)"]
    weak, found = fates("机器人", "机器人产业提速，机器人（300024.SZ）涨停", matcher)
    assert weak.startswith("0–3: not found")
    assert found == "8–11: found as company: companies/300024.SZ"
    assert fates("海信", "无关的句子", matcher) == ["海信 does not stand in the text"]


def test_a_term_that_cuts_words_is_told_with_the_words(matcher: Matcher) -> None:
    assert fates("和服", "商品和服务价格", matcher) == ["2–4: not found: it cuts the words 和|服务"]


def test_offsets_are_those_of_the_text_as_it_stands(matcher: Matcher) -> None:
    assert fates("深圳", "在 深 圳 发布", matcher) == ["2–5: found as region: regions/440300"]


def test_stats_count_lines_surfaces_and_conditions(tmp_path: Path) -> None:
    own = folder(tmp_path / "own", models="id,name\nmodels/y,off\n")
    stats = {stat.stem: stat for stat in ask.stats(house(tmp_path / "shipped"), own)}
    assert stats["companies"] == ask.Stat("companies", 1, 3, 1, {"private": 1})
    assert stats["regions"].parts == {"province": 1, "prefecture": 1}
    assert stats["models"].lines == 0


def test_stats_of_a_broken_folder_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"companies.csv:2: 1 cells"):
        ask.stats(folder(tmp_path, companies="id,name\ncompanies/x\n"))


def test_the_shipped_lexicons_hold_what_they_should() -> None:
    stats = {stat.stem: stat for stat in ask.stats(resources.lexicon_folder())}
    assert stats["policies"].lines >= 200
    assert stats["instruments"].lines >= 120
    assert stats["issuers"].parts["national"] >= 150
    assert stats["models"].lines >= 400
    assert stats["compute"].lines >= 450
    places = stats["regions"].parts
    assert places["province"] == 34
    assert places["prefecture"] >= 333
    assert places["county"] >= 2800
    markets = stats["companies"].parts
    assert markets["SSE"] + markets["SZSE"] + markets["BSE"] >= 5000
    assert markets["HKEX"] + markets["US"] >= 120
