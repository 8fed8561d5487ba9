"""`tagger lexicon discover`: what no lexicon knows is found by form and by statistics, the surest first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tagger import lexicon, resources, tokenizers
from tagger.lexicon.discover import Candidate, discover
from tagger.matching.matcher import Matcher
from tagger.schema import Document

VOUCHERS = ("星火券", "云帆券", "青禾券", "数翼券", "智桥券")
POLICIES = (
    "江河市加快具身智能应用示范若干措施",
    "云岭省低空智联网建设三年行动方案（2026—2028年）",
    "湖畔新城算力普惠十条",
)
REPORT = """江河市12月18日印发《江河市加快具身智能应用示范若干措施》，每年发放最高5亿元“星火券”、最高1亿元“云帆券”，并向初创企业发放青禾券，单家企业最高补助20万元。
游客凭入场券领取优惠券，企业发行债券，券商称消费券带动明显，训力券覆盖面扩大。
江河市还将推出“数翼券”，支持企业购买数据服务；“智桥券”最高3000万元，用于购买语料。
云岭省政府办公厅出台《云岭省低空智联网建设三年行动方案（2026—2028年）》，湖畔新城印发《湖畔新城算力普惠十条》。
大模型方面，灵犀智能发布Lingxi-V3模型，参数规模达到320B；DeepSeek-V3保持开源。
券商研报《计算机行业周报》认为景气度回升，《数据安全法》落实到位。
"""


@pytest.fixture(scope="module")
def look() -> Callable[..., list[Candidate]]:
    knowledge = lexicon.load(resources.lexicon_folder())
    matcher, tokenizer = Matcher(knowledge), tokenizers.make()

    def document(text: str) -> Document:
        view = knowledge.folder.fold(text)
        return Document(
            id=text[:8], text=text, mentions=matcher.match(view, tokenizer.bounds(view.text), None)
        )

    return lambda *texts: discover(map(document, texts), knowledge)


def test_invented_vouchers_and_policies_come_in_the_first_twenty_rows(
    look: Callable[..., list[Candidate]],
) -> None:
    first = [(candidate.category, candidate.name) for candidate in look(REPORT)[:20]]
    assert {("instruments", name) for name in VOUCHERS} <= set(first)
    assert {("policies", name) for name in POLICIES} <= set(first)
    assert ("models", "Lingxi-V3") in first


def test_what_is_known_or_no_voucher_is_not_proposed(look: Callable[..., list[Candidate]]) -> None:
    names = {candidate.name for candidate in look(REPORT)}
    assert not names & {
        "入场券",
        "优惠券",
        "债券",
        "消费券",
        "训力券",
        "DeepSeek-V3",
        "数据安全法",
        "计算机行业周报",
    }


def test_counts_reports_and_the_first_example_are_told(look: Callable[..., list[Candidate]]) -> None:
    again = "江河市再次发放“星火券”，力度不减。\n“星火券”补助比例提高到30%。"
    star = next(candidate for candidate in look(REPORT, again) if candidate.name == "星火券")
    assert (star.count, len(star.seen_in), star.type, star.found) == (3, 2, "voucher", "form")
    assert "“星火券”" in star.example
    assert "\n" not in star.example


def test_statistics_find_what_no_form_tells(look: Callable[..., list[Candidate]]) -> None:
    sentences = (
        "多地谈到惠农暖心券，",
        "问及惠农暖心券时，",
        "惠农暖心券很受关注。",
        "谁在用惠农暖心券？",
        "记者见到惠农暖心券。",
    )
    found = {candidate.name: candidate for candidate in look("\n".join(sentences), REPORT)}
    assert found["惠农暖心券"].found == "statistics"
    assert found["惠农暖心券"].count == len(sentences)
    assert "暖心券" not in found


def test_a_piece_that_always_stands_in_the_same_words_is_no_term(
    look: Callable[..., list[Candidate]],
) -> None:
    names = {candidate.name for candidate in look("\n".join(["他们都谈到惠农暖心券的事情"] * 6), REPORT)}
    assert not any("暖心券" in name for name in names)


def test_the_surer_term_stands_first(look: Callable[..., list[Candidate]]) -> None:
    twice = look(REPORT, "江河市发放“数翼券”500万元。")
    vouchers = [candidate.name for candidate in twice if candidate.category == "instruments"]
    assert vouchers[0] == "数翼券"


def test_nothing_new_is_nothing(look: Callable[..., list[Candidate]]) -> None:
    assert look("今日天气晴朗。", "") == []
