"""What reports say together of one act: the kept value, who says it, and what counts as a disagreement."""

from __future__ import annotations

import pytest

from tagger.schema import Target
from timeline.telling import money, told

TITLE = "合肥市量子产业扶持办法"


@pytest.fixture
def one(merge):
    def run(*reports):
        """The one event of reports given as (report id, date, other fields)."""
        claims = []
        for report, date, fields in reports:
            claims.append(
                told(
                    report,
                    TITLE,
                    date,
                    **{"region": "合肥市", "published": f"2025-07-0{len(claims) + 1}", **fields},
                )
            )
        (event,) = merge(*claims)
        return event

    return run


def said(event, field):
    return [(side.value, side.documents) for side in event.conflicts[field]]


class TestDate:
    def test_the_majority_wins(self, one):
        event = one(("a", "2025-06-21", {}), ("b", "2025-06-12", {}), ("c", "2025-06-12", {}))
        assert event.date == "2025-06-12"
        assert event.said_by["date"] == ["b", "c"]
        assert said(event, "date") == [("2025-06-12", ["b", "c"]), ("2025-06-21", ["a"])]

    def test_of_equals_the_earliest_report(self, one):
        event = one(("a", "2025-06-21", {}), ("b", "2025-06-12", {}))
        assert event.date == "2025-06-21"

    def test_a_coarser_date_is_no_disagreement_and_counts_for_the_finer_one(self, one):
        event = one(("a", "2025-06", {}), ("b", "2025-06-12", {}), ("c", "2025", {}))
        assert (event.date, event.date_precision) == ("2025-06-12", "day")
        assert event.said_by["date"] == ["a", "b", "c"]
        assert not event.conflicts

    def test_another_month_disagrees_with_a_day(self, one):
        event = one(("a", "2025-05", {}), ("b", "2025-06-12", {}))
        assert list(event.conflicts) == ["date"]

    def test_recent_is_no_disagreement(self, one):
        event = one(("a", None, {"date_precision": "recent"}), ("b", "2025-06-12", {}))
        assert event.date == "2025-06-12"
        assert not event.conflicts

    def test_only_recent_says_so(self, one):
        event = one(("a", None, {"date_precision": "recent"}))
        assert (event.date, event.date_precision) == (None, "recent")

    def test_the_lexicon_is_heard_only_where_no_text_tells_the_day(self, one):
        known = {"supplied": frozenset({"date"})}
        assert one(("a", "2025-06-10", known), ("b", "2025-06-12", {})).date == "2025-06-12"
        event = one(("a", "2025-06-10", known))
        assert event.date == "2025-06-10"
        assert "date" not in event.said_by

    def test_a_year_to_come_is_an_aim_and_no_day_of_the_act(self, one):
        event = one(("a", "2025-06-12", {}), ("b", "2027", {}))
        assert event.date == "2025-06-12"
        assert not event.conflicts

    def test_a_report_told_twice_has_one_voice(self, one):
        event = one(
            ("a", "2025-06-21", {}), ("a", "2025-06-21", {}), ("b", "2025-06-12", {}), ("c", "2025-06-12", {})
        )
        assert event.date == "2025-06-12"


class TestIssuers:
    def test_a_shorter_list_is_no_disagreement(self, one):
        event = one(
            ("a", None, {"issuers": ["合肥市科学技术局"]}),
            ("b", None, {"issuers": ["合肥市财政局", "合肥市科学技术局"]}),
        )
        assert event.issuers == ["合肥市财政局", "合肥市科学技术局"]
        assert event.said_by["issuers"] == ["a", "b"]
        assert not event.conflicts

    def test_the_city_stands_for_its_office(self, one):
        city = {"issuers": ["合肥市人民政府"]}
        event = one(("a", None, city), ("b", None, {"issuers": ["合肥市科学技术局"]}), ("c", None, city))
        assert event.issuers == ["合肥市科学技术局"]
        assert not event.conflicts

    def test_other_bodies_disagree(self, one):
        event = one(
            ("a", None, {"issuers": ["合肥市财政局"]}),
            ("b", None, {"issuers": ["合肥市科学技术局"]}),
            ("c", None, {}),
        )
        assert said(event, "issuers") == [(["合肥市财政局"], ["a"]), (["合肥市科学技术局"], ["b"])]
        assert event.issuers == ["合肥市财政局"]

    def test_a_body_named_beside_a_citation_is_not_heard_against_those_who_tell(self, one):
        cited = {"status": "cited", "issuers": ["合肥市财政局"]}
        event = one(("a", "2025-06-12", {"issuers": ["合肥市科学技术局"]}), ("b", None, cited))
        assert event.issuers == ["合肥市科学技术局"]
        assert not event.conflicts


class TestMoney:
    def test_two_sums_for_one_thing_disagree(self, one):
        event = one(
            ("a", None, {"instruments": [money("量子券", 5e7, "year")]}),
            ("b", None, {"instruments": [money("量子券", 8e7, "year")]}),
            ("c", None, {"instruments": [money("量子券", 8e7, "year")]}),
        )
        assert [one.amount_cny for one in event.instruments] == [8e7]
        assert [side.documents for side in event.conflicts["instruments"]] == [["b", "c"], ["a"]]

    def test_another_scope_is_no_disagreement(self, one):
        event = one(
            ("a", None, {"instruments": [money("量子券", 1e8, "year")]}),
            (
                "b",
                None,
                {
                    "instruments": [
                        money("量子券", 1e8, "year"),
                        money("量子券", 5e6, None, "recipient", "max"),
                    ]
                },
            ),
        )
        assert [(i.amount_cny, i.scope) for i in event.instruments] == [(1e8, "total"), (5e6, "recipient")]
        assert not event.conflicts

    def test_another_period_is_another_way_of_telling(self, one):
        event = one(
            ("a", None, {"instruments": [money("量子券", 1e8, "year")]}),
            ("b", None, {"instruments": [money("量子券", 3e8, "once")]}),
        )
        assert not event.conflicts

    def test_a_bare_name_gives_way_to_the_sum(self, one):
        event = one(
            ("a", None, {"instruments": [money("量子券")]}),
            ("b", None, {"instruments": [money("量子券", 1e8)]}),
        )
        assert [one.amount_cny for one in event.instruments] == [1e8]
        assert not event.conflicts

    def test_what_one_report_leaves_out_is_no_disagreement(self, one):
        event = one(
            ("a", None, {"instruments": [money("量子券", 1e8), money("贷款贴息", 2e7)]}),
            ("b", None, {"instruments": [money("量子券", 1e8)]}),
        )
        assert [i.name for i in event.instruments] == ["量子券", "贷款贴息"]
        assert not event.conflicts

    def test_period_and_qualifier_come_from_whoever_tells_them(self, one):
        event = one(
            ("a", None, {"instruments": [money("量子券", 1e8)]}),
            ("b", None, {"instruments": [money("量子券", 1e8, "year", qualifier="max")]}),
        )
        assert [(i.period, i.qualifier) for i in event.instruments] == [("year", "max")]


class TestTargets:
    def test_two_values_for_one_aim_disagree(self, one):
        event = one(
            ("a", None, {"targets": [Target("量子企业", ">=", 100, unit="家", by="2027-12-31")]}),
            ("b", None, {"targets": [Target("量子企业", ">=", 200, unit="家", by="2027-12-31")]}),
        )
        assert [t.value for t in event.targets] == [100]
        assert list(event.conflicts) == ["targets"]

    def test_a_deadline_left_out_is_no_second_aim(self, one):
        event = one(
            ("a", None, {"targets": [Target("量子企业", ">=", 100, unit="家")]}),
            ("b", None, {"targets": [Target("量子企业", ">=", 100, unit="家", by="2027-12-31")]}),
        )
        assert [t.by for t in event.targets] == ["2027-12-31"]
        assert not event.conflicts


def test_every_report_is_kept_with_its_evidence(one):
    event = one(("a", None, {"words": f"近日，{TITLE}出台。"}), ("b", "2025-06-12", {}))
    (first, second) = event.documents
    (evidence,) = first.evidence
    assert (
        evidence.paragraph[
            evidence.start - evidence.paragraph_start : evidence.end - evidence.paragraph_start
        ]
        == TITLE
    )
    assert (first.id, first.publisher, second.id) == ("a", "a证券", "b")
