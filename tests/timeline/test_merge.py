"""Which reports tell one act, and which tell two."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.schema import Event
from tagger.timeline import merge as merge_claims
from timeline.telling import money, told

PLAN = "支持机器人产业发展若干措施"


def parts(events):
    """Which reports stand together."""
    return sorted(sorted(report.id for report in event.documents) for event in events)


class TestOnePolicy:
    def test_written_in_two_ways_is_one(self, merge):
        events = merge(
            told("甲", f"深圳市{PLAN}", "2025-03-03", region="深圳市"),
            told("乙", "深圳市关于支持机器人产业发展的若干措施", "2025-03-03", region="深圳市"),
        )
        assert parts(events) == [["乙", "甲"]]

    def test_by_entry_whatever_it_is_called(self, merge):
        events = merge(
            told("甲", "生成式人工智能服务管理暂行办法", "2023-07-13", policy="policies/a"),
            told("乙", "生成式AI新规", None, published="2023-08-01", policy="policies/a"),
        )
        assert parts(events) == [["乙", "甲"]]

    def test_by_document_number(self, merge):
        events = merge(
            told("甲", "关于推进算力互联互通的通知", "2024-05-06", doc_number="工信部信管〔2024〕9号"),
            told(
                "乙",
                "工信部信管〔2024〕9号",
                None,
                published="2024-06-01",
                doc_number="工信部信管〔2024〕9号",
            ),
        )
        assert parts(events) == [["乙", "甲"]]
        assert events[0].title == "关于推进算力互联互通的通知"

    def test_by_a_nickname_that_another_report_declares(self, merge):
        events = merge(
            told("甲", f"合肥市{PLAN}", "2025-03-03", region="合肥市", aliases=["智机十条"]),
            told("乙", "智机十条", None, published="2025-03-20", region="合肥市"),
        )
        assert parts(events) == [["乙", "甲"]]
        assert events[0].title == f"合肥市{PLAN}"
        assert events[0].aliases == ["智机十条"]

    def test_a_nickname_means_nothing_in_another_city(self, merge):
        events = merge(
            told("甲", f"合肥市{PLAN}", "2025-03-03", region="合肥市", aliases=["智机十条"]),
            told("乙", "智机十条", None, published="2025-03-20", region="杭州市"),
        )
        assert parts(events) == [["乙"], ["甲"]]

    def test_a_nickname_that_is_only_a_kind_of_text_joins_nothing(self, merge):
        events = merge(
            told("甲", f"合肥市{PLAN}", "2025-03-03", region="合肥市", aliases=["若干措施"]),
            told("乙", "若干措施", None, published="2025-03-20", region="合肥市"),
            told("丙", "若干措施", None, published="2025-03-20", region="合肥市"),
        )
        assert parts(events) == [["丙"], ["乙"], ["甲"]]

    def test_by_a_title_that_differs_in_light_words(self, merge):
        events = merge(
            told("甲", "杭州市加快推进智能网联汽车示范应用实施方案", "2024-06-03", region="杭州市"),
            told("乙", "杭州市推动智能网联汽车示范应用的实施方案", "2024-06-03", region="杭州市"),
        )
        assert parts(events) == [["乙", "甲"]]

    def test_by_a_title_whose_kind_is_told_loosely(self, merge):
        events = merge(
            told("甲", "杭州市支持智能网联汽车发展若干措施", "2024-06-03", region="杭州市"),
            told("乙", "杭州市支持智能网联汽车发展若干政策", "2024-06-03", region="杭州市"),
        )
        assert parts(events) == [["乙", "甲"]]

    def test_by_a_shortened_title_told_later_without_a_date(self, merge):
        events = merge(
            told("甲", "杭州市智能网联汽车道路测试与示范应用管理办法", "2024-06-03", region="杭州市"),
            told("乙", "智能网联汽车测试与示范应用管理办法", None, published="2024-07-01", region="杭州市"),
        )
        assert parts(events) == [["乙", "甲"]]

    def test_a_title_told_without_its_city_belongs_to_the_one_city_that_has_it(self, merge):
        events = merge(
            told("甲", PLAN, "2025-03-03", region="深圳市"),
            told("乙", PLAN, None, published="2025-03-10"),
        )
        assert parts(events) == [["乙", "甲"]]
        assert events[0].region == "深圳市"

    def test_a_title_without_its_edition_belongs_to_the_one_edition(self, merge):
        events = merge(
            told("甲", "量子产业行动计划（2025—2027年）", "2025-01-06", region="合肥市"),
            told("乙", "量子产业行动计划", "2025-01-06", region="合肥市"),
        )
        assert parts(events) == [["乙", "甲"]]


class TestTwoPolicies:
    def test_the_same_words_in_two_cities(self, merge):
        events = merge(
            told("甲", PLAN, "2025-03-03", region="深圳市"),
            told("乙", PLAN, "2025-03-03", region="广州市"),
            told("丙", PLAN, None, published="2025-03-10"),
        )
        assert parts(events) == [["丙"], ["乙"], ["甲"]]

    def test_the_same_words_in_two_years(self, merge):
        events = merge(
            told("甲", "数字经济工作要点", "2024-03-11", region="杭州市"),
            told("乙", "数字经济工作要点", "2025-03-18", region="杭州市"),
            told("丙", "数字经济工作要点", None, published="2024-04-01", region="杭州市"),
            told("丁", "数字经济工作要点", None, published="2025-04-01", region="杭州市"),
        )
        assert parts(events) == [["丁", "乙"], ["丙", "甲"]]

    def test_two_editions(self, merge):
        events = merge(
            told("甲", "量子产业行动计划（2022—2024年）", None, published="2025-02-01", region="合肥市"),
            told("乙", "量子产业行动计划（2025—2027年）", None, published="2025-02-01", region="合肥市"),
        )
        assert parts(events) == [["乙"], ["甲"]]

    def test_titles_that_differ_in_what_they_are_about(self, merge):
        events = merge(
            told("甲", "杭州市支持人工智能产业发展若干措施", "2025-03-03", region="杭州市"),
            told("乙", "杭州市支持具身智能产业发展若干措施", "2025-03-03", region="杭州市"),
        )
        assert parts(events) == [["乙"], ["甲"]]

    def test_a_text_and_its_rules_of_application(self, merge):
        events = merge(
            told("甲", "杭州市算力券管理办法", "2025-03-03", region="杭州市"),
            told("乙", "杭州市算力券管理办法实施细则", "2025-03-03", region="杭州市"),
        )
        assert parts(events) == [["乙"], ["甲"]]

    def test_a_short_title_beside_a_long_one_in_one_report(self, merge):
        events = merge(
            told("甲", "杭州市智能网联汽车道路测试与示范应用管理办法", "2024-06-03", region="杭州市"),
            told("甲", "杭州市智能网联汽车示范应用管理办法", "2024-06-03", region="杭州市"),
        )
        assert len(events) == 2

    def test_two_document_numbers(self, merge):
        events = merge(
            told(
                "甲",
                "杭州市加快推进汽车示范应用方案",
                "2024-06-03",
                region="杭州市",
                doc_number="杭政办〔2024〕1号",
            ),
            told(
                "乙",
                "杭州市推进汽车示范应用方案",
                "2024-06-03",
                region="杭州市",
                doc_number="杭政办〔2024〕2号",
            ),
        )
        assert len(events) == 2


class TestActs:
    def test_draft_and_final_text_are_linked_not_merged(self, merge):
        draft, final = merge(
            told(
                "甲",
                "广州市算力补贴办法（征求意见稿）",
                "2025-03-05",
                region="广州市",
                status="draft",
                instruments=[money("算力补贴", 1e8)],
            ),
            told(
                "乙",
                "广州市算力补贴办法",
                "2025-05-20",
                region="广州市",
                instruments=[money("算力补贴", 8e7)],
            ),
        )
        assert [(link.type, link.to) for link in draft.links] == [("draft_of", final.id)]
        assert not draft.conflicts
        assert not final.conflicts

    def test_a_draft_of_another_year_is_no_draft_of_the_text_before_it(self, merge):
        final, draft = merge(
            told("甲", "广州市算力补贴办法", "2024-05-20", region="广州市"),
            told("乙", "广州市算力补贴办法（征求意见稿）", "2025-03-05", region="广州市", status="draft"),
        )
        assert final.status == "issued"
        assert not draft.links

    def test_issue_amendment_and_repeal_are_three_acts(self, merge):
        title = "合肥市量子产业扶持办法"
        issued, amended, repealed = merge(
            told("甲", title, "2022-05-20", region="合肥市"),
            told("乙", title, "2023-07-01", region="合肥市", status="amended"),
            told("丙", title, "2025-01-10", region="合肥市", status="repealed"),
        )
        assert [(link.type, link.to) for link in (*amended.links, *repealed.links)] == [
            ("amends", issued.id),
            ("repeals", issued.id),
        ]

    def test_a_citation_joins_the_act_it_cites(self, merge):
        first, second = merge(
            told("甲", "数字经济工作要点", "2024-03-11", region="杭州市"),
            told("乙", "数字经济工作要点", "2025-03-18", region="杭州市"),
            told("丙", "数字经济工作要点", None, published="2024-12-02", region="杭州市", status="cited"),
            told("丁", "数字经济工作要点", "2024", published="2025-12-02", region="杭州市", status="cited"),
        )
        assert parts([first]) == [["丁", "丙", "甲"]]
        assert parts([second]) == [["乙"]]

    def test_a_citation_of_the_draft_joins_the_draft(self, merge):
        draft, final = merge(
            told("甲", "广州市算力补贴办法（征求意见稿）", "2025-03-05", region="广州市", status="draft"),
            told("乙", "广州市算力补贴办法", "2025-05-20", region="广州市"),
            told(
                "丙",
                "广州市算力补贴办法（征求意见稿）",
                None,
                published="2025-06-01",
                region="广州市",
                status="cited",
            ),
        )
        assert parts([draft]) == [["丙", "甲"]]
        assert parts([final]) == [["乙"]]

    def test_a_policy_that_is_only_cited_is_kept_as_such(self, merge):
        (event,) = merge(told("甲", "数据安全法", None, published="2024-12-02", status="cited"))
        assert event.status == "cited"

    def test_a_local_plan_carries_out_the_national_one_it_names(self, merge):
        words = "为贯彻落实《推动设备更新行动方案》，杭州市印发《杭州市设备更新实施方案》。"
        national, local = merge(
            told("甲", "推动设备更新行动方案", "2024-03-13"),
            told("乙", "推动设备更新行动方案", None, published="2024-05-01", status="cited", words=words),
            told(
                "乙",
                "杭州市设备更新实施方案",
                "2024-04-28",
                published="2024-05-01",
                region="杭州市",
                words=words,
            ),
        )
        assert [(link.type, link.to) for link in local.links] == [("implements", national.id)]
        assert not national.links

    def test_naming_two_policies_side_by_side_links_nothing(self, merge):
        words = "国务院印发《推动设备更新行动方案》，杭州市印发《杭州市设备更新实施方案》。"
        events = merge(
            told("乙", "推动设备更新行动方案", "2024-03-13", words=words),
            told("乙", "杭州市设备更新实施方案", "2024-04-28", region="杭州市", words=words),
        )
        assert not any(event.links for event in events)

    def test_themes_are_those_of_the_paragraphs_where_the_lexicon_knows_none(self, merge):
        (event,) = merge(told("甲", PLAN, "2025-03-03", region="深圳市"))
        assert event.themes == ["policy"]

    def test_themes_of_a_known_policy_are_those_of_the_lexicon(self, merge, knowledge):
        entry = next(entry for entry in knowledge.of_kind("policy") if entry.fact("themes"))
        (event,) = merge(told("甲", entry.name, "2025-03-03", policy=entry.id))
        assert event.themes == list(entry.facts_of("themes"))


TITLES = [
    PLAN,
    "机器人产业发展措施",
    "支持机器人产业加快发展若干措施",
    "数字经济工作要点（2025年）",
    "数字经济工作要点",
    "智机十条",
    "若干措施",
]
DAYS = [None, "2024", "2024-03", "2024-03-11", "2024-03-12", "2024-12-30", "2025-01-04", "2025-03-18"]
NUMBERS = [None, None, None, "杭政办〔2024〕1号", "杭政办〔2025〕1号"]


@st.composite
def reports(draw, most=7):
    """Reports that say many things about few policies, so that everything meets everything."""
    claims = []
    for number in range(draw(st.integers(1, most))):
        for _ in range(draw(st.integers(1, 2))):
            day = draw(st.sampled_from(DAYS))
            status = draw(st.sampled_from(["issued", "issued", "cited", "draft", "amended"]))
            claims.append(
                told(
                    f"r{number}",
                    draw(st.sampled_from(TITLES)),
                    day,
                    published=draw(st.sampled_from(["2024-03-20", "2025-02-01", "2025-04-01", None])),
                    region=draw(st.sampled_from([None, "杭州市", "深圳市"])),
                    status=status,
                    policy=draw(st.sampled_from([None, None, "policies/x", "policies/y"])),
                    doc_number=draw(st.sampled_from(NUMBERS)),
                    issuers=draw(st.sampled_from([[], ["杭州市人民政府"], ["国务院"], ["国务院", "财政部"]])),
                    aliases=draw(st.sampled_from([[], ["智机十条"]])),
                    instruments=draw(
                        st.sampled_from(
                            [[], [money("算力券", 1e8)], [money("算力券", 2e8, "year")], [money("算力券")]]
                        )
                    ),
                    date_precision="recent"
                    if day is None and draw(st.booleans())
                    else {None: "none", 4: "year", 7: "month", 10: "day"}[day and len(day)],
                )
            )
    return claims


@settings(max_examples=40, deadline=None)
@given(reports(), st.randoms(use_true_random=False))
def test_the_order_of_the_documents_plays_no_part(knowledge, claims, chance: random.Random):
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert merge_claims(shuffled, knowledge) == merge_claims(claims, knowledge)


@settings(max_examples=40, deadline=None)
@given(reports(), reports(most=1))
def test_an_id_once_given_always_leads_to_its_act(knowledge, claims, more):
    before = merge_claims(claims, knowledge)
    for claim in more:
        claims.append(told("added", **_as_told(claim.event), published=claim.report.published))
    after = merge_claims(claims, knowledge)
    known = {event.id for event in after} | {other for event in after for other in event.also}
    assert {event.id for event in before} <= known


@settings(max_examples=30, deadline=None)
@given(reports())
def test_a_document_on_something_else_changes_nothing(knowledge, claims):
    before = merge_claims(claims, knowledge)
    after = merge_claims(
        [*claims, told("added", "远洋渔业补助细则", "2024-05-05", region="北京市")], knowledge
    )
    assert [event for event in after if event.documents[0].id != "added"] == before


@settings(max_examples=30, deadline=None)
@given(reports())
def test_ids_are_unique_and_links_lead_somewhere(knowledge, claims):
    events = merge_claims(claims, knowledge)
    ids = [event.id for event in events]
    assert len(ids) == len(set(ids))
    assert {link.to for event in events for link in event.links} <= set(ids)


@settings(max_examples=30, deadline=None)
@given(reports())
def test_every_report_that_tells_something_is_kept_and_every_word_has_its_speakers(knowledge, claims):
    events = merge_claims(claims, knowledge)
    assert {claim.report.id for claim in claims} == {
        report.id for event in events for report in event.documents
    }
    for event in events:
        here = {report.id for report in event.documents}
        assert all(set(who) <= here for who in event.said_by.values())
        for field in ("region", "doc_number"):
            assert (getattr(event, field) is None) == (field not in event.said_by)


@settings(max_examples=30, deadline=None)
@given(reports())
def test_two_cities_never_share_an_act(knowledge, claims):
    for event in merge_claims(claims, knowledge):
        here = {report.id for report in event.documents}
        assert "region" not in event.conflicts, here


def _as_told(event: Event):
    names = (
        "title",
        "date",
        "region",
        "status",
        "policy",
        "doc_number",
        "issuers",
        "aliases",
        "instruments",
        "date_precision",
    )
    return {name: getattr(event, name) for name in names}
